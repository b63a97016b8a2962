import { sql } from 'drizzle-orm';
import { startSealer } from '../../workers/seal-history.ts';
import { startWorkers, type RunningWorkers, type WorkerParts } from '../../workers/start-workers.ts';
import { workerParts } from '../../workers/worker-parts.ts';
import { advanceClock } from '../../src/alerts/advance-clock.ts';
import { openQueues, type HubQueues } from '../../src/alerts/queues.ts';
import { instantAt } from '../../src/calendar/london-time.ts';
import { checkInvariants } from '../invariants/check.ts';
import type { Evidence } from '../invariants/evidence.ts';
import { startTestHub, type TestHub } from './app.ts';
import type { Client } from './client.ts';
import type { TestDatabase } from './database.ts';
import { recordedClient, type RecordedRequest } from './recorded-client.ts';
import { hasRedis, startRedis, type TestRedis } from './redis.ts';
import { waitFor } from './wait-for.ts';

export type Backend = 'postgres' | 'redis';

/** The backends that can be tested here. */
export const backends: readonly Backend[] = hasRedis ? ['postgres', 'redis'] : ['postgres'];

/** All that `npm start` runs, in one process of a test: the API, the workers, the sealer and the clock of the demo. */
export type WholeHub = Omit<TestHub, 'as' | 'anyone'> & {
  /** A client that is signed in as one of the demo's people; what it asks is kept for the checker. */
  as(staffId: string): Client;
  anyone: Client;
  /** The server behind the queues, where that is Redis. */
  redis: TestRedis | undefined;
  queues: HubQueues;
  /** The workers as they run now. */
  readonly running: RunningWorkers;
  startWorkers(parts?: Partial<WorkerParts>): void;
  stopWorkers(): Promise<void>;
  requests: RecordedRequest[];
  /** The lines of the log. */
  log: string[];
  /** Moves the clock as a person does, carrying out all that falls due on the way. London time; 10:00 unless given. */
  moveTo(day: string, time?: string): Promise<void>;
  /** Waits until nothing is due and the history is sealed. */
  calm(): Promise<void>;
  /** What is wrong by the invariants of the hub, once it is calm. */
  problems(evidence?: Evidence): Promise<string[]>;
};

export type WholeHubOptions = {
  backend: Backend;
  /** Where the hub's clock starts. */
  now?: string;
  /** Seconds between sweeps and armings; often, so that what is fresh is soon done. */
  sweepSeconds?: number;
  armSeconds?: number;
  /** The workers are started by the test. */
  withoutWorkers?: boolean;
  database?: TestDatabase;
};

const linkSecret = 'a secret of the tests, of more than 32 characters';

/** Starts a whole hub. Close it when the test is over: that ends every part of it, its Redis and its database. */
export async function startWholeHub(options: WholeHubOptions): Promise<WholeHub> {
  const redis = options.backend === 'redis' ? await startRedis() : undefined;
  const log: string[] = [];
  const requests: RecordedRequest[] = [];
  let running: RunningWorkers | undefined;
  const test = await startTestHub({
    max: 12,
    log: { write: (line) => void log.push(line) },
    environment: { REDIS_URL: redis?.url, LINK_SECRET: linkSecret },
    ...(options.now === undefined ? {} : { now: options.now }),
    ...(options.database === undefined ? {} : { database: options.database }),
    parts: (hub) => ({
      moveClock: async (to) => {
        if (!running) return { kind: 'unavailable', detail: 'The workers do not run.' };
        const { drains, sweep } = running;
        const move = await advanceClock(hub, to, drains, () => sweep.rearmNow());
        if (move.kind === 'moved' && move.late.length > 0)
          throw new Error(`the clock was moved past work of ${move.late.join()}`);
        return { now: move.now };
      },
    }),
  });
  const { hub, database } = test;
  const { sweepSeconds = 1, armSeconds = 2 } = options;
  Object.assign(hub.config, { sweepSeconds, armSeconds });
  const queues = await openQueues(hub.config, database.address, hub.logger);
  const sealer = startSealer(hub, 100);
  const start = (parts: Partial<WorkerParts> = {}) => {
    const usual = { ...workerParts(hub.config), canarySeconds: 3_600 };
    running = startWorkers(hub, queues, database.address, { ...usual, ...parts });
  };
  const stop = async () => {
    const stopping = running;
    running = undefined;
    await stopping?.closeWorkers(2_000);
    await stopping?.closeSweep();
  };
  if (!options.withoutWorkers) start();

  const clients = new Map<string, Client>();
  const calm = async () => {
    await waitFor('nothing to be due, and the history to be sealed', () => isCalm(database), 30_000);
  };
  return {
    ...test,
    redis,
    queues,
    log,
    requests,
    get running() {
      if (!running) throw new Error('the workers do not run');
      return running;
    },
    startWorkers: start,
    stopWorkers: stop,
    as: (staffId) => {
      const client = clients.get(staffId) ?? recordedClient(test.as(staffId), staffId, requests);
      clients.set(staffId, client);
      return client;
    },
    anyone: recordedClient(test.anyone, null, requests),
    moveTo: async (day, time = '10:00') => {
      const moved = await test.anyone.post('/demo/clock', { now: instantAt(day, time) });
      if (moved.status !== 200) throw new Error(`the clock was not moved: ${moved.text}`);
    },
    calm,
    problems: async (evidence = {}) => {
      if (running) await calm();
      return checkInvariants(database.db, { requests, log, redisUrl: redis?.url, ...evidence });
    },
    close: async () => {
      await stop();
      await sealer.close();
      await queues.close(2_000);
      await test.close();
      await redis?.close();
    },
  };
}

async function isCalm({ db }: TestDatabase): Promise<boolean> {
  const [row] = await db.execute<{ calm: boolean }>(sql`
    select not exists (select 1 from alerts where state = 'pending' and fire_at <= hub_now())
      and not exists (select 1 from messages where state in ('pending', 'sending') and due_at <= hub_now())
      and not exists (select 1 from history h left join history_seals s on s.history_id = h.id
        where s.history_id is null) as calm`);
  return row?.calm === true;
}
