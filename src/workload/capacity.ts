import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { addBusinessDays } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import {
  longestOf,
  minutesLeftOf,
  shiftOn,
  type Shift,
  type WorkingPattern,
} from '../staff/working-pattern.ts';

/** Days on which somebody is away, the first and the last included. */
export type Away = { from: CivilDate; to: CivilDate };

/** What the capacity of a person follows from. Cover is for days that their pattern need not have. */
export type Availability = {
  pattern: WorkingPattern;
  absences: readonly Away[];
  cover: readonly (Pick<Shift, 'start' | 'end'> & { on: CivilDate })[];
};

/** Of the minutes that somebody is at work, those that are planned: the rest is calls, mail and what nobody foresaw. */
export const plannedShare = 0.85;

/** The shift of a day, with cover; null where they do not work or are away. */
export function workedOn(who: Availability, day: CivilDate, calendar: HolidayCalendar): Shift | null {
  if (who.absences.some(({ from, to }) => from <= day && day <= to)) return null;
  const cover = who.cover.find(({ on }) => on === day);
  return longestOf([
    shiftOn(who.pattern, day, calendar),
    cover === undefined ? null : { start: cover.start, end: cover.end, breakMinutes: 0 },
  ]);
}

/** Planned minutes of a person on each of a run of days; of today only what is left of it. Whole minutes. */
export function capacityByDay(
  who: Availability,
  days: readonly CivilDate[],
  calendar: HolidayCalendar,
  now: Instant,
): number[] {
  const today = civilDateOf(now);
  return days.map((day) => {
    const shift = day < today ? null : workedOn(who, day, calendar);
    return shift === null ? 0 : Math.floor(minutesLeftOf(shift, day, now) * plannedShare);
  });
}

/** Every day from one until the last, both included. */
export function daysFrom(first: CivilDate, last: CivilDate): CivilDate[] {
  const days: CivilDate[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Today and what follows until that many working days have passed; beyond the loaded bank holidays weeks count as five. */
export function horizonDays(calendar: HolidayCalendar, now: Instant, workingDays: number): CivilDate[] {
  const today = civilDateOf(now);
  const last = addBusinessDays(calendar, today, workingDays);
  const fallback = addDays(today, Math.ceil((workingDays * 7) / 5));
  return daysFrom(today, typeof last === 'string' ? last : fallback);
}
