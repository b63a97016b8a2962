import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FollowUp } from '../../db/schema/alerts.ts';
import { readNow } from '../../db/read-now.ts';
import { advanceClock } from '../../src/alerts/advance-clock.ts';
import { drainClass } from '../../src/alerts/drain.ts';
import type { Effect } from '../../src/alerts/fire.ts';
import type { Drains } from '../../src/alerts/sweep.ts';
import { putMessage } from '../../src/messages/outbox.ts';
import { sendMessages } from '../../src/messages/send-messages.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { recordingChannel } from '../workers/stage.ts';
import { addAlert, makeAlert, makeAlerts, makeCases, noDrains, states } from './stage.ts';

const hour = 3_600_000;
const logger = createLogger('silent');
const nothing = new Map<string, FollowUp[]>();
let db: TestDatabase;
let start: number;
beforeEach(async () => {
  db = await testDatabase();
  start = Date.parse(await readNow(db.db));
});
afterEach(() => db.close());

const at = (hours: number) => new Date(start + hours * hour).toISOString();
const later = (instant: string, ms: number) => new Date(Date.parse(instant) + ms).toISOString();
const hub = () => ({ ...db, logger });

function allDrains(effect: Effect, deliver: (letter: { id: string }) => void = () => undefined): Drains {
  const { channel } = recordingChannel((letter) => (deliver(letter), { kind: 'accepted' }));
  const sender = { db: db.db, channel, logger, writers: {}, onTrouble: () => Promise.resolve() };
  const drain = (cls: 'deadlines' | 'victim-updates' | 'chasers') => async () => {
    await drainClass(db, cls, effect);
  };
  return {
    deadlines: drain('deadlines'),
    'victim-updates': drain('victim-updates'),
    chasers: drain('chasers'),
    messages: async () => void (await sendMessages(sender, { queue: 'messages' })),
    'bulk-messages': async () => void (await sendMessages(sender, { queue: 'bulk-messages' })),
  };
}

test('everything on the way is carried out in order of time, at its own instant, and what it leads to as well', async () => {
  const [caseId] = await makeCases(db.sql, 1);
  const { obligationId } = await makeAlert(db.sql, caseId!, { step: 'last', at: at(30) });
  await addAlert(db.sql, caseId!, obligationId, { step: 'first', at: at(5) });
  await addAlert(db.sql, caseId!, obligationId, { step: 'not yet', at: at(50) });
  await makeAlert(db.sql, caseId!, { class: 'chasers', step: 'chaser', at: at(5) });
  const log: { what: string; now: string }[] = [];
  const effect: Effect = async (tx, fired, now) => {
    for (const alert of fired) {
      log.push({ what: alert.step, now });
      // A message that leaves an hour later, and so before the last alert; another that leaves at once.
      const common = {
        purpose: 'digest' as const,
        toId: 'PC1002',
        toAddress: 'x@y.invalid',
        caseIds: [] as string[],
        facts: {},
        body: 'b',
      };
      if (alert.step === 'first') {
        await putMessage(tx, { ...common, key: 'k1', subject: 'later', dueAt: later(now, hour) });
        await putMessage(tx, { ...common, key: 'k2', subject: 'now', dueAt: now });
      }
    }
    return new Map();
  };
  const subjects = async (id: string) =>
    (
      await db.sql<{ subject: string; now: string }[]>`select subject, to_char(hub_now() at time zone 'UTC',
      'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now from messages where id = ${id}`
    )[0]!;
  const sent: Promise<void>[] = [];
  const drains = allDrains(effect, ({ id }) => {
    sent.push(subjects(id).then(({ subject, now }) => void log.push({ what: subject, now })));
  });
  let rearmed = 0;
  const moved = await advanceClock(hub(), at(40), drains, () => Promise.resolve(void rearmed++));
  await Promise.all(sent);
  expect(moved).toMatchObject({ kind: 'moved', late: [] });
  expect(log.map(({ what }) => what)).toEqual(['first', 'chaser', 'now', 'later', 'last']);
  const expected = [5, 5, 5, 6, 30];
  for (const [index, { now }] of log.entries()) {
    expect(Date.parse(now)).toBeGreaterThanOrEqual(start + expected[index]! * hour);
    expect(Date.parse(now)).toBeLessThan(start + expected[index]! * hour + 30_000);
  }
  expect(rearmed).toBe(1);
  expect(await states(db.sql)).toEqual({ fired: 3, pending: 1 });
  expect(Date.parse(await readNow(db.db))).toBeGreaterThanOrEqual(Date.parse(at(40)));
});

test('the clock ticks on from where it is, is kept, and does not go back', async () => {
  const moved = await advanceClock(hub(), at(10), noDrains);
  expect(moved.kind).toBe('moved');
  const first = await readNow(db.db);
  expect(Date.parse(await readNow(db.db))).toBeGreaterThanOrEqual(Date.parse(first));
  expect(await advanceClock(hub(), at(9), noDrains)).toMatchObject({ kind: 'backwards' });
  expect(Date.parse(await readNow(db.db))).toBeGreaterThanOrEqual(Date.parse(at(10)));
  const [row] = await db.sql`select ahead_ms::bigint > 0 as ahead from hub_clock`;
  expect(row).toEqual({ ahead: true });
});

test('two moves at once come one after the other', async () => {
  const [caseId] = await makeCases(db.sql, 1);
  for (let n = 1; n <= 5; n++) await makeAlert(db.sql, caseId!, { at: at(n) });
  const times: string[] = [];
  const effect: Effect = (_tx, _fired, now) => (times.push(now), Promise.resolve(nothing));
  const moves = await Promise.all([
    advanceClock(hub(), at(6), allDrains(effect)),
    advanceClock(hub(), at(7), allDrains(effect)),
  ]);
  expect(moves.map(({ kind }) => kind).filter((kind) => kind === 'moved').length).toBeGreaterThanOrEqual(1);
  expect(times).toEqual([...times].sort());
  expect(await states(db.sql)).toEqual({ fired: 5 });
});

test('a poison alert on the way is quarantined and holds nothing up for long', async () => {
  const cases = await makeCases(db.sql, 2);
  await makeAlert(db.sql, cases[0]!, { at: at(1), step: 'poison' });
  await makeAlert(db.sql, cases[1]!, { at: at(2) });
  const effect: Effect = (_tx, fired) =>
    fired.some(({ step }) => step === 'poison') ? Promise.reject(new Error('x')) : Promise.resolve(nothing);
  expect(await advanceClock(hub(), at(3), allDrains(effect))).toMatchObject({ kind: 'moved', late: [] });
  expect(await states(db.sql)).toEqual({ fired: 1, quarantined: 1 });
});

test('25 days with four instants a day are carried out to the last alert and message, in order of time', async () => {
  const cases = await makeCases(db.sql, 10);
  await makeAlerts(db.sql, cases, 200, { inMs: hour, everyMs: (24 * 24 * hour) / 200 });
  // As rules that count in days and in hours make them.
  await db.sql`update alerts set fire_at = date_bin('6 hours', fire_at, 'epoch') + interval '6 hours'`;
  const fired: string[] = [];
  const effect: Effect = async (tx, alerts, now) => {
    for (const { id, caseId, fireAt } of alerts) {
      if (fired.push(fireAt) % 4 !== 0) continue;
      await putMessage(tx, {
        key: id,
        purpose: 'staff-alert',
        toId: 'cw-1',
        toAddress: 'cw-1@hub.invalid',
        caseIds: [caseId],
        subject: 's',
        body: 'b',
        facts: {},
        dueAt: now,
      });
    }
    return new Map();
  };
  const moved = await advanceClock(hub(), at(24 * 25), allDrains(effect));
  expect(moved).toMatchObject({ kind: 'moved', late: [] });
  expect(fired).toEqual([...fired].sort());
  expect(await states(db.sql)).toEqual({ fired: 200 });
  const [row] = await db.sql`select count(*)::int as many from messages where state = 'sent'`;
  expect(row?.['many']).toBe(50);
});
