import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import type { WebhookEventType } from '../../db/schema/webhooks.ts';
import type { AfterAttempt } from './after-attempt.ts';

/** A delivery that is being tried, with what its webhook is now. All times are in machine time. */
export type ClaimedDelivery = {
  id: string;
  sequence: number;
  eventId: string;
  type: WebhookEventType;
  data: Record<string, unknown>;
  at: string;
  attempts: number;
  webhookId: string;
  url: string;
  secretVersion: number;
  secretSince: string;
  secretMark: string;
  now: string;
};

/** A try is cut off long before. Whoever has not told by then what became of it is dead, and it is tried again. */
const claimedFor = sql`interval '60 seconds'`;

/** What may be tried now: of a paused webhook only the ping by which it is tested. */
const isDue = sql`d.state = 'pending' and d.due_at <= clock_timestamp() and (not w.paused or d.type = 'ping')`;
const isAwake = sql`w.removed_at is null and (w.rest_until is null or w.rest_until <= clock_timestamp())`;

/** The webhooks for which something is due. */
export async function webhooksWithWork(db: Database): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select w.id from webhooks w where ${isAwake} and exists (
      select from webhook_deliveries d where d.webhook_id = w.id and ${isDue})`);
  return rows.map(({ id }) => id);
}

/** Takes the delivery of a webhook that has been due longest, and counts the try, before it is made. */
export async function claimDelivery(db: Database, webhookId: string): Promise<ClaimedDelivery | undefined> {
  const [row] = await db.execute<Record<string, string>>(sql`
    with picked as (
      select d.id from webhook_deliveries d join webhooks w on w.id = d.webhook_id
      where d.webhook_id = ${webhookId} and ${isAwake} and ${isDue}
      order by d.due_at limit 1 for update of d skip locked)
    update webhook_deliveries d set attempts = d.attempts + 1, due_at = clock_timestamp() + ${claimedFor},
      last_attempt_at = clock_timestamp()
    from picked, webhooks w where d.id = picked.id and w.id = d.webhook_id
    returning d.id, d.sequence::text, d.event_id, d.type, d.data::text, d.at::text, d.attempts::text, w.url,
      w.secret_version::text, w.secret_since::text, w.secret_mark, clock_timestamp()::text as now`);
  if (row === undefined) return undefined;
  const text = (name: string) => row[name] ?? '';
  const instant = (name: string) => new Date(text(name)).toISOString();
  return {
    ...{ id: text('id'), sequence: Number(row['sequence']), eventId: text('event_id'), webhookId },
    ...{ type: row['type'] as WebhookEventType, data: JSON.parse(text('data')) as Record<string, unknown> },
    ...{ at: instant('at'), attempts: Number(row['attempts']), url: text('url'), now: instant('now') },
    ...{ secretVersion: Number(row['secret_version']), secretSince: instant('secret_since') },
    secretMark: text('secret_mark'),
  };
}

/**
 * Records what became of a try. One that was delivered is, whoever else may be trying it by now; of a failure nothing is
 * recorded where another try has begun since.
 * @returns whether it was recorded
 */
export async function settleDelivery(
  tx: Transaction,
  { id, webhookId, attempts }: Pick<ClaimedDelivery, 'id' | 'webhookId' | 'attempts'>,
  { next, status, note, restMs }: AfterAttempt,
): Promise<boolean> {
  const isOurs = next.state === 'delivered' ? sql`true` : sql`attempts = ${attempts}`;
  const change =
    next.state === 'delivered'
      ? sql`state = 'delivered', delivered_at = clock_timestamp()`
      : next.state === 'pending'
        ? sql`due_at = clock_timestamp() + ${next.afterMs} * interval '1 millisecond'`
        : sql`state = 'failed'`;
  const settled = await tx.execute(sql`
    update webhook_deliveries set ${change}, last_status = ${status}, last_error = ${note}
    where id = ${id} and state = 'pending' and ${isOurs} returning id`);
  if (restMs > 0)
    await tx.execute(sql`
      update webhooks set rest_until = clock_timestamp() + ${restMs} * interval '1 millisecond' where id = ${webhookId}`);
  if (next.state === 'gone')
    await tx.execute(sql`
      update webhooks set paused = true, paused_why = 'it answered 410: nobody wants to hear any more',
        changed_at = clock_timestamp(), changed_by = 'hub', version = version + 1
      where id = ${webhookId} and not paused`);
  return settled.length > 0;
}

/** How long what became of deliveries is kept, and what waits for a paused webhook. */
const keptFor = sql`interval '30 days'`;

/** Deletes what is over for 30 days, and what waited so long for a webhook that is paused. */
export async function forgetDeliveries(db: Database): Promise<void> {
  await db.execute(sql`delete from webhook_deliveries where created_at < clock_timestamp() - ${keptFor}`);
}
