import type { CivilDate } from './civil-date.ts';
import {
  civilDate,
  compare,
  dateOfDayNumber,
  dayNumber,
  isCivilDate,
  isWeekend,
  weekdayOfDayNumber,
  yearOf,
} from './civil-date.ts';
import { easterMonday, goodFriday } from './easter.ts';
import type { BeyondCalendar, OpenDays } from './open-days.ts';
import {
  indexOpenDays,
  isOpenDay,
  moveOpenDays,
  openDaysThrough,
  openOnOrAfter,
  openOnOrBefore,
} from './open-days.ts';

export type { BeyondCalendar } from './open-days.ts';

export type Holiday = { date: CivilDate; name: string };

/** The bank holidays of England and Wales for a run of whole years, and what follows from them. */
export type HolidayCalendar = {
  version: string;
  firstYear: number;
  /**
   * The last year whose full list is loaded. A holiday already proclaimed for a later year may be held, but
   * nothing is counted there.
   */
  lastYear: number;
  holidays: ReadonlyMap<CivilDate, string>;
  /** Monday to Friday days that are not business days, in order, for explanations. */
  closedWeekdays: readonly Holiday[];
  businessDays: OpenDays;
  /** Days on which a custody time limit may end. */
  custodyDays: OpenDays;
  /** Told the first and last day number of each run of days that an answer follows from, with the years loaded. */
  looked?: (first: number, last: number) => void;
};

export function makeCalendar(
  holidays: readonly Holiday[],
  version: string,
  years: { firstYear: number; lastYear: number },
): HolidayCalendar {
  for (const { date } of holidays) if (!isCivilDate(date)) throw new RangeError(`Not a civil date: ${date}`);
  const named = new Map(
    [...holidays].sort((a, b) => compare(a.date, b.date)).map(({ date, name }) => [date, name]),
  );
  const custodyHolidays = new Map(named);
  const businessHolidays = new Map(named);
  for (let year = years.firstYear; year <= years.lastYear; year += 1) {
    for (const map of [custodyHolidays, businessHolidays]) {
      addUnlessNamed(map, civilDate(year, 12, 25), 'Christmas Day');
      addUnlessNamed(map, goodFriday(year), 'Good Friday');
    }
    addUnlessNamed(businessHolidays, civilDate(year, 12, 26), 'Boxing Day');
    addUnlessNamed(businessHolidays, easterMonday(year), 'Easter Monday');
  }
  return {
    version,
    firstYear: years.firstYear,
    lastYear: years.lastYear,
    holidays: named,
    closedWeekdays: [...businessHolidays]
      .map(([date, name]) => ({ date, name }))
      .filter(({ date }) => !isWeekend(date))
      .sort((a, b) => compare(a.date, b.date)),
    businessDays: weekdaysExcept(businessHolidays, years),
    custodyDays: weekdaysExcept(custodyHolidays, years),
  };
}

function addUnlessNamed(holidays: Map<CivilDate, string>, date: CivilDate, name: string): void {
  if (!holidays.has(date)) holidays.set(date, name);
}

function weekdaysExcept(
  holidays: ReadonlyMap<CivilDate, string>,
  { firstYear, lastYear }: { firstYear: number; lastYear: number },
): OpenDays {
  const closed = new Set([...holidays.keys()].map(dayNumber));
  const isOpen = (day: number): boolean => weekdayOfDayNumber(day) < 6 && !closed.has(day);
  return indexOpenDays(dayNumber(civilDate(firstYear, 1, 1)), dayNumber(civilDate(lastYear, 12, 31)), isOpen);
}

/**
 * The same calendar with one more bank holiday, such as one newly proclaimed (Banking and Financial Dealings
 * Act 1971 s.1(3)).
 */
export function withHoliday(cal: HolidayCalendar, date: CivilDate, name: string): HolidayCalendar {
  const holidays = [...cal.holidays].map(([day, known]) => ({ date: day, name: known }));
  return makeCalendar([...holidays, { date, name }], `${cal.version}+${date}`, cal);
}

/**
 * CrimPR 2025 (SI 2025/909) r.2.2(1): "any day except Saturday, Sunday, Christmas Day, Boxing Day, Good
 * Friday, Easter Monday or a bank holiday". Compare with `=== true`: the answer may be that the year is not
 * loaded.
 */
export function isBusinessDay(cal: HolidayCalendar, date: CivilDate): boolean | BeyondCalendar {
  const day = dayNumber(date);
  cal.looked?.(day, day);
  return isOpenDay(cal.businessDays, day);
}

/**
 * Whether a custody time limit may end on a day: SI 1987/299 reg 2(5) excludes Saturday, Sunday, Christmas
 * Day, Good Friday and any bank holiday. Kept apart from business days, which the law defines in other words.
 */
export function isCustodyLimitDay(cal: HolidayCalendar, date: CivilDate): boolean | BeyondCalendar {
  const day = dayNumber(date);
  cal.looked?.(day, day);
  return isOpenDay(cal.custodyDays, day);
}

/** The day itself, or the nearest earlier day on which a custody time limit may end: SI 1987/299 reg 2(5). */
export function custodyLimitDayOnOrBefore(cal: HolidayCalendar, date: CivilDate): CivilDate | BeyondCalendar {
  const day = dayNumber(date);
  return lookedBack(cal, openOnOrBefore(cal.custodyDays, day), day);
}

export function businessDayOnOrBefore(cal: HolidayCalendar, date: CivilDate): CivilDate | BeyondCalendar {
  const day = dayNumber(date);
  return lookedBack(cal, openOnOrBefore(cal.businessDays, day), day);
}

export function businessDayOnOrAfter(cal: HolidayCalendar, date: CivilDate): CivilDate | BeyondCalendar {
  const day = dayNumber(date);
  return lookedOn(cal, day, openOnOrAfter(cal.businessDays, day));
}

/**
 * The nth business day after a date (n positive) or before it (n negative), the date itself never counting;
 * the date for 0.
 */
export function addBusinessDays(
  cal: HolidayCalendar,
  date: CivilDate,
  n: number,
): CivilDate | BeyondCalendar {
  if (n === 0) return date;
  const day = dayNumber(date);
  const found = moveOpenDays(cal.businessDays, day, n);
  return n > 0 ? lookedOn(cal, day + 1, found) : lookedBack(cal, found, day - 1);
}

/**
 * Business days after one date up to and including another; negative going back. Undoes `addBusinessDays`
 * between business days.
 */
export function businessDaysBetween(
  cal: HolidayCalendar,
  from: CivilDate,
  to: CivilDate,
): number | BeyondCalendar {
  const back = to < from;
  const open = cal.businessDays;
  cal.looked?.(dayNumber(back ? to : from), dayNumber(back ? from : to));
  const start = openDaysThrough(open, dayNumber(from) - (back ? 1 : 0));
  const end = openDaysThrough(open, dayNumber(to) - (back ? 1 : 0));
  if (typeof start !== 'number') return start;
  return typeof end === 'number' ? end - start : end;
}

/**
 * The Monday to Friday days between two dates, both included, that are not business days, each with its name.
 */
export function closedWeekdaysIn(cal: HolidayCalendar, from: CivilDate, to: CivilDate): readonly Holiday[] {
  const all = cal.closedWeekdays;
  if (from <= to) cal.looked?.(dayNumber(from), dayNumber(to));
  return all.slice(firstNotBefore(all, from), firstNotBefore(all, dateOfDayNumber(dayNumber(to) + 1)));
}

function firstNotBefore(holidays: readonly Holiday[], date: CivilDate): number {
  let low = 0;
  let high = holidays.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((holidays[middle]?.date ?? '') < date) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether the bank holidays of a date's year are loaded. */
export function isWithinCalendar(cal: HolidayCalendar, date: CivilDate): boolean {
  return yearOf(date) >= cal.firstYear && yearOf(date) <= cal.lastYear;
}

export function isBeyondCalendar(answer: unknown): answer is BeyondCalendar {
  return (
    typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === 'beyond-calendar'
  );
}

/** A day that was looked for onwards: to the end of the calendar where there is none. */
function lookedOn(
  cal: HolidayCalendar,
  first: number,
  found: number | BeyondCalendar,
): CivilDate | BeyondCalendar {
  const isFound = typeof found === 'number';
  cal.looked?.(first, isFound ? found : cal.businessDays.last);
  return isFound ? dateOfDayNumber(found) : found;
}

/** A day that was looked for backwards: to the beginning of the calendar where there is none. */
function lookedBack(
  cal: HolidayCalendar,
  found: number | BeyondCalendar,
  last: number,
): CivilDate | BeyondCalendar {
  const isFound = typeof found === 'number';
  cal.looked?.(isFound ? found : cal.businessDays.first, last);
  return isFound ? dateOfDayNumber(found) : found;
}
