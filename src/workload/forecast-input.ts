import { daysBetween } from '../calendar/civil-date.ts';
import { makeCalendar, type Holiday, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import type { Attendance } from '../staff/attendance.ts';
import { fullWeek } from '../staff/working-pattern.ts';
import { capacityByDay, horizonDays } from './capacity.ts';
import { forecast, type Forecast, type ForecastWork } from './forecast-of-team.ts';

/** How far the forecast looks. */
export const forecastWorkingDays = 60;

/** What a forecast is worked out from, as it can be sent to another thread. */
export type ForecastInput = {
  team: string;
  now: Instant;
  holidays: { list: Holiday[]; version: string; firstYear: number; lastYear: number };
  /** The caseworkers and the seniors of the team. */
  people: readonly Attendance[];
  /** The rows of its work (`WorkRow`) as JSON, as the database wrote them. */
  work: string;
};

export type WorkRow = Omit<ForecastWork, 'day' | 'holder' | 'owner' | 'release'> & {
  owner: string | null;
  releasedAt: string | null;
};

/** The bank holidays of a calendar, of which it can be made again. */
export function holidaysOf(calendar: HolidayCalendar): ForecastInput['holidays'] {
  const { version, firstYear, lastYear, holidays } = calendar;
  return { list: [...holidays].map(([date, name]) => ({ date, name })), version, firstYear, lastYear };
}

/** The forecast of a team from what was read. Pure, and long where the team is large. */
export function forecastFrom({ team, now, holidays, people, work }: ForecastInput): Forecast {
  const calendar = makeCalendar(holidays.list, holidays.version, holidays);
  const days = horizonDays(calendar, now, forecastWorkingDays);
  const today = civilDateOf(now);
  const caseworkers = people.filter(({ role }) => role === 'caseworker');
  const isHere = new Set(caseworkers.map(({ id }) => id));
  const seniors = new Set(people.filter(({ role }) => role === 'senior').map(({ id }) => id));
  const rows = JSON.parse(work) as WorkRow[];
  // What a senior holds is not casework; what somebody holds who has left is anybody's.
  const pieces = rows
    .filter(({ owner }) => owner === null || !seniors.has(owner))
    .map(({ dueAt: due, releasedAt, owner, ...row }): ForecastWork => {
      const dueAt = new Date(due).toISOString();
      const day = dueAt < now ? -1 : daysBetween(today, civilDateOf(dueAt));
      const isOfTeam = owner !== null && isHere.has(owner);
      return {
        ...row,
        dueAt,
        day,
        release: releaseDay(releasedAt, now),
        owner: isOfTeam ? owner : null,
        holder: owner,
      };
    });
  const members = caseworkers.map(({ id, name, pattern, absences, cover, skills }) => ({
    ...{ id, name, skills, absences },
    byDay: capacityByDay({ pattern: pattern ?? fullWeek, absences, cover }, days, calendar, now),
  }));
  return forecast(team, pieces, members, days);
}

/** The day from which work can be done, counted from today: the forecast goes by whole days. */
function releaseDay(releasedAt: string | null, now: Instant): number {
  if (releasedAt === null) return 0;
  const from = civilDateOf(new Date(releasedAt).toISOString());
  return Math.max(0, daysBetween(civilDateOf(now), from));
}
