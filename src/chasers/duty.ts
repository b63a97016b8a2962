import type { RestPattern } from '../../db/schema/people.ts';
import { addDays, daysBetween, type CivilDate } from '../calendar/civil-date.ts';
import { isBusinessDay, type HolidayCalendar } from '../calendar/holiday-calendar.ts';

/** As much of an officer as chasing needs: where they stand in the line, and when they are there. */
export type ChasedOfficer = {
  collar: string;
  rank: string;
  email: string;
  supervisor: string | null;
  deputy: string | null;
  restPattern: RestPattern | null;
  absences: readonly { from: CivilDate; to: CivilDate }[];
};

/** Whether an officer is there on a day: not absent, and not on a rest day. Pure. */
export function isOnDuty({ restPattern, absences }: ChasedOfficer, day: CivilDate): boolean {
  if (absences.some(({ from, to }) => from <= day && day <= to)) return false;
  if (restPattern === null || restPattern.days.length === 0) return true;
  const { from, days } = restPattern;
  const place = ((daysBetween(from, day) % days.length) + days.length) % days.length;
  return days[place] === 'duty';
}

/** The next business day, from a day on, on which an officer is there; null where that is more than so many days off. */
export function nextShift(
  officer: ChasedOfficer,
  day: CivilDate,
  withinDays: number,
  calendar: HolidayCalendar,
): CivilDate | null {
  for (let ahead = 0; ahead <= withinDays; ahead++) {
    const candidate = addDays(day, ahead);
    if (isBusinessDay(calendar, candidate) === true && isOnDuty(officer, candidate)) return candidate;
  }
  return null;
}
