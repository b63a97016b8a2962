import type { CivilDate } from './civil-date.ts';
import { addDays, sayDay } from './civil-date.ts';
import type { CountResult } from './counted.ts';
import type { HolidayCalendar } from './holiday-calendar.ts';
import { addBusinessDays } from './holiday-calendar.ts';
import { sayClosedWeekdays, sayCount, sayCountEnds, sayNotCounted } from './say-steps.ts';

/**
 * `BD`: "not more than N business days after", the starting day excluded; it ends on a business day by
 * construction. CrimPR 2025 (SI 2025/909) r.2.2(1), and for example rr.16.4(4)(b), 18.4, 21.4(3), 24.9(4),
 * 34.2(2)(b).
 */
export function countBusinessDays(
  cal: HolidayCalendar,
  from: CivilDate,
  days: number,
  label?: string,
): CountResult<CivilDate> {
  return forward(cal, from, days, 'business day', label);
}

/**
 * `WD`: "working days" of guidance, counted as business days. Code of Practice for Victims of Crime (2021),
 * Rights 4, 6, 8 and 9; Domestic Violence, Crime and Victims Act 2004 s.32.
 */
export function countWorkingDays(
  cal: HolidayCalendar,
  from: CivilDate,
  days: number,
  label?: string,
): CountResult<CivilDate> {
  return forward(cal, from, days, 'working day', label);
}

/**
 * `BD` going back: no later than the Nth business day before a hearing, which is not counted. For example
 * CrimPR 2025 r.24.8(4).
 */
export function countBusinessDaysBefore(
  cal: HolidayCalendar,
  hearing: CivilDate,
  days: number,
  label?: string,
): CountResult<CivilDate> {
  const due = addBusinessDays(cal, hearing, -days);
  if (typeof due !== 'string') return due;
  return {
    kind: 'counted',
    due,
    steps: [
      sayNotCounted(hearing, label),
      ...sayClosedWeekdays(cal, due, addDays(hearing, -1), 'business day'),
      `${sayCount(days, 'business day')} before it is ${sayDay(due)}`,
    ],
  };
}

/**
 * `CLR-` in business days: "not less than N business days before" a hearing, as clear days: neither end is
 * counted (the cautious reading). For example CrimPR 2025 r.14.7(2)(c).
 */
export function countClearBusinessDaysBefore(
  cal: HolidayCalendar,
  hearing: CivilDate,
  days: number,
  label?: string,
): CountResult<CivilDate> {
  const due = addBusinessDays(cal, hearing, -(days + 1));
  if (typeof due !== 'string') return due;
  return {
    kind: 'counted',
    due,
    steps: [
      sayNotCounted(hearing, label),
      ...sayClosedWeekdays(cal, due, addDays(hearing, -1), 'business day'),
      `The business day before ${sayCount(days, 'clear business day')} is ${sayDay(due)}`,
    ],
  };
}

function forward(
  cal: HolidayCalendar,
  from: CivilDate,
  days: number,
  unit: 'business day' | 'working day',
  label?: string,
): CountResult<CivilDate> {
  const due = addBusinessDays(cal, from, days);
  if (typeof due !== 'string') return due;
  return {
    kind: 'counted',
    due,
    steps: [
      sayNotCounted(from, label),
      ...sayClosedWeekdays(cal, addDays(from, 1), due, unit),
      `${sayCountEnds(days, unit)} on ${sayDay(due)}`,
    ],
  };
}
