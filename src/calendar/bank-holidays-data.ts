import { BANK_HOLIDAYS_2000_TO_2018 } from './bank-holidays-2000-2018.ts';
import { BANK_HOLIDAYS_2019_TO_2028 } from './bank-holidays-2019-2028.ts';
import type { Holiday, HolidayCalendar } from './holiday-calendar.ts';
import { makeCalendar } from './holiday-calendar.ts';

export const BANK_HOLIDAY_YEARS = { firstYear: 2000, lastYear: 2028 } as const;

/** Every bank holiday in England and Wales on a Monday to Friday, in order. */
export const BANK_HOLIDAYS: readonly Holiday[] = [
  ...BANK_HOLIDAYS_2000_TO_2018,
  ...BANK_HOLIDAYS_2019_TO_2028,
].map(([date, name]) => ({ date, name }));

/** The calendar that the hub starts with, until an administrator loads another. */
export const ENGLAND_AND_WALES: HolidayCalendar = makeCalendar(
  BANK_HOLIDAYS,
  'england-and-wales-2028',
  BANK_HOLIDAY_YEARS,
);
