import { createHash } from 'node:crypto';
import { desc, eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { runHot } from '../../db/hot-statement.ts';
import { calendarVersions } from '../../db/schema/recomputations.ts';
import { BANK_HOLIDAYS, BANK_HOLIDAY_YEARS, ENGLAND_AND_WALES } from '../calendar/bank-holidays-data.ts';
import { addMonths, civilDate, compare } from '../calendar/civil-date.ts';
import { makeCalendar, type Holiday, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';

export type CalendarRow = typeof calendarVersions.$inferSelect;
/** What an installation adds to the built-in list: bank holidays, and the last year whose whole list is known. */
export type AddedHolidays = { proclaimed: Holiday[]; lastYear: number };

/** Any number that nothing else in the database uses: who records holds it shared, who changes the calendar alone. */
const calendarLock = 7_051_990;
/** Calendars built last, by the version that names their content: building one takes milliseconds. */
const built = new Map<string, HolidayCalendar>([[ENGLAND_AND_WALES.version, ENGLAND_AND_WALES]]);
const builtAtMost = 50;

/** The calendar by which the hub counts now: the built-in list and the bank holidays proclaimed since. */
export async function loadCalendar(db: Database | Transaction): Promise<HolidayCalendar> {
  const [last] = await db
    .select({ version: calendarVersions.version })
    .from(calendarVersions)
    .orderBy(desc(calendarVersions.n))
    .limit(1);
  return calendarNamed(db, last?.version ?? null);
}

/** The calendar of the version that was kept last; null before the first was kept. */
export async function calendarNamed(
  db: Database | Transaction,
  version: string | null,
): Promise<HolidayCalendar> {
  if (version === null) return ENGLAND_AND_WALES;
  return built.get(version) ?? (await calendarOfVersion(db, version)) ?? ENGLAND_AND_WALES;
}

/**
 * Keeps the calendar as it is until the transaction ends. Whoever records on a case takes it before the lock on the
 * case, so that nothing can be counted by a list that a recomputation has already gone by.
 */
export async function holdCalendar(tx: Transaction): Promise<void> {
  await runHot(tx, 'select pg_advisory_xact_lock_shared($1::int)', [calendarLock]);
}

/** Waits for all that is being recorded, and keeps the calendar for this transaction to change. */
export async function lockCalendar(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${calendarLock})`);
}

/** The calendar of any version that was ever in force here, or undefined. */
export async function calendarOfVersion(
  db: Database | Transaction,
  version: string,
): Promise<HolidayCalendar | undefined> {
  const known = built.get(version);
  if (known !== undefined) return known;
  const [row] = await db
    .select()
    .from(calendarVersions)
    .where(eq(calendarVersions.version, version))
    .limit(1);
  if (row === undefined) return undefined;
  if (built.size >= builtAtMost) {
    built.clear();
    built.set(ENGLAND_AND_WALES.version, ENGLAND_AND_WALES);
  }
  const calendar = makeCalendar(row.holidays, row.version, row);
  built.set(version, calendar);
  return calendar;
}

/** The row of the calendar that is in force; before the first was kept, what it would be. */
export async function readCalendarRow(db: Database | Transaction): Promise<CalendarRow> {
  const [row] = await db.select().from(calendarVersions).orderBy(desc(calendarVersions.n)).limit(1);
  return row ?? { ...rowOf({ proclaimed: [], lastYear: BANK_HOLIDAY_YEARS.lastYear }), n: 0, at: '', by: '' };
}

/**
 * Brings a calendar into force, and keeps the built-in one beside it the first time. The caller has locked the
 * calendar. The same content again changes nothing.
 */
export async function keepCalendar(
  tx: Transaction,
  added: AddedHolidays,
  by: string,
  now: Instant,
): Promise<{ before: CalendarRow; after: CalendarRow }> {
  let before = await readCalendarRow(tx);
  if (before.n === 0) before = await insert(tx, { ...before, n: 1, at: now, by: 'hub' });
  const wanted = rowOf(added);
  if (wanted.version === before.version) return { before, after: before };
  return { before, after: await insert(tx, { ...wanted, n: before.n + 1, at: now, by }) };
}

/** The calendar of a built-in list that a new release brings: what was proclaimed stays, unless it is official now. */
export async function keepReleasedCalendar(
  tx: Transaction,
  now: Instant,
): Promise<{ before: CalendarRow; after: CalendarRow }> {
  const row = await readCalendarRow(tx);
  const official = new Set(BANK_HOLIDAYS.map(({ date }) => date));
  const proclaimed = row.proclaimed.filter(({ date }) => !official.has(date));
  const lastYear = Math.max(row.lastYear, BANK_HOLIDAY_YEARS.lastYear);
  return keepCalendar(tx, { proclaimed, lastYear }, 'hub', now);
}

/** The built-in calendar with what was added, under a version that names the content. */
export function calendarWith(added: AddedHolidays): HolidayCalendar {
  const { version, holidays, firstYear, lastYear } = rowOf(added);
  return built.get(version) ?? makeCalendar(holidays, version, { firstYear, lastYear });
}

/** Whether a year from now is beyond the last list: deadlines will soon be made that cannot be worked out. */
export function lessThanAYearLeft(lastYear: number, now: Instant): boolean {
  return addMonths(civilDateOf(now), 12) > civilDate(lastYear, 12, 31);
}

/** What is said at the start where `lessThanAYearLeft`. */
export function sayFewHolidays(lastYear: number): string {
  return `Take care: less than a year of bank holidays is left. Load those of ${lastYear + 1} with PUT /api/calendar/bank-holidays`;
}

async function insert(tx: Transaction, row: CalendarRow): Promise<CalendarRow> {
  await tx.insert(calendarVersions).values(row);
  return row;
}

/** What would be kept of what is added: the whole list, under a version that names the content. Pure. */
export function rowOf({ proclaimed, lastYear }: AddedHolidays): Omit<CalendarRow, 'n' | 'at' | 'by'> {
  const added = [...proclaimed]
    .sort((a, b) => compare(a.date, b.date))
    .map(({ date, name }) => ({ date, name }));
  const base = ENGLAND_AND_WALES.version;
  const isBuiltIn = added.length === 0 && lastYear === BANK_HOLIDAY_YEARS.lastYear;
  const digest = createHash('sha256')
    .update(JSON.stringify([lastYear, added]))
    .digest('hex')
    .slice(0, 12);
  return {
    version: isBuiltIn ? base : `${base}+${digest}`,
    base,
    firstYear: BANK_HOLIDAY_YEARS.firstYear,
    lastYear,
    proclaimed: added,
    holidays: [...BANK_HOLIDAYS, ...added],
  };
}
