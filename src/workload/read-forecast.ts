import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import type { Rule } from '../deadlines/rule.ts';
import { readAttendance } from '../staff/attendance.ts';
import { horizonDays } from './capacity.ts';
import { forecastApart } from './forecast-apart.ts';
import { forecastWorkingDays, holidaysOf, type ForecastInput } from './forecast-input.ts';
import type { Forecast } from './forecast-of-team.ts';
import { allWork, isHiddenFrom } from './work-sql.ts';

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
  about: ForecastAbout,
): Promise<Forecast> {
  return forecastApart(await readForecastInput(db, team, about));
}

/** What the forecast of a team follows from. Its work comes as one text, which costs this thread next to nothing. */
export async function readForecastInput(
  db: Database | Transaction,
  team: string,
  { viewer, now, calendar, rules }: ForecastAbout,
): Promise<ForecastInput> {
  const today = civilDateOf(now);
  const last = horizonDays(calendar, now, forecastWorkingDays).at(-1) ?? today;
  // Sent together: one way there and back.
  const [people, [row]] = await Promise.all([
    readAttendance(db, sql`s.role in ('caseworker', 'senior') and s.team = ${team}`, { first: today, last }),
    db.execute<{ work: string }>(sql`
      select coalesce(json_agg(json_build_object('id', t.id, 'title', t.title, 'owner', t.assignee,
        'minutes', t.minutes, 'cautiousMinutes', t.cautious_minutes, 'dueAt', t.due_at,
        'releasedAt', t.released_at, 'skills', t.skills, 'caseId', t.case_id, 'urn', c.urn,
        'coveredFor', t.covered_for, 'isComing', t.is_coming, 'isGrave', t.danger and t.consequence = 0,
        'isHidden', ${viewer === null ? sql`false` : isHiddenFrom(viewer)}) order by t.id), '[]')::text as work
      from (${allWork(rules, last)}) t left join cases c on c.id = t.case_id
      where t.team = ${team} and t.due_at < (${last}::date + 1)::timestamp at time zone 'Europe/London'`),
  ]);
  return { team, now, holidays: holidaysOf(calendar), people, work: row?.work ?? '[]' };
}
