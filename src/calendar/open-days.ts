import { dateOfDayNumber, yearOf } from './civil-date.ts';

/** The answer would need the bank holidays of a year for which none are loaded. Nothing is guessed. */
export type BeyondCalendar = { kind: 'beyond-calendar'; year: number };

/** Every open day between two day numbers, with running counts, so that any move takes a few array reads. */
export type OpenDays = {
  first: number;
  last: number;
  /** The open days, in order. */
  days: Int32Array;
  /** For each day from `first`, how many open days there are up to and including it. */
  countThrough: Int32Array;
};

export function indexOpenDays(first: number, last: number, isOpen: (day: number) => boolean): OpenDays {
  const days = new Int32Array(last - first + 1);
  const countThrough = new Int32Array(last - first + 1);
  let count = 0;
  for (let day = first; day <= last; day += 1) {
    if (isOpen(day)) {
      days[count] = day;
      count += 1;
    }
    countThrough[day - first] = count;
  }
  return { first, last, days: days.slice(0, count), countThrough };
}

export function isOpenDay(open: OpenDays, day: number): boolean | BeyondCalendar {
  if (day < open.first) return beyond(day);
  const count = openDaysThrough(open, day);
  return typeof count === 'number' ? open.days[count - 1] === day : count;
}

export function openOnOrBefore(open: OpenDays, day: number): number | BeyondCalendar {
  const count = openDaysThrough(open, day);
  return typeof count === 'number' ? (open.days[count - 1] ?? yearBefore(open)) : count;
}

export function openOnOrAfter(open: OpenDays, day: number): number | BeyondCalendar {
  if (day < open.first || day > open.last) return beyond(day);
  const count = openDaysThrough(open, day - 1);
  return typeof count === 'number' ? (open.days[count] ?? yearAfter(open)) : count;
}

/** The nth open day after a day (n positive) or before it (n negative); the day itself for 0. */
export function moveOpenDays(open: OpenDays, day: number, n: number): number | BeyondCalendar {
  if (n === 0) return day;
  const count = openDaysThrough(open, n > 0 ? day : day - 1);
  if (typeof count !== 'number') return n > 0 ? beyond(day + 1) : count;
  const found = open.days[n > 0 ? count + n - 1 : count + n];
  return found ?? (n > 0 ? yearAfter(open) : yearBefore(open));
}

/** How many open days there are up to and including a day; none on the eve of the first day. */
export function openDaysThrough(open: OpenDays, day: number): number | BeyondCalendar {
  if (day === open.first - 1) return 0;
  return open.countThrough[day - open.first] ?? beyond(day);
}

function beyond(day: number): BeyondCalendar {
  return { kind: 'beyond-calendar', year: yearOf(dateOfDayNumber(day)) };
}

function yearBefore(open: OpenDays): BeyondCalendar {
  return beyond(open.first - 1);
}

function yearAfter(open: OpenDays): BeyondCalendar {
  return beyond(open.last + 1);
}
