import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { occasionInSql } from '../materials/occasion.ts';
import { groupBy } from '../platform/group-by.ts';
import type { SentStep } from './next-steps.ts';

/** What was carried out already of requests, for what is asked now, by request. */
export async function readSentOf(
  tx: Transaction,
  requestIds: readonly string[],
): Promise<Map<string, SentStep[]>> {
  if (requestIds.length === 0) return new Map();
  const rows = await tx.execute<SentStep & { id: string }>(sql`
    select c.request_id as id, c.step, c.level, (c.at at time zone 'Europe/London')::date::text as on
    from material_requests r join chasers c on c.request_id = r.id and c.occasion = ${sql.raw(occasionInSql)}
    where r.id = any (array(select jsonb_array_elements_text(${JSON.stringify(requestIds)}::jsonb)::uuid))`);
  return groupBy(rows, ({ id }) => id);
}
