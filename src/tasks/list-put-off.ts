import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { cases, claims, tasks } from '../../db/schema/index.ts';
import type { Instant } from '../platform/clock.ts';
import type { TaskRow } from './store.ts';

/**
 * What somebody is spared until later: their own tasks that were put off, and those of the team’s pool that they put off
 * themselves; what comes back soonest first.
 * @param after where the page before ended
 */
export async function listPutOff(
  db: Database,
  staffId: string,
  now: Instant,
  limit: number,
  after?: readonly [until: string, id: string],
): Promise<{ task: TaskRow; urn: string | null }[]> {
  const { deferredUntil, deferredWhy, assignee, id, state } = tasks;
  const byThem = sql`${assignee} is null and ${id} in (
    select ${claims.taskId} from ${claims} where ${claims.staffId} = ${staffId} and ${claims.how} = 'deferred')`;
  return db
    .select({ task: tasks, urn: cases.urn })
    .from(tasks)
    .leftJoin(cases, eq(cases.id, tasks.caseId))
    .where(
      sql`${state} = 'open' and ${deferredUntil} > ${now} and ${deferredWhy} is not null
        and (${assignee} = ${staffId} or (${byThem}))
        and (${tasks.visibleTo} = '{}' or ${staffId} = any(${tasks.visibleTo}))
        and ${staffId} <> all(${tasks.barred})
        ${after === undefined ? sql`` : sql`and (${deferredUntil}, ${id}) > (${after[0]}::timestamptz, ${after[1]}::uuid)`}`,
    )
    .orderBy(deferredUntil, id)
    .limit(limit);
}
