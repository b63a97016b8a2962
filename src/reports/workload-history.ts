import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import type { Period, Viewer } from './quality-scope.ts';

/** One week of a team: what came in, what was done, and what was open at its end. `week` is its Monday. */
export type WorkloadWeek = {
  team: string;
  week: string;
  cases: number;
  made: number;
  done: number;
  doneMinutes: number;
  cancelled: number;
  openAtEnd: number;
};

/**
 * The weeks of a period, team by team: caseworkers have those of their team. Counts and minutes alone: nobody's pace is
 * shown. The last week is as far as it has gone.
 */
export async function readWorkloadHistory(
  db: Database,
  viewer: Viewer,
  { from, to, team }: Period & { team?: string | undefined },
): Promise<WorkloadWeek[]> {
  const within = (column: string) => {
    const at = sql.raw(column);
    return sql`${at} >= w.starts and ${at} < w.ends`;
  };
  const only = viewer.role === 'caseworker' ? (viewer.team ?? '') : team;
  const rows = await db.execute<WorkloadWeek>(sql`
    with weeks as (
      select t.team, d::date::text as week, d::date::timestamp at time zone 'Europe/London' as starts,
        (d::date + 7)::timestamp at time zone 'Europe/London' as ends
      from generate_series(date_trunc('week', ${from}::date), ${to}::date, interval '7 days') d
      cross join (select unnest(array['crime', 'traffic']) as team) t
      where ${only === undefined ? sql`true` : sql`t.team = ${only}`}
        and (${team ?? null}::text is null or t.team = ${team ?? null})
    )
    select w.team, w.week,
      (select count(*)::int from cases c where c.team = w.team and ${within('c.received_at')}) as cases,
      count(t.id) filter (where ${within('t.created_at')})::int as made,
      count(t.id) filter (where t.state = 'done' and ${within('t.closed_at')})::int as done,
      coalesce(sum(t.effort_minutes) filter (where t.state = 'done' and ${within('t.closed_at')}), 0)::int
        as "doneMinutes",
      count(t.id) filter (where t.state = 'cancelled' and ${within('t.closed_at')})::int as cancelled,
      count(t.id) filter (where t.created_at < w.ends and (t.closed_at is null or t.closed_at >= w.ends))::int
        as "openAtEnd"
    from weeks w left join tasks t on t.team = w.team and t.created_at < w.ends
      and (t.closed_at is null or t.closed_at >= w.starts)
    group by w.team, w.week, w.starts, w.ends order by w.week, w.team`);
  return [...rows];
}
