import type { CivilDate } from './civil-date.ts';
import { isCivilDate, sayDay } from './civil-date.ts';
import type { HolidayCalendar } from './holiday-calendar.ts';
import { businessDayOnOrBefore } from './holiday-calendar.ts';
import type { DateOrInstant } from './london-time.ts';
import { civilDateOf } from './london-time.ts';
import { sayMove } from './say-steps.ts';

/** `steps` is empty where the legal date is itself a business day. */
export type ActionDue = { date: CivilDate | null; steps: string[] };

/**
 * The business day (CrimPR 2025 r.2.2(1)) on or before the legal date, or the London date of a legal instant:
 * the day on which somebody is at work to act. Null, with the reason, where that would need the bank holidays
 * of a year that is not loaded.
 */
export function actionDue(cal: HolidayCalendar, legalDue: DateOrInstant): ActionDue {
  const legalDate = isCivilDate(legalDue) ? legalDue : civilDateOf(legalDue);
  const date = businessDayOnOrBefore(cal, legalDate);
  if (typeof date !== 'string') {
    return {
      date: null,
      steps: [
        `No date to act by can be given for ${sayDay(legalDate)}: the bank holidays of ${date.year} are not loaded`,
      ],
    };
  }
  return {
    date,
    steps: sayMove(cal, legalDate, date).map((move) => `To act on a business day, ${move}`),
  };
}
