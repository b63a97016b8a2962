import { sql } from 'drizzle-orm';
import type { Database } from '../db/connect.ts';
import { readNow } from '../db/read-now.ts';
import type { Drain } from '../src/alerts/drain.ts';
import type { HubQueues, QueueName, WakeUpWorker } from '../src/alerts/hub-queues.ts';
import { closeWithin } from '../src/alerts/worker-settings.ts';
import type { Logger } from '../src/platform/logger.ts';

/** A wake-up may come this much early, by the hub's clock, and is then worth waiting for. */
const earlyMs = 2_000;

export type DefinedWorker = {
  name: QueueName;
  worker: WakeUpWorker;
  /** Takes no more jobs, or takes them again. What it is doing goes on. */
  setPaused(paused: boolean): Promise<void>;
  close(limitMs?: number): Promise<void>;
};

/** What a worker is given: among it the drain, in which the effect of its queue is bound. */
export type WorkerOfQueue = {
  db: Database;
  queues: HubQueues;
  drain: Drain;
  concurrency: number;
  logger: Logger;
};

/**
 * A BullMQ worker that treats every job as a hint: it looks in Postgres for what is due, and carries it out until there
 * is no more. A wake-up that is lost, doubled, late or early changes nothing but how soon.
 */
export function defineWorker(parts: WorkerOfQueue & { name: QueueName }): DefinedWorker {
  const { name, db, drain } = parts;
  const log = parts.logger.child({ part: 'worker', queue: name });
  const worker = parts.queues.createWorker(
    name,
    async (job) => {
      if (job.name === 'canary') return recordCanary(db, name);
      const aheadMs = Date.parse(job.data.at) - Date.parse(await readNow(db));
      // Timers end a little early now and then.
      if (aheadMs > 0 && aheadMs <= earlyMs) await new Promise((resolve) => setTimeout(resolve, aheadMs + 1));
      await drain();
    },
    { concurrency: parts.concurrency },
  );
  worker.on('failed', (job, err) =>
    log.warn({ err, job: job?.id }, 'a wake-up failed; the sweep will do its work'),
  );
  worker.on('stalled', (jobId) => log.warn({ job: jobId }, 'a wake-up was left behind by another worker'));
  return {
    name,
    worker,
    setPaused: async (paused) => {
      if (paused === worker.isPaused()) return;
      if (paused) await worker.pause(true);
      else void worker.resume();
    },
    close: async (limitMs = 5_000) => {
      if (await closeWithin(() => worker.close(), limitMs)) return;
      log.warn({ limitMs }, 'a worker did not close in its time');
    },
  };
}

/** Machine time of Postgres: how long ago a canary was heard has nothing to do with the demo's clock. */
async function recordCanary(db: Database, queue: QueueName): Promise<void> {
  await db.execute(sql`
    insert into canaries (queue, heard_at) values (${queue}, clock_timestamp())
    on conflict (queue) do update set heard_at = excluded.heard_at`);
}
