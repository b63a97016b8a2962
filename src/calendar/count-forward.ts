import type { CivilDate } from './civil-date.ts';
import { addDays, addMonths, sayDay } from './civil-date.ts';
import { countCalendarDays } from './count-calendar-days.ts';
import type { Counted, CountResult } from './counted.ts';
import type { BeyondCalendar, HolidayCalendar } from './holiday-calendar.ts';
import { businessDayOnOrAfter } from './holiday-calendar.ts';
import { sayCount, sayMove, sayNotCounted } from './say-steps.ts';

export type FloorPeriod = { weeks: number } | { months: number } | { days: number };

/** `due` is the last day on which nothing may be done; `allowedFrom` is the day after. */
export type FloorCount = (Counted<CivilDate> & { allowedFrom: CivilDate }) | BeyondCalendar;

/**
 * `CD>BD`: calendar days, the starting day excluded, and an end that is not a business day moves forward to
 * the next. The defence statement only: CrimPR 2025 r.15.4(2), (3) and (5).
 */
export function countCalendarDaysThenForward(
  cal: HolidayCalendar,
  from: CivilDate,
  days: number,
  label?: string,
): CountResult<CivilDate> {
  const raw = countCalendarDays(from, days, label);
  const due = businessDayOnOrAfter(cal, raw.due);
  if (typeof due !== 'string') return due;
  return { kind: 'counted', due, steps: [...raw.steps, ...sayMove(cal, raw.due, due)] };
}

/**
 * `FLOOR`: keep until, or do not dispose before: the starting day excluded, an end that is not a business day
 * moves forward, and the act is allowed from the day after. CrimPR 2025 rr.34.4(4) and 34.5 (exhibits, six
 * weeks); CPIA 1996 Code of Practice para 5 (six months).
 */
export function countFloor(
  cal: HolidayCalendar,
  from: CivilDate,
  period: FloorPeriod,
  label?: string,
): FloorCount {
  const [raw, length] = floorEnd(from, period);
  const due = businessDayOnOrAfter(cal, raw);
  if (typeof due !== 'string') return due;
  const allowedFrom = addDays(due, 1);
  return {
    kind: 'counted',
    due,
    allowedFrom,
    steps: [
      sayNotCounted(from, label),
      `${length} from then end on ${sayDay(raw)}`,
      ...sayMove(cal, raw, due),
      `Allowed from ${sayDay(allowedFrom)}`,
    ],
  };
}

function floorEnd(from: CivilDate, period: FloorPeriod): [CivilDate, string] {
  if ('weeks' in period) return [addDays(from, period.weeks * 7), sayCount(period.weeks, 'week')];
  if ('months' in period) return [addMonths(from, period.months), sayCount(period.months, 'month')];
  return [addDays(from, period.days), sayCount(period.days, 'day')];
}
