import type { CivilDate } from '../calendar/civil-date.ts';
import {
  countBusinessDays,
  countCalendarDays,
  countDaysBeginningWith,
  countWorkingDays,
  type CountResult,
} from '../calendar/counting.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { deemedService } from '../calendar/service.ts';
import { withAmount } from './adjustable-period.ts';
import { required } from './facts.ts';
import type { Period } from './rule.ts';

type DayResult = CountResult<CivilDate>;

/** Counts from the day of service, given as such or deemed from how and when the document was sent. */
export function afterService(
  count: (on: CivilDate, calendar: HolidayCalendar, label: string) => DayResult,
  says: string,
): Period {
  return {
    says: `${says} service`,
    needs: [['servedOn', 'service']],
    count: (facts, calendar) => {
      if (facts.service === undefined)
        return count(required(facts, 'servedOn'), calendar, 'the day of service');
      const served = deemedService(calendar, facts.service);
      if (served.kind !== 'counted') return served;
      const counted = count(served.due, calendar, 'the day of service');
      return counted.kind === 'counted'
        ? { ...counted, steps: [...served.steps, ...counted.steps] }
        : counted;
    },
  };
}

/** `BD` from service. */
export const businessDaysAfterService = (amount: number): Period =>
  withAmount(amount, 'business day', (days) =>
    afterService(
      (on, calendar, label) => countBusinessDays(calendar, on, days, label),
      `${days} business days after`,
    ),
  );

/** `WD` from service. */
export const workingDaysAfterService = (amount: number): Period =>
  withAmount(amount, 'working day', (days) =>
    afterService(
      (on, calendar, label) => countWorkingDays(calendar, on, days, label),
      `${days} working days after`,
    ),
  );

/** `CD` from service. */
export const calendarDaysAfterService = (amount: number): Period =>
  withAmount(amount, 'day', (days) =>
    afterService((on, _calendar, label) => countCalendarDays(on, days, label), `${days} days after`),
  );

/** `CD-INCL` from service. */
export const daysBeginningWithService = (amount: number): Period =>
  withAmount(amount, 'day', (days) =>
    afterService(
      (on, _calendar, label) => countDaysBeginningWith(on, days, label),
      `${days} days beginning with the day of`,
    ),
  );
