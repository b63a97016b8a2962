import { dayNumber, weekday, type CivilDate } from '../calendar/civil-date.ts';
import { isBusinessDay, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { instantAt } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';

/** A day's work, in London's clock: from, until, and minutes of break in between. */
export type Shift = { start: string; end: string; breakMinutes: number };

/**
 * When somebody works: weeks that repeat, each from Monday to Sunday, null for a day off. With flexitime the minutes of
 * a day count and its end does not: they may finish by `latest`. Bank holidays are days off unless said otherwise.
 */
export type WorkingPattern = {
  /** The Monday with which the first week begins. */
  from: CivilDate;
  weeks: (Shift | null)[][];
  flexitime: { latest: string } | null;
  worksBankHolidays: boolean;
};

const fullDay: Shift = { start: '09:00', end: '17:24', breakMinutes: 60 };

/** What somebody of whom nothing is recorded counts as: 37 hours from Monday to Friday, as police staff mostly have. */
export const fullWeek: WorkingPattern = {
  from: '2024-01-01',
  weeks: [[fullDay, fullDay, fullDay, fullDay, fullDay, null, null]],
  flexitime: null,
  worksBankHolidays: false,
};

/** The shift of a day, or null where it is a day off. */
export function shiftOn(pattern: WorkingPattern, day: CivilDate, calendar: HolidayCalendar): Shift | null {
  const { from, weeks, worksBankHolidays } = pattern;
  const elapsed = Math.floor((dayNumber(day) - dayNumber(from)) / 7);
  const week = weeks[((elapsed % weeks.length) + weeks.length) % weeks.length];
  const shift = week?.[weekday(day) - 1] ?? null;
  if (shift === null || worksBankHolidays || weekday(day) >= 6) return shift;
  // Beyond the loaded bank holidays every weekday counts as one.
  return isBusinessDay(calendar, day) === false ? null : shift;
}

/** The minutes of work in a shift. */
export function minutesOf({ start, end, breakMinutes }: Shift): number {
  return Math.max(0, clockMinutes(end) - clockMinutes(start) - breakMinutes);
}

/** Minutes after midnight of 'HH:mm'. */
export function clockMinutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** A shift with what else somebody works on that day, such as cover; the later end and the earlier start. */
export function longestOf(shifts: readonly (Shift | null)[]): Shift | null {
  const real = shifts.filter((shift) => shift !== null);
  const [first] = real;
  if (first === undefined) return null;
  return real.reduce(
    (sum, shift) => ({
      start: shift.start < sum.start ? shift.start : sum.start,
      end: shift.end > sum.end ? shift.end : sum.end,
      breakMinutes: Math.max(sum.breakMinutes, shift.breakMinutes),
    }),
    first,
  );
}

/** 'HH:mm' until which somebody may work a shift of their pattern: its end, with flexitime the end of their band. */
export function latestEnd({ flexitime }: WorkingPattern, { end }: Shift): string {
  const latest = flexitime?.latest ?? end;
  return latest > end ? latest : end;
}

/** The moment until which somebody can be given work on a day. */
export function lastMomentOfShift(pattern: WorkingPattern, shift: Shift, day: CivilDate): Instant {
  return instantAt(day, latestEnd(pattern, shift));
}
