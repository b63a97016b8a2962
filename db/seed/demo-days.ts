import { addDays, addMonths, type CivilDate } from '../../src/calendar/civil-date.ts';
import {
  addBusinessDays,
  businessDayOnOrAfter,
  businessDayOnOrBefore,
  type HolidayCalendar,
} from '../../src/calendar/holiday-calendar.ts';
import { civilDateOf, instantAt } from '../../src/calendar/london-time.ts';
import type { Instant } from '../../src/platform/clock.ts';

/** The days of the demo, all reckoned from the hub's now. */
export type DemoDays = {
  now: Instant;
  today: CivilDate;
  /** So many calendar days from today, back if negative. */
  day: (days: number) => CivilDate;
  /** So many working days from today, back if negative; for 0 today, or the working day before it. */
  working: (days: number) => CivilDate;
  /** A day on which courts sit: the working day on or after so many days from today. */
  sitting: (days: number) => CivilDate;
  /** The same-numbered day so many months from today, and days after that. */
  months: (months: number, days?: number) => CivilDate;
  /** A London time on a day, or now where that is still to come. */
  at: (day: CivilDate, time: string) => Instant;
};

/** The days of a demo that is planted now. Beyond the loaded bank holidays days are counted as they come. */
export function demoDays(calendar: HolidayCalendar, now: Instant): DemoDays {
  const today = civilDateOf(now);
  const onOr = (find: typeof businessDayOnOrAfter, date: CivilDate): CivilDate => {
    const day = find(calendar, date);
    return typeof day === 'string' ? day : date;
  };
  return {
    now,
    today,
    day: (days) => addDays(today, days),
    working: (days) => {
      const day = days === 0 ? onOr(businessDayOnOrBefore, today) : addBusinessDays(calendar, today, days);
      return typeof day === 'string' ? day : addDays(today, days);
    },
    sitting: (days) => onOr(businessDayOnOrAfter, addDays(today, days)),
    months: (months, days = 0) => addDays(addMonths(today, months), days),
    at: (day, time) => {
      const moment = instantAt(day, time);
      return moment < now ? moment : now;
    },
  };
}
