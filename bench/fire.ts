import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Connection } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import type { Effect } from '../src/alerts/fire.ts';
import { jobOptions } from '../src/alerts/hub-queues.ts';
import { openQueues } from '../src/alerts/queues.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { makeAlerts, makeCases } from '../test/alerts/stage.ts';
import { startRedis } from '../test/support/redis.ts';
import { waitFor } from '../test/support/wait-for.ts';
import { runWorkers, testHub } from '../test/workers/stage.ts';
import { percentile, report, type Pair } from './support/ratios.ts';

const spread = 1_000;
const spreadMs = 10_000;
const atOnce = 10_000;
const rounds = 3;

/** An effect that costs what the cheapest real one does: a row for each alert, and a note of it. */
const oneRowEach: Effect = async (tx, fired) => {
  const values = fired.map(({ id }) => `('${id}')`).join(',');
  await tx.execute(`insert into bench_effects values ${values}`);
  return new Map(fired.map(({ id }) => [id, [{ kind: 'task' as const, id }]]));
};

const effects = { deadlines: oneRowEach, 'victim-updates': oneRowEach, chasers: oneRowEach };

/** How late alerts fire, beside a bare BullMQ job that does nothing; how fast one instant drains, beside a bare claim. */
export async function benchFire(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, database: 'hub', progress: () => undefined });
  const db = connect(server.address);
  await migrate(db);
  await db.sql`create table bench_effects (alert_id uuid not null)`;
  const cases = await makeCases(db.sql, 2_000);
  const redis = await startRedis({ appendonly: true });
  try {
    for (const [backend, redisUrl] of [
      ['postgres', undefined],
      ['redis', redis.url],
    ] as const) {
      const lags: Record<'p50' | 'p99', Pair[]> = { p50: [], p99: [] };
      const drains: Pair[] = [];
      for (let round = 0; round < rounds; round++) {
        const baseline = await lagOfBareJobs(db, redisUrl);
        const ours = await lagOfAlerts(db, cases, redisUrl);
        lags.p50.push({ ours: percentile(ours, 0.5), baseline: percentile(baseline, 0.5) });
        lags.p99.push({ ours: percentile(ours, 0.99), baseline: percentile(baseline, 0.99) });
        drains.push({ baseline: await bareClaim(db, cases), ours: await drain(db, cases, redisUrl) });
      }
      const title = `${spread} alerts over ${spreadMs / 1_000} s on ${backend}`;
      report(`fire-lag-p50-${backend}`, `${title}: median lag beside a bare job`, 'ms', lags.p50);
      report(`fire-lag-p99-${backend}`, `${title}: p99 lag beside a bare job`, 'ms', lags.p99);
      report(
        `fire-drain-${backend}`,
        `${atOnce} alerts due at one instant on ${backend}`,
        'alerts/s',
        drains,
      );
    }
  } finally {
    await redis.close();
    await db.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function lagOfAlerts(db: Connection, cases: string[], redisUrl: string | undefined): Promise<number[]> {
  await clear(db);
  const running = await runWorkers(db, { redisUrl, armSeconds: 3_600 }, { effects });
  await waitFor('the queues', () => running.queues.isReady());
  await makeAlerts(db.sql, cases, spread, { inMs: 1_000, everyMs: spreadMs / spread });
  await running.sweep.armNow();
  await allFired(db, spread);
  const rows = await db.sql<{ ms: number }[]>`
    select extract(epoch from fired_at - fire_at)::float * 1000 as ms from alerts`;
  await running.stop();
  return rows.map(({ ms }) => ms);
}

async function lagOfBareJobs(db: Connection, redisUrl: string | undefined): Promise<number[]> {
  const hub = testHub(db, { redisUrl });
  const queues = await openQueues(hub.config, db.address, hub.logger);
  await waitFor('the queues', () => queues.isReady());
  const lags: number[] = [];
  const worker = queues.createWorker(
    'chasers',
    (job) => {
      lags.push(Date.now() - Date.parse(job.data.at));
      return Promise.resolve();
    },
    { concurrency: 4 },
  );
  await worker.waitUntilReady();
  const start = Date.now() + 1_000;
  const jobs = Array.from({ length: spread }, (_, n) => {
    const at = start + (n * spreadMs) / spread;
    const opts = { ...jobOptions, jobId: `bare-${at}-${n}`, delay: at - Date.now() };
    return { name: 'wake', data: { at: new Date(at).toISOString() }, opts };
  });
  await queues.queues.chasers.addBulk(jobs);
  await waitFor('all jobs', () => lags.length === spread, 60_000);
  await worker.close();
  await queues.close();
  return lags;
}

async function drain(db: Connection, cases: string[], redisUrl: string | undefined): Promise<number> {
  await clear(db);
  const running = await runWorkers(db, { redisUrl, armSeconds: 3_600 }, { effects });
  await waitFor('the queues', () => running.queues.isReady());
  await makeAlerts(db.sql, cases, atOnce, { inMs: 5_000 });
  await running.sweep.armNow();
  await allFired(db, atOnce);
  const [row] = await db.sql<{ seconds: number }[]>`
    select extract(epoch from max(fired_at) - min(fire_at))::float as seconds from alerts`;
  await running.stop();
  return atOnce / row!.seconds;
}

/** The floor: rows claimed 300 at a time by one connection that does nothing else. */
async function bareClaim(db: Connection, cases: string[]): Promise<number> {
  await clear(db);
  await makeAlerts(db.sql, cases, atOnce);
  const start = performance.now();
  for (let claimed = -1; claimed !== 0;) {
    const rows = await db.sql`
      update alerts set state = 'fired', fired_at = hub_now() where id in (
        select id from alerts where class = 'deadlines' and state = 'pending' and fire_at <= (select hub_now())
        order by fire_at limit 300 for update skip locked)`;
    claimed = rows.count;
  }
  return atOnce / ((performance.now() - start) / 1_000);
}

async function allFired(db: Connection, many: number): Promise<void> {
  await waitFor(
    'all alerts to fire',
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      const [row] = await db.sql`select count(*)::int as many from alerts where state = 'fired'`;
      return row?.['many'] === many;
    },
    120_000,
  );
}

async function clear(db: Connection): Promise<void> {
  await db.sql`truncate alerts, bench_effects, deadlines cascade`;
  await db.sql`analyze alerts`;
}

await benchFire();
