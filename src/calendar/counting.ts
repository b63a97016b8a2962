/**
 * Every counting convention of the law, one function each. The code of each convention is in its docstring.
 */
export type { Counted, CountResult } from './counted.ts';
export type { CustodyPeriod } from './custody-periods.ts';
export { custodyPeriodsProblem } from './custody-periods.ts';
export type { CustodyCount } from './count-custody.ts';
export { countCustody, custodyDaysUsed } from './count-custody.ts';
export {
  countBusinessDays,
  countBusinessDaysBefore,
  countClearBusinessDaysBefore,
  countWorkingDays,
} from './count-business-days.ts';
export {
  countCalendarDays,
  countClearDaysBefore,
  countDaysBefore,
  countDaysBeginningWith,
  countMonths,
} from './count-calendar-days.ts';
export type { FloorPeriod, FloorCount } from './count-forward.ts';
export { countCalendarDaysThenForward, countFloor } from './count-forward.ts';
export { countHours } from './count-hours.ts';
