import { sql as statement } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { announceDue } from '../../src/alerts/announce-due.ts';
import { armHorizon } from '../../src/alerts/arm.ts';
import { jobOptions, queueNames } from '../../src/alerts/hub-queues.ts';
import { openQueues, type HubQueues } from '../../src/alerts/queues.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { effects, jump, makeAlert, makeAlerts, makeCases, makeRecord, states } from '../alerts/stage.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { hasRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { waitFor } from '../support/wait-for.ts';
import { runWorkers, testConfig, type Running } from './stage.ts';

const backends = hasRedis ? (['postgres', 'redis'] as const) : (['postgres'] as const);

describe.each(backends)('wake-ups on %s', (backend) => {
  let db: TestDatabase;
  let redis: TestRedis | undefined;
  let running: Running | undefined;
  let queues: HubQueues | undefined;

  beforeEach(async () => {
    db = await testDatabase();
    await makeRecord(db.sql);
    redis = backend === 'redis' ? await startRedis() : undefined;
  });
  afterEach(async () => {
    await running?.stop();
    await queues?.close(500);
    running = queues = undefined;
    await redis?.close();
    await db.close();
  });

  const config = () => ({ redisUrl: redis?.url });
  const open = async () =>
    (queues = await openQueues(testConfig(config()), db.address, createLogger('silent')));
  const start = async () => (running = await runWorkers(db, config()));
  const heard = () => waitFor('the queues to be reached', () => queues!.isReady());

  test('arming puts one wake-up for an instant and one for each further 500, and again changes nothing', async () => {
    const cases = await makeCases(db.sql, 3);
    await makeAlerts(db.sql, cases, 1_001, { inMs: 3_600_000 });
    await makeAlerts(db.sql, cases, 3, { inMs: 7_200_000, everyMs: 1 });
    await makeAlerts(db.sql, cases, 1, { inMs: 27 * 3_600_000 });
    await makeAlerts(db.sql, cases, 2, { inMs: 60_000, class: 'victim-updates' });
    await open();
    await heard();
    const expected = { deadlines: 6, 'victim-updates': 1, chasers: 0, messages: 0, 'bulk-messages': 0 };
    expect(await armHorizon(db.db, queues!)).toEqual(expected);
    const ids = async () => (await queues!.queues.deadlines.getJobs(['delayed'])).map((job) => job.id).sort();
    const first = await ids();
    expect(first).toHaveLength(6);
    expect(first.every((id) => /^due-deadlines-\d{13}-\d$/.test(id ?? ''))).toBe(true);
    await Promise.all([armHorizon(db.db, queues!), armHorizon(db.db, queues!)]);
    expect(await ids()).toEqual(first);
    const [job] = await queues!.queues['victim-updates'].getJobs(['delayed']);
    expect(Object.keys(job!.data)).toEqual(['at']);
    expect(job!.delay).toBeGreaterThan(50_000);
  });

  test('what falls due is fired by its wake-up, with no sweep, and not before', async () => {
    const cases = await makeCases(db.sql, 5);
    await makeAlerts(db.sql, cases, 20, { inMs: 700, everyMs: 20 });
    await makeAlert(db.sql, cases[0]!, { class: 'chasers', inMs: 700 });
    await makeAlert(db.sql, cases[0]!, { class: 'victim-updates', inMs: 700 });
    await start();
    await waitFor('all to fire', async () => (await effects(db.sql)).effects === 22);
    const [lag] =
      await db.sql`select min(extract(epoch from fired_at - fire_at))::float as least from alerts`;
    expect(lag?.['least']).toBeGreaterThanOrEqual(0);
  });

  test('the same wake-up three times fires once, and one that comes early fires nothing', async () => {
    const [caseId] = await makeCases(db.sql, 1);
    await start();
    const { queues: opened } = running!;
    const { id } = await makeAlert(db.sql, caseId!, { inMs: 3_600_000 });
    const at = new Date(Date.now() + 3_600_000).toISOString();
    const done = new Set<string>();
    const wake = (jobId: string) => opened.queues.deadlines.add('wake', { at }, { ...jobOptions, jobId });
    const isDone = async (jobId: string) =>
      done.has(jobId) || ((await opened.queues.deadlines.getJob(jobId)) === undefined && done.add(jobId));
    await wake('early');
    await waitFor('the early one to be over', () => isDone('early'));
    expect(await states(db.sql)).toEqual({ pending: 1 });
    await jump(db, 3_600_000);
    for (const jobId of ['again-a', 'again-b', 'again-c']) await wake(jobId);
    for (const jobId of ['again-a', 'again-b', 'again-c'])
      await waitFor('it to be over', () => isDone(jobId));
    expect(await states(db.sql)).toEqual({ fired: 1 });
    expect(await effects(db.sql)).toEqual({ alerts: 1, effects: 1 });
    expect(id).toBeTruthy();
  });

  test('a wake-up that is a little early waits for its instant', async () => {
    const [caseId] = await makeCases(db.sql, 1);
    await start();
    const at = new Date(Date.now() + 800).toISOString();
    await makeAlert(db.sql, caseId!, { at });
    await running!.queues.queues.deadlines.add('wake', { at }, { ...jobOptions, jobId: 'a-little-early' });
    await waitFor('it to fire', async () => (await states(db.sql))['fired'] === 1);
    const [row] = await db.sql`select extract(epoch from fired_at - fire_at)::float as lag from alerts`;
    expect(row?.['lag']).toBeGreaterThanOrEqual(0);
  });

  test('what was armed and lost is armed again', async () => {
    const [caseId] = await makeCases(db.sql, 1);
    await makeAlert(db.sql, caseId!, { inMs: 1_500 });
    await start();
    await waitFor(
      'the wake-up',
      async () => (await running!.queues.queues.deadlines.getDelayedCount()) === 1,
    );
    if (redis) await redis.flush();
    else await db.sql.unsafe('truncate bullmq.job cascade');
    expect(await running!.queues.queues.deadlines.getDelayedCount()).toBe(0);
    await running!.sweep.armNow();
    await waitFor('it to fire', async () => (await effects(db.sql)).effects === 1);
  });

  test('after the clock was moved, wake-ups are armed by the new time', async () => {
    const [caseId] = await makeCases(db.sql, 1);
    await makeAlert(db.sql, caseId!, { inMs: 3_600_000 });
    await start();
    await waitFor(
      'the wake-up',
      async () => (await running!.queues.queues.deadlines.getDelayedCount()) === 1,
    );
    await jump(db, 3_600_000 - 800);
    await running!.sweep.rearmNow();
    await waitFor('it to fire', async () => (await effects(db.sql)).effects === 1);
  });

  test('something fresh and due at once does not wait for a sweep', async () => {
    const [caseId] = await makeCases(db.sql, 1);
    await start();
    await waitFor('the listener', async () => {
      const [row] = await db.sql`select count(*)::int as many from pg_stat_activity
        where application_name = 'prosecution-hub-listen' and datname = current_database() and query like 'listen%'`;
      return row?.['many'] === 1;
    });
    await makeAlert(db.sql, caseId!, { class: 'chasers' });
    await makeAlert(db.sql, caseId!, { inMs: 900 });
    await db.db.transaction(async (tx) => {
      const now = new Date().toISOString();
      for (const name of ['chasers', 'deadlines'] as const) await announceDue(tx, name, now);
      await tx.execute(statement`select pg_notify('hub_due', 'nonsense')`);
    });
    await waitFor('both to fire', async () => (await effects(db.sql)).effects === 2);
  });

  test('canaries come back as rows from every queue', async () => {
    running = await runWorkers(db, config(), { canarySeconds: 1 });
    const read = () =>
      db.sql<{ queue: string; at: Date }[]>`select queue, heard_at as at from canaries order by queue`;
    const first = await waitFor('one of each', async () => {
      const rows = await read();
      return rows.length === queueNames.length && rows;
    });
    expect(first.map(({ queue }) => queue)).toEqual([...queueNames].sort());
    await waitFor('later ones', async () => (await read()).every(({ at }, n) => at > first[n]!.at));
  });

  test('a machine whose clock is wrong stops taking jobs until it is right, and the sweep goes on', async () => {
    const [caseId] = await makeCases(db.sql, 1);
    let aheadMs = 3_600_000;
    const clock = { now: () => new Date(Date.now() + aheadMs).toISOString() };
    running = await runWorkers(db, config(), { clock, canarySeconds: 0.05 });
    const opened = running.queues;
    const active = () => opened.queues.deadlines.getWaitingCount();
    await waitFor('canaries that nobody takes', async () => (await active()) > 2);
    await makeAlert(db.sql, caseId!);
    await running.sweep.sweepNow();
    expect(await states(db.sql)).toEqual({ fired: 1 });
    aheadMs = 0;
    await waitFor('the canaries to be taken', async () => (await active()) === 0);
  });
});
