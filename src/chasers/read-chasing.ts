import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { instantOf } from '../../db/schema/columns.ts';
import type { ChaserLevel } from '../../db/schema/index.ts';
import type { Instant } from '../platform/clock.ts';

/** When a request was chased last and of whom, and when it is chased next unless it comes before. */
export type Chasing = { last: { at: Instant; level: ChaserLevel } | null; nextAt: Instant | null };

/** How the requests of a case are being chased, by the id of the request; of one never chased there is nothing. */
export async function readChasing(db: Database | Transaction, caseId: string): Promise<Map<string, Chasing>> {
  const rows = await db.execute<{
    id: string;
    at: string | null;
    level: ChaserLevel | null;
    next_at: string | null;
  }>(sql`
    select coalesce(sent.id, next.id) as id, sent.at::text, sent.level, next.at::text as next_at from (
      select distinct on (c.request_id) c.request_id as id, c.at, c.level
      from chasers c join material_requests r on r.id = c.request_id where r.case_id = ${caseId}
      order by c.request_id, c.at desc, c.id desc) sent
    full join (
      select obligation_id as id, min(fire_at) as at from alerts
      where case_id = ${caseId} and class = 'chasers' and state = 'pending' group by 1) next on next.id = sent.id`);
  return new Map(
    rows.map(({ id, at, level, next_at: nextAt }) => [
      id,
      {
        last: at === null || level === null ? null : { at: instantOf(at), level },
        nextAt: nextAt === null ? null : instantOf(nextAt),
      },
    ]),
  );
}
