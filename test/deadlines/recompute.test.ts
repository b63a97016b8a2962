import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { history, recomputationMoves, tasks } from '../../db/schema/index.ts';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { addDays, sayDay } from '../../src/calendar/civil-date.ts';
import { withHoliday } from '../../src/calendar/holiday-calendar.ts';
import { recompute } from '../../src/cases/recompute.ts';
import { readProgress } from '../../src/cases/store-recomputations.ts';
import { computeDates } from '../../src/deadlines/compute.ts';
import { isCustodyLimit } from '../../src/deadlines/is-custody-limit.ts';
import { rules } from '../../src/deadlines/rules/register.ts';
import { ruleOf, type DeadlineRow } from '../../src/deadlines/store.ts';
import { groupBy } from '../../src/platform/group-by.ts';
import { deadlineDueAt } from '../../src/tasks/deadline-task.ts';
import type { TestDatabase } from '../support/database.ts';
import {
  alertsOf,
  count,
  dayOfACustodyLimit,
  demoDatabase,
  proclaim,
  readAll,
  touchedBy,
} from './recompute-stage.ts';

describe('a bank holiday that is proclaimed', () => {
  let database: TestDatabase;
  let holiday: string;
  let before: DeadlineRow[];
  let after: Map<string, DeadlineRow>;
  let touched: Map<string, string | null>;
  let alertsBefore: Map<string, string[]>;
  let alertsAfter: Map<string, string[]>;
  let recomputation: string;

  beforeAll(async () => {
    database = await demoDatabase();
    holiday = await dayOfACustodyLimit(database);
    before = await readAll(database);
    alertsBefore = await alertsOf(database);
    const proclaimed = [{ date: holiday, name: 'Jubilee' }];
    touched = touchedBy(before, proclaimed);
    recomputation = (await proclaim(database, proclaimed)).id;
    await recompute(database.db);
    after = new Map((await readAll(database)).map((row) => [row.id, row]));
    alertsAfter = await alertsOf(database);
  });
  afterAll(() => database.close());

  const rowsTouched = () => before.filter(({ id }) => touched.has(id));
  const rowsLeft = () => before.filter(({ id }) => !touched.has(id));

  test('moves exactly the pending deadlines that it touches, each to a new version', () => {
    expect(touched.size).toBeGreaterThan(3);
    for (const { id, version } of rowsTouched()) {
      expect(after.get(id)).toMatchObject({ version: version + 1, state: 'pending' });
      expect(after.get(id)?.legalDueAt ?? after.get(id)?.legalDue).toBe(touched.get(id));
      expect(after.get(id)?.calendarVersion).not.toBe(ENGLAND_AND_WALES.version);
    }
    expect(after.size).toBe(before.length);
  });

  test('leaves every other deadline alone: its version, its alerts and, while it is pending, its dates', () => {
    for (const { id, version, legalDue, legalDueAt, actionDue, state } of rowsLeft()) {
      expect(after.get(id)).toMatchObject({ version, state });
      if (state === 'pending') expect(after.get(id)).toMatchObject({ legalDue, legalDueAt, actionDue });
      expect(alertsAfter.get(id)).toEqual(alertsBefore.get(id));
    }
  });

  test('supersedes the alerts that were pending and makes new ones for the new version', () => {
    for (const { id, version } of rowsTouched()) {
      const all = alertsAfter.get(id) ?? [];
      expect(all.filter((alert) => alert.startsWith(`${version} `) && alert.endsWith('pending'))).toEqual([]);
      expect(all.filter((alert) => alert === `${version + 1} due pending`).length).toBeLessThanOrEqual(1);
      expect(all.some((alert) => alert.startsWith(`${version + 1} `) && alert.endsWith('pending'))).toBe(
        true,
      );
    }
  });

  test('never makes a custody time limit later', () => {
    const limits = rowsTouched().filter(({ rule }) => isCustodyLimit(rule));
    expect(limits.length).toBeGreaterThan(0);
    for (const { id, legalDue } of limits)
      expect((after.get(id)?.legalDue ?? '') < (legalDue ?? '')).toBe(true);
  });

  test('reports every date that moved, with the date before and after', async () => {
    const moves = await database.db
      .select()
      .from(recomputationMoves)
      .where(eq(recomputationMoves.recomputationId, recomputation));
    expect(moves.map(({ deadlineId }) => deadlineId).sort()).toEqual([...touched.keys()].sort());
    for (const { deadlineId, kind, before: was, after: is } of moves) {
      const row = before.find(({ id }) => id === deadlineId);
      expect({ kind, was, is: is?.legalDue }).toEqual({
        kind: 'moved',
        was: { legalDue: row?.legalDueAt ?? row?.legalDue, actionDue: row?.actionDue },
        is: touched.get(deadlineId),
      });
    }
    const progress = await readProgress(database.db, recomputation);
    expect(progress).toMatchObject({ casesLeft: 0, casesFailed: 0, movedTotal: touched.size });
    expect(progress?.finishedAt).not.toBeNull();
  });

  test('tells the caseworker of each case once what moved and why, and of a limit as a limit', async () => {
    const told = await database.db
      .select()
      .from(tasks)
      .where(eq(tasks.source, `dates-moved:${recomputation}`));
    const cases = groupBy(rowsTouched(), ({ caseId }) => caseId);
    expect(told.map(({ caseId }) => caseId).sort()).toEqual([...cases.keys()].sort());
    for (const { caseId, why, consequence } of told) {
      const rows = cases.get(caseId ?? '') ?? [];
      expect(why[0]).toBe(`${sayDay(holiday)} is a bank holiday: Jubilee`);
      expect(why).toHaveLength(rows.length + 1);
      for (const row of rows) expect(why.join('\n')).toContain(ruleOf(row).title);
      expect(consequence).toBe(rows.some((row) => ruleOf(row).danger) ? 0 : 4);
    }
  });

  test('brings the open tasks of what moved to the new date', async () => {
    const open = await database.db.select().from(tasks).where(eq(tasks.state, 'open'));
    const ofTouched = open.filter(({ deadlineId }) => deadlineId !== null && touched.has(deadlineId));
    expect(ofTouched.length).toBeGreaterThan(0);
    for (const task of ofTouched) {
      const row = after.get(task.deadlineId ?? '');
      expect(task.dueAt).toBe(row && deadlineDueAt(row));
    }
  });

  test('writes the move and its cause into the history of the case', async () => {
    const entries = await database.db.select().from(history).where(eq(history.action, 'deadline-moved'));
    const caused = entries.filter(
      ({ detail }) =>
        (detail as { cause?: { recomputation?: string } }).cause?.recomputation === recomputation,
    );
    expect(caused.map(({ entityId }) => entityId).sort()).toEqual([...touched.keys()].sort());
  });

  test('moves nothing when it is gone through again, and moves everything back when it is taken back', async () => {
    const versions = async () =>
      (await readAll(database)).map(({ id, version }) => `${id} ${version}`).sort();
    const stood = await versions();
    await proclaim(database, [{ date: holiday, name: 'Jubilee' }]);
    await recompute(database.db);
    expect(await versions()).toEqual(stood);
    await proclaim(database, []);
    await recompute(database.db);
    const rows = new Map((await readAll(database)).map((row) => [row.id, row]));
    for (const { id, legalDue, actionDue } of before)
      expect(rows.get(id)).toMatchObject({ legalDue, actionDue });
    for (const { id, version } of rowsTouched()) expect(rows.get(id)?.version).toBe(version + 2);
  });

  test('does not wait for a case that cannot be worked out: after three failures it is for a person', async () => {
    await database.db.execute(sql`
      insert into cases (id, urn, kind, officer, team, received_at, created_at, created_by)
      values (gen_random_uuid(), '21AB9999926', 'crime', 'PC1001', 'crime', now(), now(), 'test')`);
    const { id } = await proclaim(database, [{ date: holiday, name: 'Jubilee' }]);
    const failures: string[] = [];
    await recompute(database.db, { batch: 7, onFailure: (caseId) => failures.push(caseId) });
    expect(failures).toHaveLength(3);
    expect(await readProgress(database.db, id)).toMatchObject({ casesLeft: 0, casesFailed: 1 });
    expect(await count(database, `tasks where kind = 'recomputation-failed' and state = 'open'`)).toBe(1);
    expect((await readProgress(database.db, id))?.movedTotal).toBe(touched.size);
  });
});

test('whatever day becomes a holiday, no custody time limit is later for it', () => {
  const limits = rules.filter(({ id }) => isCustodyLimit(id));
  const day = fc.integer({ min: 0, max: 900 }).map((days) => addDays('2026-01-01', days));
  fc.assert(
    fc.property(fc.constantFrom(...limits), day, day, (rule, from, holiday) => {
      const facts = { custody: [{ from }], sentToCrownCourtOn: from, remittedOn: addDays(from, 3) };
      const was = computeDates(rule, facts, ENGLAND_AND_WALES);
      const is = computeDates(rule, facts, withHoliday(ENGLAND_AND_WALES, holiday, 'Jubilee'));
      if ('kind' in was || 'kind' in is) return 'kind' in was === 'kind' in is;
      return (is.legalDue ?? '') <= (was.legalDue ?? '');
    }),
    { numRuns: 300 },
  );
});
