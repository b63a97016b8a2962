import { sql as statement } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AlertClass, FollowUp } from '../../db/schema/alerts.ts';
import { drainClass } from '../../src/alerts/drain.ts';
import { fireDue, type Effect, type FireCounts } from '../../src/alerts/fire.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';
import {
  addAlert,
  effects,
  jump,
  makeAlert,
  makeAlerts,
  makeCases,
  makeRecord,
  recordingEffect,
  states,
} from './stage.ts';

let hub: TestDatabase;
beforeEach(async () => {
  hub = await testDatabase({ max: 10 });
  await makeRecord(hub.sql);
});
afterEach(() => hub.close());

const nothing: Effect = () => Promise.resolve(new Map<string, FollowUp[]>());

test('eight firers at once fire each alert exactly once, with its effect', async () => {
  const cases = await makeCases(hub.sql, 40);
  await makeAlerts(hub.sql, cases, 2_000);
  const firers = Array.from({ length: 8 }, () =>
    drainClass(hub, 'deadlines', recordingEffect(), { limit: 50 }),
  );
  const counts = await Promise.all(firers);
  await drainClass(hub, 'deadlines', recordingEffect());
  expect(counts.reduce((sum, { failed }) => sum + failed, 0)).toBe(0);
  expect(await effects(hub.sql)).toEqual({ alerts: 2_000, effects: 2_000 });
  expect(await states(hub.sql)).toEqual({ fired: 2_000 });
  const [noted] =
    await hub.sql`select count(*)::int as many from alerts where follow_ups -> 0 ->> 'id' = id::text`;
  expect(noted?.['many']).toBe(2_000);
});

test('an alert is never fired early, by the clock of the database', async () => {
  const [caseId] = await makeCases(hub.sql, 1);
  await makeAlert(hub.sql, caseId!, { inMs: 60_000 });
  expect(await fireDue(hub, 'deadlines', nothing)).toEqual({
    fired: 0,
    superseded: 0,
    quarantined: 0,
    failed: 0,
  });
  await jump(hub, 59_000);
  expect((await fireDue(hub, 'deadlines', nothing)).fired).toBe(0);
  await jump(hub, 1_000);
  expect((await fireDue(hub, 'deadlines', nothing)).fired).toBe(1);
  const [alert] = await hub.sql`select fired_at >= fire_at as late_or_on_time from alerts`;
  expect(alert).toEqual({ late_or_on_time: true });
});

test('alerts fire in order of time, and the effect is told when', async () => {
  const [caseId] = await makeCases(hub.sql, 1);
  const { obligationId } = await makeAlert(hub.sql, caseId!, { step: 'second', inMs: -1_000 });
  await addAlert(hub.sql, caseId!, obligationId, { step: 'first', inMs: -2_000 });
  const told: string[] = [];
  await fireDue(hub, 'deadlines', async (_tx, fired, now) => {
    told.push(...fired.map(({ step }) => step));
    expect(fired.every((alert) => alert.firedAt === now && alert.class === 'deadlines')).toBe(true);
    return new Map();
  });
  expect(told).toEqual(['first', 'second']);
});

test.each<[AlertClass, string]>([
  ['deadlines', `update deadlines set version = 2`],
  ['deadlines', `update deadlines set state = 'met'`],
  ['deadlines', `update deadlines set state = 'missed'`],
  ['victim-updates', `update deadlines set state = 'withdrawn'`],
  ['chasers', `update material_requests set version = 2`],
  ['chasers', `update material_requests set state = 'received'`],
])('an alert of %s never fires after: %s', async (cls, change) => {
  const [caseId] = await makeCases(hub.sql, 1);
  await makeAlert(hub.sql, caseId!, { class: cls });
  await hub.sql.unsafe(change);
  expect(await fireDue(hub, cls, recordingEffect())).toMatchObject({ fired: 0, superseded: 1 });
  expect(await states(hub.sql)).toEqual({ superseded: 1 });
  expect(await effects(hub.sql)).toEqual({ alerts: 0, effects: 0 });
});

test('a reschedule that commits while the statement waits to read is seen: the old version does not fire', async () => {
  const [caseId] = await makeCases(hub.sql, 1);
  const { obligationId } = await makeAlert(hub.sql, caseId!);
  // Not by the book: it changes a deadline without holding the case. Even then the newest version is judged.
  const writer = await hub.sql.reserve();
  await writer`begin`;
  await writer`update deadlines set version = 2 where id = ${obligationId}`;
  const firing = fireDue(hub, 'deadlines', recordingEffect());
  await waitFor('the firer to wait for the writer', async () => {
    const [row] = await hub.sql`select count(*)::int as many from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    return row?.['many'] === 1;
  });
  await writer`commit`;
  writer.release();
  expect(await firing).toMatchObject({ fired: 0, superseded: 1 });
});

test('a case that somebody holds is passed over, and everything else fires', async () => {
  const cases = await makeCases(hub.sql, 3);
  for (const caseId of cases) await makeAlert(hub.sql, caseId);
  await hub.db.transaction(async (tx) => {
    await tx.execute(statement`select id from cases where id = ${cases[1]} for update`);
    expect((await fireDue(hub, 'deadlines', nothing)).fired).toBe(2);
  });
  expect((await fireDue(hub, 'deadlines', nothing)).fired).toBe(1);
});

test('only alerts of the cases asked for are fired', async () => {
  const cases = await makeCases(hub.sql, 2);
  for (const caseId of cases) await makeAlert(hub.sql, caseId);
  expect((await fireDue(hub, 'deadlines', nothing, { caseIds: [] })).fired).toBe(0);
  expect((await fireDue(hub, 'deadlines', nothing, { caseIds: [cases[0]!] })).fired).toBe(1);
  expect(await states(hub.sql)).toEqual({ fired: 1, pending: 1 });
});

test('firing leaves no transaction open when an effect never ends', async () => {
  const [caseId] = await makeCases(hub.sql, 1);
  await makeAlert(hub.sql, caseId!);
  let calls = 0;
  const hangsOnce: Effect = (tx, fired, now) =>
    ++calls === 1 ? new Promise(() => undefined) : recordingEffect()(tx, fired, now);
  // The batch is cut off by Postgres after five seconds; the alert is then taken alone.
  expect(await fireDue(hub, 'deadlines', hangsOnce)).toMatchObject({ fired: 1, failed: 0 });
  expect(await effects(hub.sql)).toEqual({ alerts: 1, effects: 1 });
}, 30_000);

test('an alert of a case that is held for a moment fires as soon as it is let go', async () => {
  const [caseId] = await makeCases(hub.sql, 1);
  await makeAlert(hub.sql, caseId!);
  let draining: Promise<FireCounts> | undefined;
  await hub.db.transaction(async (tx) => {
    await tx.execute(statement`select id from cases where id = ${caseId} for update`);
    expect((await fireDue(hub, 'deadlines', nothing)).fired).toBe(0);
    draining = drainClass(hub, 'deadlines', nothing);
    expect((await fireDue(hub, 'deadlines', nothing)).fired).toBe(0);
  });
  expect(await draining).toMatchObject({ fired: 1 });
});
