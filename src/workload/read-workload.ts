import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { addDays, weekday, type CivilDate } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import type { Rule } from '../deadlines/rule.ts';
import { bandRank } from '../tasks/band-sql.ts';
import { readAttendance } from '../staff/attendance.ts';
import { bandEdges, type BandEdges } from '../tasks/urgency.ts';
import { daysFrom } from './capacity.ts';
import { addUpWorkload, type WorkGroup, type Workload } from './add-up-workload.ts';
import { allWork, isHiddenFrom } from './work-sql.ts';

/**
 * The capacity and the load of every caseworker by week, and the totals of teams and hub. Work of restricted cases
 * that the viewer may not see counts in minutes alone.
 * @param weeks how many, the first being the current one, of which only what is left has capacity
 */
export async function readWorkload(
  db: Database,
  about: { viewer: string; weeks: number; now: string; calendar: HolidayCalendar; rules: readonly Rule[] },
): Promise<Workload> {
  const { viewer, weeks, now, calendar, rules } = about;
  const today = civilDateOf(now);
  const monday = addDays(today, 1 - weekday(today));
  const last = addDays(monday, weeks * 7 - 1);
  const mondays = Array.from({ length: weeks }, (_, week) => addDays(monday, week * 7));
  const edges = bandEdges(calendar, now);
  // Sent together: one way there and back.
  const [people, groups, cases] = await Promise.all([
    readAttendance(db, sql`s.role in ('caseworker', 'senior') and s.team is not null`, {
      first: today,
      last,
    }),
    readGroups(db, rules, { viewer, last, monday, edges }),
    db.execute<{ team: string; caseworker: string | null; count: number }>(sql`
      select team, caseworker, count(*)::int as count from cases
      where state = 'open' and (not restricted or ${viewer} = any(visible_to)) group by 1, 2`),
  ]);
  return addUpWorkload({ people, groups, cases, mondays, days: daysFrom(today, last), calendar, now });
}

async function readGroups(
  db: Database,
  rules: readonly Rule[],
  { viewer, last, monday, edges }: { viewer: string; last: CivilDate; monday: CivilDate; edges: BandEdges },
): Promise<WorkGroup[]> {
  const week = sql`greatest(0, ((t.due_at at time zone 'Europe/London')::date - ${monday}::date) / 7)`;
  const rows = await db.execute<WorkGroup>(sql`
    select t.team, t.assignee, ${week}::int as week, ${bandRank(edges)}::int as rank,
      t.due_at < ${edges.now}::timestamptz as "isOverdue", t.is_coming as "isComing",
      ${isHiddenFrom(viewer)} as "isHidden", count(*)::int as count, sum(t.minutes)::int as minutes
    from (${allWork(rules, last)}) t group by 1, 2, 3, 4, 5, 6, 7`);
  return [...rows];
}
