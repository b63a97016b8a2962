import { sql } from 'drizzle-orm';
import type { Connection } from '../../db/connect.ts';
import { alerts, deadlines } from '../../db/schema/index.ts';
import { seedDemo } from '../../db/seed/demo.ts';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { isBusinessDay, type Holiday } from '../../src/calendar/holiday-calendar.ts';
import { proclaimHolidays } from '../../src/cases/proclaim-holidays.ts';
import type { RecomputationRow } from '../../src/cases/store-recomputations.ts';
import { ruleAsStored } from '../../src/deadlines/apply-settings.ts';
import { computeDates } from '../../src/deadlines/compute.ts';
import { isCustodyLimit } from '../../src/deadlines/is-custody-limit.ts';
import { calendarWith } from '../../src/deadlines/store-calendar.ts';
import type { DeadlineRow } from '../../src/deadlines/store.ts';
import { isFailure } from '../../src/platform/failure.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

const lastYear = ENGLAND_AND_WALES.lastYear;

/** A hub with the demo's cases, in every state. */
export async function demoDatabase(): Promise<TestDatabase> {
  const database = await testDatabase();
  await seedDemo(database.db, ENGLAND_AND_WALES);
  return database;
}

/** Proclaims bank holidays instead of those before, as the administrator does; nothing is worked out again yet. */
export async function proclaim({ db }: Connection, proclaimed: Holiday[]): Promise<RecomputationRow> {
  const done = await db.transaction((tx) =>
    proclaimHolidays(tx, { proclaimed, lastYear }, { id: 'admin-1', requestId: null }),
  );
  if (isFailure(done)) throw new Error(JSON.stringify(done.errors));
  return done.recomputation;
}

export const readAll = ({ db }: Connection): Promise<DeadlineRow[]> => db.select().from(deadlines);

/** A day on which a pending custody time limit ends and which is a business day: as a holiday it moves the limit. */
export async function dayOfACustodyLimit(database: Connection): Promise<string> {
  const rows = await readAll(database);
  const day = rows.find(
    ({ state, rule, legalDue }) =>
      state === 'pending' &&
      isCustodyLimit(rule) &&
      legalDue !== null &&
      isBusinessDay(ENGLAND_AND_WALES, legalDue) === true,
  )?.legalDue;
  if (day === undefined || day === null) throw new Error('no custody limit is pending');
  return day;
}

/** The pending deadlines that a calendar gives other dates, worked out from what is stored with each. */
export function touchedBy(rows: readonly DeadlineRow[], proclaimed: Holiday[]): Map<string, string | null> {
  const calendar = calendarWith({ proclaimed, lastYear });
  return new Map(
    rows
      .filter(({ state }) => state === 'pending')
      .flatMap((row) => {
        const dates = computeDates(ruleAsStored(row), row.facts, calendar);
        if ('kind' in dates) throw new Error(`${row.rule} is not running`);
        const same = dates.legalDue === (row.legalDueAt ?? row.legalDue) && dates.actionDue === row.actionDue;
        return same ? [] : [[row.id, dates.legalDue] as const];
      }),
  );
}

/** The alerts of each obligation, as `version step state`. */
export async function alertsOf({ db }: Connection): Promise<Map<string, string[]>> {
  const rows = await db.select().from(alerts).orderBy(alerts.version, alerts.step);
  const all = new Map<string, string[]>();
  for (const { obligationId, version, step, state } of rows)
    all.set(obligationId, [...(all.get(obligationId) ?? []), `${version} ${step} ${state}`]);
  return all;
}

export async function count({ db }: Connection, what: string): Promise<number> {
  const [row] = await db.execute<{ many: number }>(sql.raw(`select count(*)::int as many from ${what}`));
  return row?.many ?? 0;
}
