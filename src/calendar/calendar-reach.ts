import { compare, dateOfDayNumber, type CivilDate } from './civil-date.ts';
import type { Holiday, HolidayCalendar } from './holiday-calendar.ts';

/** A run of days, both included. */
export type Run = { from: CivilDate; to: CivilDate };

/**
 * A calendar that remembers which of its days were looked at. What was worked out with it is the same by every other
 * calendar of the same years that has the same holidays on those days.
 */
export function watchCalendar(calendar: HolidayCalendar): { calendar: HolidayCalendar; reach: () => Run[] } {
  const seen: [first: number, last: number][] = [];
  const looked = (first: number, last: number) => {
    if (first <= last) seen.push([first, last]);
  };
  return { calendar: { ...calendar, looked }, reach: () => joined(seen) };
}

/** The fewest runs that hold the days of all of them, in order. */
function joined(seen: readonly (readonly [first: number, last: number])[]): Run[] {
  const runs: [first: number, last: number][] = [];
  for (const [first, last] of [...seen].sort(([a], [b]) => a - b)) {
    const run = runs.at(-1);
    if (run === undefined || first > run[1] + 1) runs.push([first, last]);
    else if (last > run[1]) run[1] = last;
  }
  return runs.map(([first, last]) => ({ from: dateOfDayNumber(first), to: dateOfDayNumber(last) }));
}

/** Whether any of some days was looked at. */
export function reaches(runs: readonly Run[], days: readonly CivilDate[]): boolean {
  return days.some((day) => runs.some(({ from, to }) => from <= day && day <= to));
}

type Years = { firstYear: number; lastYear: number; holidays: readonly Holiday[] };

/**
 * The days that are a holiday by one list and not by another, or one of another name; `all` where other years are
 * loaded, which may give a date to what had none, or take it.
 */
export function changedDays(before: Years, after: Years): CivilDate[] | 'all' {
  if (before.firstYear !== after.firstYear || before.lastYear !== after.lastYear) return 'all';
  const was = new Map(before.holidays.map(({ date, name }) => [date, name]));
  const is = new Map(after.holidays.map(({ date, name }) => [date, name]));
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((date) => was.get(date) !== is.get(date))
    .sort(compare);
}
