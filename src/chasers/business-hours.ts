import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import {
  addBusinessDays,
  businessDayOnOrAfter,
  businessDaysBetween,
  isBusinessDay,
  type HolidayCalendar,
} from '../calendar/holiday-calendar.ts';
import { civilDateOf, instantAt } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';

/** Officers are written to from 08:00 to 18:00 in London on business days. */
const opens = '08:00';
const closes = '18:00';

/** When the digest of a day leaves. */
export function morningOf(day: CivilDate): Instant {
  return instantAt(day, opens);
}

export function isOpen(now: Instant, calendar: HolidayCalendar): boolean {
  const today = civilDateOf(now);
  return isBusinessDay(calendar, today) === true && now >= morningOf(today) && now < instantAt(today, closes);
}

/** The next morning on which an officer may be written to, today's where it is still to come; or now, where it is open. */
export function nextMoment(now: Instant, calendar: HolidayCalendar, atOnce: boolean): Instant {
  if (atOnce && isOpen(now, calendar)) return now;
  const today = civilDateOf(now);
  if (isBusinessDay(calendar, today) === true && now <= morningOf(today)) return morningOf(today);
  return morningOf(onBusinessDays(calendar, today, 1));
}

/** Chasing is nobody's legal limit: beyond the loaded bank holidays it goes by the days as they come. */
export function onBusinessDays(calendar: HolidayCalendar, from: CivilDate, days: number): CivilDate {
  const day = days === 0 ? businessDayOnOrAfter(calendar, from) : addBusinessDays(calendar, from, days);
  return typeof day === 'string' ? day : addDays(from, days);
}

/** Business days from one day to another, never less than none. */
export function businessDaysApart(calendar: HolidayCalendar, from: CivilDate, to: CivilDate): number {
  const days = from < to ? businessDaysBetween(calendar, from, to) : 0;
  return typeof days === 'number' ? days : 0;
}
