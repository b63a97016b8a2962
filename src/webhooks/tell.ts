import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { Instant } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { News } from './news.ts';

/**
 * Puts news in the outbox of every webhook that wants such, in the transaction of what it tells of: once for each webhook
 * and key. A statement where there is news, whatever the number of webhooks, and none where there is no news.
 * @param only one webhook alone, whatever it wants
 */
export async function tell(
  tx: Transaction,
  news: readonly News[],
  now: Instant,
  only?: string,
): Promise<{ id: string }[]> {
  if (news.length === 0) return [];
  const list = JSON.stringify(news.map((one) => ({ ...one, event_id: newId() })));
  const wants =
    only === undefined
      ? sql`w.events ? n.type and (w.restricted_cases or not n.restricted)`
      : sql`w.id = ${only}::uuid`;
  const put = await tx.execute<{ id: string }>(sql`
    insert into webhook_deliveries (id, webhook_id, event_id, key, type, data, at)
    select gen_random_uuid(), w.id, n.event_id, n.key, n.type, n.data, ${now}::timestamptz
    from rows from (jsonb_to_recordset(${list}::jsonb)
        as (event_id uuid, key text, type text, restricted boolean, data jsonb)) with ordinality
        as n(event_id, key, type, restricted, data, place)
      join webhooks w on w.removed_at is null and ${wants}
    order by n.place
    on conflict (webhook_id, key) do nothing returning id`);
  return [...put];
}
