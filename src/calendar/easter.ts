import type { CivilDate } from './civil-date.ts';
import { addDays, civilDate } from './civil-date.ts';

/**
 * Easter Sunday by the Gregorian computus (Calendar (New Style) Act 1750, tables; in the form of Meeus, Jones
 * and Butcher).
 */
export function easterSunday(year: number): CivilDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const sync = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - sync + 15) % 30;
  const toSunday =
    (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const correction = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const days = epact + toSunday - 7 * correction + 114;
  return civilDate(year, Math.floor(days / 31), (days % 31) + 1);
}

export function goodFriday(year: number): CivilDate {
  return addDays(easterSunday(year), -2);
}

export function easterMonday(year: number): CivilDate {
  return addDays(easterSunday(year), 1);
}
