import { createPostgresBackend, Queue, runMigrations, withBackend, Worker } from 'bullmq';
import { Logger, run } from 'graphile-worker';
import { Redis } from 'ioredis';
import PgBoss from 'pg-boss';
import pg from 'pg';
import type { Connection } from '../../db/connect.ts';
import { pgConfig } from '../../src/alerts/queues-on-postgres.ts';
import type { PostgresAddress } from '../../src/platform/postgres-address.ts';
import { startRedis } from '../../test/support/redis.ts';
import { median } from './ratios.ts';

const jobs = Number(process.env['B1_JOBS'] ?? 5_000);
const rounds = 3;
const inFlight = 64;

/** Does what a job is for, in Postgres, and only once however often it is asked. */
type Effect = (id: string) => Promise<unknown>;
/** Queues the jobs, then works them off. @returns jobs a second, without the time of queueing */
type Peer = (ids: readonly string[], effect: Effect) => Promise<number>;

/**
 * What other queues do in a second for jobs that are given to one worker and take effect in Postgres exactly once: a row
 * for each job, and the task that it is of closed. None of them has an order of work, an owner, a claim that a person
 * holds, or a history.
 */
export async function measurePeers(address: PostgresAddress, { sql }: Connection): Promise<void> {
  await sql`create table peer_effects (id uuid primary key, at timestamptz not null default now())`;
  await sql`create table peer_tasks (id uuid primary key, state text not null)`;
  const effect: Effect = (id) => sql`
    with first as (insert into peer_effects (id) values (${id}) on conflict do nothing returning id)
    update peer_tasks t set state = 'done' from first where t.id = first.id`;
  const redis = await startRedis({ appendonly: true });
  const peers: [string, Peer][] = [
    ['bullmq-redis', bullOnRedis(redis.url)],
    ['bullmq-postgres', bullOnPostgres(address)],
    ['graphile-worker', graphileWorker(address)],
    ['pg-boss', pgBoss(address)],
  ];
  const rates = new Map<string, number[]>();
  try {
    for (let round = 0; round < rounds; round++)
      for (const [name, peer] of peers) {
        const made = await sql<{ id: string }[]>`
          insert into peer_tasks select gen_random_uuid(), 'open' from generate_series(1, ${jobs}) returning id`;
        const ids = made.map(({ id }) => id);
        const rate = await peer(ids, effect);
        const [row] = await sql<
          { n: number }[]
        >`select count(*)::int as n from peer_tasks where state <> 'done'`;
        if (row?.n !== 0) throw new Error(`${name} left ${row?.n} jobs undone`);
        rates.set(name, [...(rates.get(name) ?? []), rate]);
      }
  } finally {
    await redis.close();
  }
  for (const [name, of] of rates)
    process.stdout.write(
      `b1  ${name}: ${median(of).toFixed(0)} jobs/s with one effect each in Postgres ` +
        `(${Math.min(...of).toFixed(0)} to ${Math.max(...of).toFixed(0)}, ${rounds} rounds of ${jobs})\n`,
    );
}

/** Counts down, and tells how long it took. */
function countdown(many: number): { done: () => void; perSecond: Promise<number>; start: () => void } {
  let left = many;
  let begun = performance.now();
  let finish: (rate: number) => void = () => undefined;
  const perSecond = new Promise<number>((resolve) => (finish = resolve));
  return {
    start: () => (begun = performance.now()),
    done: () => {
      if (--left === 0) finish(many / ((performance.now() - begun) / 1_000));
    },
    perSecond,
  };
}

function bullOnRedis(url: string): Peer {
  return async (ids, effect) => {
    const connection = new Redis(url, { maxRetriesPerRequest: null });
    const queue = new Queue<{ id: string }>('peer', { connection });
    await queue.addBulk(jobsOf(ids));
    const { start, done, perSecond } = countdown(ids.length);
    start();
    const worker = new Worker<{ id: string }>('peer', ({ data }) => effect(data.id), {
      connection,
      concurrency: inFlight,
    });
    worker.on('completed', done);
    const rate = await perSecond;
    await worker.close();
    await queue.close();
    connection.disconnect();
    return rate;
  };
}

function bullOnPostgres(address: PostgresAddress): Peer {
  return async (ids, effect) => {
    const pool = new pg.Pool({ ...pgConfig(address, 'peer'), options: '-c search_path=bullmq', max: 12 });
    const client = await pool.connect();
    await runMigrations(client, 'bullmq');
    client.release();
    const bull = withBackend(createPostgresBackend);
    const queue = new bull.Queue<{ id: string }>('peer', { connection: pool });
    await queue.waitUntilReady();
    await queue.addBulk(jobsOf(ids));
    const { start, done, perSecond } = countdown(ids.length);
    start();
    const worker = new bull.Worker<{ id: string }>('peer', ({ data }) => effect(data.id), {
      connection: pool,
      concurrency: inFlight,
    });
    worker.on('completed', done);
    const rate = await perSecond;
    await worker.close();
    await queue.close();
    await pool.end();
    return rate;
  };
}

function jobsOf(ids: readonly string[]) {
  const opts = { removeOnComplete: true, removeOnFail: true };
  return ids.map((id) => ({ name: 'effect', data: { id }, opts: { ...opts, jobId: `peer-${id}` } }));
}

function graphileWorker(address: PostgresAddress): Peer {
  return async (ids, effect) => {
    const pgPool = new pg.Pool({ ...pgConfig(address, 'peer'), max: 12 });
    pgPool.on('error', () => undefined);
    const { start, done, perSecond } = countdown(ids.length);
    const logger = new Logger(() => () => undefined);
    const options = { pgPool, logger, concurrency: inFlight, noHandleSignals: true, pollInterval: 100 };
    const quiet = await run({ ...options, taskList: {} });
    await quiet.stop();
    await pgPool.query(
      `select graphile_worker.add_job('effect', json_build_object('id', id)) from unnest($1::text[]) id`,
      [ids],
    );
    start();
    const runner = await run({
      ...options,
      taskList: {
        effect: async (payload) => {
          await effect((payload as { id: string }).id);
          done();
        },
      },
    });
    const rate = await perSecond;
    await runner.stop();
    await pgPool.end();
    return rate;
  };
}

function pgBoss(address: PostgresAddress): Peer {
  return async (ids, effect) => {
    const settings = { ...pgConfig(address, 'peer'), connectionTimeoutMillis: 60_000, max: 12 };
    const boss = new PgBoss(settings as PgBoss.ConstructorOptions);
    boss.on('error', () => undefined);
    await boss.start();
    await boss.createQueue('peer');
    await boss.insert(ids.map((id) => ({ name: 'peer', data: { id } })));
    const { start, done, perSecond } = countdown(ids.length);
    start();
    for (let worker = 0; worker < 4; worker++)
      await boss.work<{ id: string }>(
        'peer',
        { batchSize: inFlight / 4, pollingIntervalSeconds: 0.5 },
        async (batch) => {
          await Promise.all(batch.map(({ data }) => effect(data.id)));
          for (const _ of batch) done();
        },
      );
    const rate = await perSecond;
    // It marks its jobs as done after their effects.
    await boss.stop({ graceful: true, wait: true });
    return rate;
  };
}
