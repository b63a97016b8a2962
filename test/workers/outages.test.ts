import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { connect, type Connection } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { queueNames } from '../../src/alerts/queues.ts';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { effects, makeAlert, makeAlerts, makeCases, makeRecord, states } from '../alerts/stage.ts';
import { testDatabase } from '../support/database.ts';
import { hasRedis, startRedis } from '../support/redis.ts';
import { waitFor } from '../support/wait-for.ts';
import { runWorkers, type Running } from './stage.ts';

const closers: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function database() {
  const db = await testDatabase();
  closers.push(() => db.close());
  await makeRecord(db.sql);
  return db;
}

async function redisServer(options?: { appendonly?: boolean }) {
  const redis = await startRedis(options);
  closers.push(() => redis.close());
  return redis;
}

async function workers(
  db: Connection,
  ...rest: [Parameters<typeof runWorkers>[1]?, Parameters<typeof runWorkers>[2]?]
) {
  const running: Running = await runWorkers(db, ...rest);
  closers.push(() => running.stop());
  return running;
}

describe.each(hasRedis ? ['postgres', 'redis'] : ['postgres'])('a worker process on %s', (backend) => {
  test('is killed in the middle of a firing: another finishes it, and nothing is doubled', async () => {
    const db = await database();
    const redis = backend === 'redis' ? await redisServer() : undefined;
    const cases = await makeCases(db.sql, 10);
    await makeAlerts(db.sql, cases, 50, { inMs: 300 });
    const program = fileURLToPath(new URL('./worker-program.ts', import.meta.url));
    const programArguments = [JSON.stringify(db.address), ...(redis ? [redis.url] : [])];
    const child = spawn(process.execPath, ['--import', 'tsx', program, ...programArguments], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    closers.push(() => void child.kill('SIGKILL'));
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    expect(said.toString()).toMatch(/^firing 50\n/);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    expect(await effects(db.sql)).toEqual({ alerts: 0, effects: 0 });
    await workers(db, { redisUrl: redis?.url });
    await waitFor('the others to fire', async () => (await states(db.sql))['fired'] === 50);
    expect(await effects(db.sql)).toEqual({ alerts: 50, effects: 50 });
  });
});

describe.each(hasRedis ? ['Redis'] : [])('%s', () => {
  test('is not there at all, from the start: the sweep fires everything, and stopping is quick', async () => {
    const db = await database();
    const redis = await redisServer();
    await redis.stop();
    const cases = await makeCases(db.sql, 5);
    await makeAlerts(db.sql, cases, 20, { inMs: 200, everyMs: 100 });
    const running = await workers(db, { redisUrl: redis.url, sweepSeconds: 0.1, armSeconds: 0.1 });
    await waitFor('all to fire', async () => (await states(db.sql))['fired'] === 20);
    expect(await effects(db.sql)).toEqual({ alerts: 20, effects: 20 });
    const before = performance.now();
    await running.stop();
    expect(performance.now() - before).toBeLessThan(12_000);
  });

  test('is killed and comes back empty: it is armed again at once, and its workers hear', async () => {
    const db = await database();
    const redis = await redisServer();
    const cases = await makeCases(db.sql, 5);
    const running = await workers(db, { redisUrl: redis.url });
    await waitFor('Redis', () => running.queues.isReady());
    await makeAlerts(db.sql, cases, 5, { inMs: 2_500, everyMs: 10 });
    await running.sweep.armNow();
    await redis.stop();
    await waitFor('it to be missed', () => !running.queues.isReady());
    await redis.start();
    await waitFor('all to fire', async () => (await states(db.sql))['fired'] === 5);
    expect(await effects(db.sql)).toEqual({ alerts: 5, effects: 5 });
  });

  test('freezes: the sweep goes on, and what is stuck in it comes to nothing', async () => {
    const db = await database();
    const redis = await redisServer();
    const cases = await makeCases(db.sql, 5);
    const running = await workers(db, { redisUrl: redis.url, sweepSeconds: 0.1, armSeconds: 0.1 });
    await waitFor('Redis', () => running.queues.isReady());
    await makeAlerts(db.sql, cases, 10, { inMs: 300, everyMs: 50 });
    await running.sweep.armNow();
    redis.freeze();
    await waitFor('all to fire', async () => (await states(db.sql))['fired'] === 10);
    redis.thaw();
    expect(await effects(db.sql)).toEqual({ alerts: 10, effects: 10 });
  });

  test('that may evict is refused in production, and complained of in the demo', async () => {
    const db = await database();
    const redis = await redisServer();
    const { Redis } = await import('ioredis');
    const client = new Redis(redis.url);
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    client.disconnect();
    const { openQueues } = await import('../../src/alerts/queues.ts');
    const { createLogger } = await import('../../src/platform/logger.ts');
    const lines: string[] = [];
    const logger = createLogger('error', { write: (line) => void lines.push(line) });
    const open = (mode: 'demo' | 'production') =>
      openQueues({ redisUrl: redis.url, mode }, db.address, logger);
    await expect(open('production')).rejects.toThrow('noeviction');
    const queues = await open('demo');
    closers.push(() => queues.close(500));
    expect(lines.join()).toContain('noeviction');
  });
});

test('Postgres is killed in the middle: workers, sweep and listener go on when it is back', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-outage-'));
  closers.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const server = await startEmbeddedPostgres({
    dataDir,
    database: 'hub',
    progress: () => undefined,
    settings: { fsync: 'off', max_connections: '60' },
  });
  closers.push(() => server.stop());
  const db = connect(server.address);
  closers.push(() => db.close());
  await migrate(db);
  await makeRecord(db.sql);
  const cases = await makeCases(db.sql, 10);
  await workers(db, { sweepSeconds: 1, armSeconds: 1 }, { canarySeconds: 1 });
  await makeAlerts(db.sql, cases, 100, { inMs: 0, everyMs: 20 });
  await waitFor('some to fire', async () => ((await states(db.sql))['fired'] ?? 0) > 10);
  process.kill(server.pid, 'SIGKILL');
  await waitFor('all to fire', async () => (await states(db.sql))['fired'] === 100, 30_000);
  expect(await effects(db.sql)).toEqual({ alerts: 100, effects: 100 });
  // The listener and the queue worker are back too, not only the sweep.
  await waitFor('the listener', async () => {
    const [row] = await db.sql`select count(*)::int as many from pg_stat_activity
      where application_name = 'prosecution-hub-listen' and query like 'listen%'`;
    return row?.['many'] === 1;
  });
  await db.sql`update canaries set heard_at = 'epoch'`;
  await waitFor('canaries from every queue', async () => {
    const [row] = await db.sql`select count(*)::int as many from canaries where heard_at > 'epoch'`;
    return row?.['many'] === queueNames.length;
  });
  await makeAlert(db.sql, cases[0]!);
  await db.sql`select pg_notify('hub_due', 'deadlines')`;
  await waitFor('the fresh one', async () => (await states(db.sql))['fired'] === 101);
});
