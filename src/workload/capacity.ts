import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { addBusinessDays } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import { minutesAway, minutesOfDay, wholeDay, type Away } from '../staff/away.ts';
import {
  clockMinutes,
  latestEnd,
  longestOf,
  minutesOf,
  shiftOn,
  type Shift,
  type WorkingPattern,
} from '../staff/working-pattern.ts';

/** What the capacity of a person follows from. Cover is for days that their pattern need not have. */
export type Availability = {
  pattern: WorkingPattern;
  absences: readonly Away[];
  cover: readonly (Pick<Shift, 'start' | 'end'> & { on: CivilDate })[];
};

/** Of the minutes that somebody is at work, those that are planned: the rest is calls, mail and what nobody foresaw. */
export const plannedShare = 0.85;

/**
 * The minutes that somebody works on a day after a minute of it: those of the shift less those of it for which they are
 * away, and no more than is still to come until its end, with flexitime until the end of their band: nobody records
 * what of the day they have worked already. Nor when a break is: it counts as taken in what is left.
 */
function minutesWorked(
  { pattern, absences, cover }: Availability,
  day: CivilDate,
  calendar: HolidayCalendar,
  since: number,
): number {
  const covered = cover.find(({ on }) => on === day);
  const usual = shiftOn(pattern, day, calendar);
  const shift = longestOf([
    usual,
    covered === undefined ? null : { start: covered.start, end: covered.end, breakMinutes: 0 },
  ]);
  if (shift === null) return 0;
  const [start, end] = [clockMinutes(shift.start), clockMinutes(shift.end)];
  const from = Math.max(start, since);
  const last = usual === null ? end : Math.max(end, clockMinutes(latestEnd(pattern, usual)));
  const toCome = last - from - minutesAway(absences, day, { from, to: last });
  const ofShift = minutesOf(shift) - minutesAway(absences, day, { from: start, to: end });
  return Math.max(0, Math.min(ofShift, toCome));
}

/**
 * Planned minutes of a person on each of a run of days; of today only what is left of it. Whole minutes. Flexitime moves
 * when the minutes of a day are worked, within the band, and makes no more of them: who is away for two hours of their
 * pattern's has two hours less, and what they stay longer on one day they are off on another.
 */
export function capacityByDay(
  who: Availability,
  days: readonly CivilDate[],
  calendar: HolidayCalendar,
  now: Instant,
): number[] {
  const today = civilDateOf(now);
  return days.map((day) => {
    if (day < today) return 0;
    const since = day === today ? minutesOfDay(now) : wholeDay.from;
    return Math.floor(minutesWorked(who, day, calendar, since) * plannedShare);
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
