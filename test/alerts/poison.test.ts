import { afterEach, beforeEach, expect, test } from 'vitest';
import { drainClass } from '../../src/alerts/drain.ts';
import { errorClass } from '../../src/alerts/error-class.ts';
import { fireDue, type Effect, type OnQuarantine } from '../../src/alerts/fire.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { effects, makeAlert, makeAlerts, makeCases, makeRecord, recordingEffect, states } from './stage.ts';

let hub: TestDatabase;
beforeEach(async () => {
  hub = await testDatabase({ max: 10 });
  await makeRecord(hub.sql);
});
afterEach(() => hub.close());

function poisonedBy(
  id: string,
  error: () => unknown = () => new Error('Quillfeather was born in 1961'),
): Effect {
  const record = recordingEffect();
  return async (tx, fired, now) => {
    const followUps = await record(tx, fired, now);
    if (fired.some((alert) => alert.id === id)) throw error();
    return followUps;
  };
}

test('one poison alert among hundreds delays none of them, and is quarantined after three starts', async () => {
  const cases = await makeCases(hub.sql, 20);
  await makeAlerts(hub.sql, cases, 200);
  const { id } = await makeAlert(hub.sql, cases[0]!, { inMs: -5_000 });
  const told: { id: string; error: string }[] = [];
  const onQuarantine: OnQuarantine = async (tx, alert, error) => {
    told.push({ id: alert.id, error });
    await tx.execute(
      `insert into fired_in_test (alert_id, step) values ('${alert.id}', 'task for a person')`,
    );
  };
  const drain = () => drainClass(hub, 'deadlines', poisonedBy(id), { onQuarantine });
  expect(await drain()).toMatchObject({ fired: 200, failed: 1, quarantined: 0 });
  expect(await states(hub.sql)).toEqual({ fired: 200, pending: 1 });
  let rounds = 1;
  while ((await states(hub.sql))['pending']) {
    await drain();
    expect(++rounds).toBeLessThanOrEqual(3);
  }
  expect(await states(hub.sql)).toEqual({ fired: 200, quarantined: 1 });
  expect(told).toHaveLength(1);
  expect(told[0]?.id).toBe(id);
  // Its own effect was undone each time; what is left of it is the task.
  expect(await effects(hub.sql)).toEqual({ alerts: 201, effects: 201 });
  const [row] = await hub.sql`select starts, last_error from alerts where id = ${id}`;
  expect(row).toMatchObject({ starts: 3 });
  expect(row?.['last_error']).toMatch(/^Error at test\/alerts\/poison\.test\.ts:\d+$/);
  expect(await drain()).toMatchObject({ fired: 0, failed: 0, quarantined: 0 });
});

test('a drain goes on behind a batch that was undone, and starts what fails once only', async () => {
  const cases = await makeCases(hub.sql, 5);
  await makeAlerts(hub.sql, cases, 100);
  const { id } = await makeAlert(hub.sql, cases[0]!, { inMs: -5_000 });
  expect(await drainClass(hub, 'deadlines', poisonedBy(id), { limit: 10 })).toMatchObject({
    fired: 100,
    failed: 1,
  });
  const [row] = await hub.sql`select starts from alerts where id = ${id}`;
  expect(row).toEqual({ starts: 1 });
});

test('eight firers on one innocent alert after a crash do not count each other as its starts', async () => {
  const [caseId] = await makeCases(hub.sql, 1);
  const { id } = await makeAlert(hub.sql, caseId!);
  await hub.sql`update alerts set starts = 1`;
  const firers = Array.from({ length: 8 }, () => drainClass(hub, 'deadlines', recordingEffect()));
  await Promise.all(firers);
  const [row] = await hub.sql`select state, starts from alerts where id = ${id}`;
  expect(row).toEqual({ state: 'fired', starts: 2 });
  expect(await effects(hub.sql)).toEqual({ alerts: 1, effects: 1 });
});

test('an alert that was started three times and never finished is quarantined without being started again', async () => {
  const [caseId] = await makeCases(hub.sql, 1);
  await makeAlert(hub.sql, caseId!);
  await hub.sql`update alerts set starts = 3`;
  let told = 0;
  const onQuarantine: OnQuarantine = () => Promise.resolve(void told++);
  expect(await fireDue(hub, 'deadlines', recordingEffect(), { onQuarantine })).toMatchObject({
    fired: 0,
    quarantined: 1,
  });
  expect(told).toBe(1);
  expect(await effects(hub.sql)).toEqual({ alerts: 0, effects: 0 });
});

test('a quarantine whose task cannot be made is not recorded, is tried again, and delays nobody', async () => {
  const [caseId] = await makeCases(hub.sql, 1);
  const { id } = await makeAlert(hub.sql, caseId!);
  await hub.sql`update alerts set starts = 3`;
  await makeAlerts(hub.sql, [caseId!], 5);
  const broken: OnQuarantine = () => Promise.reject(new Error('no'));
  const failures: string[] = [];
  const onFailure = (alertId: string) => void failures.push(alertId);
  const drain = () =>
    drainClass(hub, 'deadlines', recordingEffect(), { onQuarantine: broken, onFailure, limit: 2 });
  expect(await drain()).toMatchObject({ fired: 5, failed: 1 });
  expect(new Set(failures)).toEqual(new Set([id]));
  expect(await states(hub.sql)).toEqual({ fired: 5, pending: 1 });
});

test('two transactions that lost to one another are run again, and nobody is to blame', async () => {
  const [caseId] = await makeCases(hub.sql, 1);
  await makeAlert(hub.sql, caseId!);
  let calls = 0;
  const deadlocked: Effect = async (tx, fired, now) => {
    if (++calls === 1) await tx.execute(`do $$ begin raise exception using errcode = '40P01'; end $$`);
    return recordingEffect()(tx, fired, now);
  };
  expect(await fireDue(hub, 'deadlines', deadlocked)).toMatchObject({ fired: 1, failed: 0 });
  const [row] = await hub.sql`select starts from alerts`;
  expect(row).toEqual({ starts: 0 });
});

test('what is kept of an error names its kind and place, and quotes nothing', async () => {
  const [caseId] = await makeCases(hub.sql, 1);
  const { id } = await makeAlert(hub.sql, caseId!);
  await fireDue(hub, 'deadlines', async (tx) => {
    await tx.execute(`insert into officers (collar, name, rank, email, station)
        values ('PC1001', 'Zzyzx Quillfeather', 'constable', 'q@force.invalid', 'x')`);
    return new Map();
  });
  const [row] = await hub.sql`select last_error from alerts where id = ${id}`;
  expect(row?.['last_error']).toMatch(/^PostgresError 23505 officers_pkey( at \S+)?$/);
  expect(errorClass('Quillfeather')).toBe('string');
  expect(errorClass(new SyntaxError('Unexpected token Q in "Quillfeather"'))).not.toContain('Quill');
});
