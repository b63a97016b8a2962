import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { alerts } from '../../db/schema/alerts.ts';

/** The alerts that could not be carried out and were put aside, the newest first; `after` ends the page before. */
export async function listQuarantined(db: Database, limit: number, after?: [fireAt: string, id: string]) {
  const { id, class: queue, step, fireAt, starts, lastError } = alerts;
  return db
    .select({ id, class: queue, step, fireAt, starts, lastError })
    .from(alerts)
    .where(
      and(
        eq(alerts.state, 'quarantined'),
        after === undefined
          ? undefined
          : sql`(${fireAt}, ${id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(desc(fireAt), desc(id))
    .limit(limit);
}
