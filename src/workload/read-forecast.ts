import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { daysBetween } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import type { Rule } from '../deadlines/rule.ts';
import { readAttendance } from '../staff/attendance.ts';
import { fullWeek } from '../staff/working-pattern.ts';
import { capacityByDay, horizonDays } from './capacity.ts';
import { forecast, type Forecast, type ForecastWork } from './forecast-of-team.ts';
import { allWork, isHiddenFrom } from './work-sql.ts';

/** How far the forecast looks. */
export const forecastWorkingDays = 60;

export type ForecastAbout = {
  /** Null sees everything, for the hub's own warnings. */
  viewer: string | null;
  now: string;
  calendar: HolidayCalendar;
  rules: readonly Rule[];
};

/** The forecast of a team for the next 60 working days, from the rows as they are now. */
export async function readForecast(
  db: Database | Transaction,
  team: string,
  { viewer, now, calendar, rules }: ForecastAbout,
): Promise<Forecast> {
  const today = civilDateOf(now);
  const days = horizonDays(calendar, now, forecastWorkingDays);
  const last = days.at(-1) ?? today;
  // Sent together: one way there and back.
  const [people, rows] = await Promise.all([
    readAttendance(db, sql`s.role in ('caseworker', 'senior') and s.team = ${team}`, { first: today, last }),
    db.execute<Row>(sql`
      select t.id, t.title, t.assignee as owner, t.minutes, t.due_at::text as due, t.skills, t.case_id as "caseId",
        c.urn, t.is_coming as "isComing", t.danger and t.consequence = 0 as "isGrave",
        ${viewer === null ? sql`false` : isHiddenFrom(viewer)} as "isHidden"
      from (${allWork(rules, last)}) t left join cases c on c.id = t.case_id
      where t.team = ${team} and t.due_at < (${last}::date + 1)::timestamp at time zone 'Europe/London'
      order by t.id`),
  ]);
  const caseworkers = people.filter(({ role }) => role === 'caseworker');
  const isHere = new Set(caseworkers.map(({ id }) => id));
  const seniors = new Set(people.filter(({ role }) => role === 'senior').map(({ id }) => id));
  // What a senior holds is not casework; what somebody holds who has left is anybody's.
  const work = rows
    .filter(({ owner }) => owner === null || !seniors.has(owner))
    .map(({ due, owner, ...row }): ForecastWork => {
      const dueAt = new Date(due).toISOString();
      const day = dueAt < now ? -1 : daysBetween(today, civilDateOf(dueAt));
      return { ...row, dueAt, day, owner: owner !== null && isHere.has(owner) ? owner : null, holder: owner };
    });
  const members = caseworkers.map(({ id, name, pattern, absences, cover, skills }) => ({
    id,
    name,
    skills,
    byDay: capacityByDay({ pattern: pattern ?? fullWeek, absences, cover }, days, calendar, now),
  }));
  return forecast(team, work, members, days);
}

type Row = Omit<ForecastWork, 'dueAt' | 'day' | 'holder' | 'owner'> & { due: string; owner: string | null };
