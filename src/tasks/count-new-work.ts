import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import type { Instant } from '../platform/clock.ts';

/**
 * How many tasks that a person could be given have come since a moment, made then or given to them by somebody: their
 * own, and those of their team's pool that they are trained for. Never of a case that they may not see or have a
 * conflict of interest with.
 */
export async function countNewWork(
  db: Database,
  who: { id: string; team: string },
  since: Instant,
): Promise<number> {
  const [row] = await db.execute<{ many: number }>(sql`
    select count(*)::int as many from tasks t
    where t.state = 'open' and coalesce(t.assigned_at, t.created_at) > ${since}::timestamptz
      and (t.deferred_until is null or t.deferred_until <= hub_now())
      and (t.assignee = ${who.id} or t.assignee is null and t.team = ${who.team}
        and t.skills <@ coalesce((select a.skills from attendance a where a.staff_id = ${who.id}), '{}'))
      and (t.visible_to = '{}' or ${who.id} = any(t.visible_to))
      and ${who.id} <> all(t.not_for) and ${who.id} <> all(t.barred)`);
  return row?.many ?? 0;
}
