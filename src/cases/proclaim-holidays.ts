import { eq } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { installation } from '../../db/schema/platform.ts';
import { BANK_HOLIDAYS, BANK_HOLIDAY_YEARS } from '../calendar/bank-holidays-data.ts';
import { changedDays } from '../calendar/calendar-reach.ts';
import { compare, sayDay, yearOf, type CivilDate } from '../calendar/civil-date.ts';
import { easterMonday, goodFriday } from '../calendar/easter.ts';
import type { Holiday } from '../calendar/holiday-calendar.ts';
import { rulesFingerprint } from '../deadlines/rules-fingerprint.ts';
import {
  keepCalendar,
  keepReleasedCalendar,
  lockCalendar,
  type AddedHolidays,
  type CalendarRow,
} from '../deadlines/store-calendar.ts';
import { invalid, type Failure, type FieldError } from '../platform/failure.ts';
import { recordHistory, type Actor } from '../staff/history.ts';
import { closeOwnTasks } from '../tasks/store.ts';
import { beginRecomputation, type RecomputationRow } from './store-recomputations.ts';

/** A year has at least this many bank holidays; fewer are not its whole list. */
const fewestHolidays = 8;
/** The furthest year that may be loaded, counted from the last of the built-in list. */
const furthestYears = 20;

/**
 * Replaces the bank holidays that were proclaimed, and puts the live cases that the change can touch on the list to be
 * worked out again; where nothing is different, all of them. The caller has locked the calendar.
 * @returns `invalid` where a day is official already, comes twice, or is of a year that is not loaded
 */
export async function proclaimHolidays(
  tx: Transaction,
  added: AddedHolidays,
  actor: Actor,
): Promise<{ row: CalendarRow; recomputation: RecomputationRow } | Failure> {
  const errors = checkHolidays(added);
  if (errors.length > 0) return invalid(errors);
  const now = await readNow(tx);
  const { before, after } = await keepCalendar(tx, added, actor.id, now);
  const recomputation = await beginRecomputation(
    tx,
    {
      cause: 'calendar',
      why: sayChanges(before, after),
      calendarVersion: after.version,
      rules: null,
      requestedBy: actor.id,
    },
    now,
    daysToGoThrough(before, after),
  );
  const years = Array.from({ length: furthestYears }, (_, i) => BANK_HOLIDAY_YEARS.lastYear + i);
  const loaded = years.filter((year) => year <= after.lastYear).map((year) => `bank-holidays:${year}`);
  await closeOwnTasks(tx, loaded, { state: 'done', outcome: 'loaded', by: actor.id }, now);
  await recordHistory(tx, actor, now, [
    {
      action: 'bank-holidays-changed',
      caseId: null,
      entity: 'calendar',
      entityId: after.version,
      detail: { before: before.version, why: sayChanges(before, after), recomputation: recomputation.id },
    },
  ]);
  return { row: after, recomputation };
}

/**
 * Notices that this release has another built-in list of bank holidays, or other rules, than what the live cases were
 * worked out by, and puts them on the list to be worked out again. Called when a worker process starts.
 */
export async function noticeRelease(db: Database): Promise<RecomputationRow[]> {
  return db.transaction(async (tx) => {
    await lockCalendar(tx);
    const now = await readNow(tx);
    const begun: RecomputationRow[] = [];
    const { before, after } = await keepReleasedCalendar(tx, now);
    const begin = async (
      cause: RecomputationRow['cause'],
      why: string[],
      rules: string | null,
      days?: CivilDate[] | 'all',
    ) => {
      const wanted = { cause, why, calendarVersion: after.version, rules, requestedBy: 'hub' };
      begun.push(await beginRecomputation(tx, wanted, now, days));
    };
    if (before.version !== after.version)
      await begin('calendar', sayChanges(before, after), null, daysToGoThrough(before, after));
    const [known] = await tx.select().from(installation).where(eq(installation.name, 'rules'));
    if (known !== undefined && known.value !== rulesFingerprint)
      await begin('rules', ['The rules of the hub were brought up to date'], rulesFingerprint);
    if (known?.value !== rulesFingerprint)
      await tx
        .insert(installation)
        .values({ name: 'rules', value: rulesFingerprint, at: now })
        .onConflictDoUpdate({ target: installation.name, set: { value: rulesFingerprint, at: now } });
    return begun;
  });
}

function daysToGoThrough(before: CalendarRow, after: CalendarRow): CivilDate[] | 'all' {
  return before.version === after.version ? 'all' : changedDays(before, after);
}

/** Everything that is wrong with a list of proclaimed bank holidays, each naming its field. Pure. */
export function checkHolidays({ proclaimed, lastYear }: AddedHolidays): FieldError[] {
  const errors: FieldError[] = [];
  const official = new Set(BANK_HOLIDAYS.map(({ date }) => date));
  const { firstYear, lastYear: builtIn } = BANK_HOLIDAY_YEARS;
  if (lastYear < builtIn || lastYear > builtIn + furthestYears)
    errors.push({
      path: 'lastYear',
      message: `must be a year from ${builtIn} to ${builtIn + furthestYears}`,
    });
  const seen = new Set<string>();
  proclaimed.forEach(({ date }, i) => {
    const problem = (message: string) => errors.push({ path: `proclaimed.${i}.on`, message });
    if (seen.has(date)) problem('comes twice');
    else if (official.has(date)) problem('is a bank holiday of the official list already');
    else if (yearOf(date) < firstYear || yearOf(date) > lastYear)
      problem(`must be of a year whose bank holidays are loaded, ${firstYear} to ${lastYear}`);
    seen.add(date);
  });
  for (let year = builtIn + 1; year <= Math.min(lastYear, builtIn + furthestYears); year += 1)
    if (!isWholeYear(year, proclaimed))
      errors.push({
        path: 'lastYear',
        message: `needs the whole list of ${year} within proclaimed: ${fewestHolidays} days or more, Good Friday and Easter Monday among them`,
      });
  return errors;
}

function isWholeYear(year: number, proclaimed: readonly Holiday[]): boolean {
  const days = new Set(proclaimed.map(({ date }) => date).filter((date) => yearOf(date) === year));
  return days.size >= fewestHolidays && days.has(goodFriday(year)) && days.has(easterMonday(year));
}

/** What is different between two calendars, in sentences for those whose dates it moves. */
export function sayChanges(before: CalendarRow, after: CalendarRow): string[] {
  const was = new Map(before.holidays.map(({ date, name }) => [date, name]));
  const is = new Map(after.holidays.map(({ date, name }) => [date, name]));
  const days = [...new Set([...was.keys(), ...is.keys()])].sort(compare);
  const loaded = (date: string) => yearOf(date) > before.lastYear;
  const said = days.flatMap((date) => {
    const [old, name] = [was.get(date), is.get(date)];
    if (old === name || (old === undefined && loaded(date))) return [];
    if (name === undefined) return [`${sayDay(date)} is no longer a bank holiday (${old})`];
    return [`${sayDay(date)} is a bank holiday: ${name}`];
  });
  for (let year = before.lastYear + 1; year <= after.lastYear; year += 1)
    said.push(`The bank holidays of ${year} were loaded`);
  return said.length > 0 ? said : ['The bank holidays were gone through again'];
}
