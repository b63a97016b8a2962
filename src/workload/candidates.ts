import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import type { Instant } from '../platform/clock.ts';
import { readAttendance } from '../staff/attendance.ts';
import { awayAt } from '../staff/away.ts';
import { fullWeek } from '../staff/working-pattern.ts';
import { capacityByDay, horizonDays } from './capacity.ts';
import type { Candidate } from './choose-caseworker.ts';

/** How far a caseworker's capacity is looked at when a case is given out. */
const workingDaysAhead = 20;

/** The caseworkers of a team with their capacity for the next four weeks, and the minutes of their work due by then. */
export async function readCandidates(
  tx: Transaction,
  team: string,
  calendar: HolidayCalendar,
  now: Instant,
): Promise<Candidate[]> {
  const days = horizonDays(calendar, now, workingDaysAhead);
  const [today = ''] = days;
  const last = days.at(-1) ?? today;
  // Sent together: one way there and back.
  const [people, loads] = await Promise.all([
    readAttendance(tx, sql`s.role = 'caseworker' and s.team = ${team}`, {
      first: today,
      last,
    }),
    tx.execute<{ id: string; minutes: number }>(sql`
      select t.assignee as id, sum(t.effort_minutes)::int as minutes from tasks t
      where t.state = 'open' and t.team = ${team} and t.assignee is not null
        and t.due_at < (${last}::date + 1)::timestamp at time zone 'Europe/London' group by t.assignee`),
  ]);
  const load = new Map(loads.map(({ id, minutes }) => [id, minutes]));
  return people.map(({ id, pattern, absences, cover, skills }) => {
    const byDay = capacityByDay({ pattern: pattern ?? fullWeek, absences, cover }, days, calendar, now);
    // Who is at court for the morning has the afternoon.
    const isAway = awayAt(absences, now) !== undefined && byDay[0] === 0;
    return { id, skills, isAway, capacity: sum(byDay), load: load.get(id) ?? 0 };
  });
}

function sum(minutes: readonly number[]): number {
  return minutes.reduce((total, one) => total + one, 0);
}
