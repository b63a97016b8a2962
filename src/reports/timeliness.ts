import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { countsFor, type Period, type Viewer } from './quality-scope.ts';

/** By what timeliness is counted. */
export const timelinessGroupings = ['rule', 'team', 'month'] as const;
export type TimelinessGrouping = (typeof timelinessGroupings)[number];

/** What became of deadlines that were due in a period. `key` is what they are grouped by. */
export type TimelinessRow = { key: string; inTime: number; late: number; notDone: number; owed: number };

const outcome = sql`case
  when d.state = 'met' and d.met_on <= d.legal_due then 'in-time'
  when d.state = 'met' then 'late'
  when d.state = 'missed' or d.expires_at <= hub_now() then 'not-done'
  else 'owed' end`;

const keys: Record<TimelinessGrouping, ReturnType<typeof sql>> = {
  rule: sql`d.rule`,
  team: sql`c.team`,
  month: sql`to_char(d.legal_due, 'YYYY-MM')`,
};

/**
 * Deadlines whose day by law was in a period, by what became of them; those that came to nothing do not count. A day
 * is that of `legal_due`: an earlier `action_due` is the hub's own caution.
 */
export async function readTimeliness(
  db: Database,
  viewer: Viewer,
  query: Period & { by: TimelinessGrouping; team?: string | undefined; rule?: string | undefined },
): Promise<TimelinessRow[]> {
  const { from, to, by, team, rule } = query;
  const count = (one: string) => sql`count(*) filter (where ${outcome} = ${one})::int`;
  const rows = await db.execute<TimelinessRow>(sql`
    select ${keys[by]} as key, ${count('in-time')} as "inTime", ${count('late')} as late,
      ${count('not-done')} as "notDone", ${count('owed')} as owed
    from deadlines d join cases c on c.id = d.case_id
    where d.state <> 'withdrawn' and d.legal_due between ${from}::date and ${to}::date and ${countsFor(viewer)}
      ${team === undefined ? sql`` : sql`and c.team = ${team}`} ${rule === undefined ? sql`` : sql`and d.rule = ${rule}`}
    group by 1 order by 1`);
  return [...rows];
}
