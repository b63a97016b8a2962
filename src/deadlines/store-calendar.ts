import type { Database, Transaction } from '../../db/connect.ts';
import { proclaimedHolidays } from '../../db/schema/platform.ts';
import { BANK_HOLIDAYS, BANK_HOLIDAY_YEARS, ENGLAND_AND_WALES } from '../calendar/bank-holidays-data.ts';
import { makeCalendar, type Holiday, type HolidayCalendar } from '../calendar/holiday-calendar.ts';

/** The calendar built last, by the version that names its content: building one takes milliseconds. */
let built: HolidayCalendar = ENGLAND_AND_WALES;

/** The calendar by which the hub counts now: the built-in list and the bank holidays proclaimed since. */
export async function loadCalendar(db: Database | Transaction): Promise<HolidayCalendar> {
  const rows = await db
    .select({ date: proclaimedHolidays.on, name: proclaimedHolidays.name })
    .from(proclaimedHolidays)
    .orderBy(proclaimedHolidays.on);
  return calendarWith(rows);
}

/** The built-in calendar with further bank holidays, which its version names; the same list gives the same object. */
export function calendarWith(proclaimed: readonly Holiday[]): HolidayCalendar {
  if (proclaimed.length === 0) return ENGLAND_AND_WALES;
  const version = [ENGLAND_AND_WALES.version, ...proclaimed.map(({ date }) => date)].join('+');
  const isSame =
    built.version === version && proclaimed.every(({ date, name }) => built.holidays.get(date) === name);
  if (!isSame) built = makeCalendar([...BANK_HOLIDAYS, ...proclaimed], version, BANK_HOLIDAY_YEARS);
  return built;
}
