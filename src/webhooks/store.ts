import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { webhookDeliveries, webhooks, type WebhookDeliveryState } from '../../db/schema/webhooks.ts';

export type WebhookRow = typeof webhooks.$inferSelect;
export type DeliveryRow = typeof webhookDeliveries.$inferSelect;

const machineTime = sql<string>`clock_timestamp()`;

/** What an administrator says of a webhook. */
export type WebhookBody = Pick<WebhookRow, 'url' | 'description' | 'events' | 'restrictedCases' | 'paused'>;

export async function insertWebhook(
  tx: Transaction,
  id: string,
  body: WebhookBody,
  secretMark: string,
  by: string,
): Promise<WebhookRow> {
  const [row] = await tx
    .insert(webhooks)
    .values({
      ...{ id, ...body, secretVersion: 1, secretSince: machineTime, secretMark },
      ...{ createdAt: machineTime, createdBy: by, changedAt: machineTime, changedBy: by },
    })
    .returning();
  if (row === undefined) throw new Error('a webhook that was just made is gone');
  return row;
}

/** The webhooks that are there, newest first, one more than `limit` where there are more. */
export async function listWebhooks(
  db: Database,
  limit: number,
  before: string | undefined,
): Promise<WebhookRow[]> {
  return db
    .select()
    .from(webhooks)
    .where(and(isNull(webhooks.removedAt), before === undefined ? undefined : lt(webhooks.id, before)))
    .orderBy(desc(webhooks.id))
    .limit(limit + 1);
}

const isThere = (id: string) => and(eq(webhooks.id, id), isNull(webhooks.removedAt));

export async function readWebhook(db: Database, id: string): Promise<WebhookRow | undefined> {
  const [row] = await db.select().from(webhooks).where(isThere(id));
  return row;
}

/** A webhook, locked for a change, or undefined. */
export async function lockWebhook(tx: Transaction, id: string): Promise<WebhookRow | undefined> {
  const [row] = await tx.select().from(webhooks).where(isThere(id)).for('no key update');
  return row;
}

/** Changes a webhook, and counts the change. */
export async function updateWebhook(
  tx: Transaction,
  id: string,
  values: Partial<WebhookRow>,
  by: string,
): Promise<WebhookRow> {
  const [row] = await tx
    .update(webhooks)
    .set({ ...values, changedAt: machineTime, changedBy: by, version: sql`${webhooks.version} + 1` })
    .where(eq(webhooks.id, id))
    .returning();
  if (row === undefined) throw new Error('a webhook that was locked is gone');
  return row;
}

/** Takes the place of a secret by the next one. */
export async function renewSecret(
  tx: Transaction,
  { id, secretVersion }: WebhookRow,
  secretMark: string,
  by: string,
): Promise<WebhookRow> {
  const values = { secretVersion: secretVersion + 1, secretMark };
  await tx.update(webhooks).set({ secretSince: machineTime }).where(eq(webhooks.id, id));
  return updateWebhook(tx, id, values, by);
}

/** Takes a webhook away: it is told nothing more, what waits included. */
export async function removeWebhook(tx: Transaction, id: string, by: string): Promise<void> {
  await tx.update(webhooks).set({ removedAt: machineTime }).where(eq(webhooks.id, id));
  await updateWebhook(tx, id, {}, by);
  await tx
    .update(webhookDeliveries)
    .set({ state: 'cancelled' })
    .where(and(eq(webhookDeliveries.webhookId, id), eq(webhookDeliveries.state, 'pending')));
}

/** What a webhook was told and is to be told, newest first, one more than `limit` where there is more. */
export async function listDeliveries(
  db: Database,
  webhookId: string,
  limit: number,
  { before, state }: { before?: number | undefined; state?: WebhookDeliveryState | undefined },
): Promise<DeliveryRow[]> {
  return db
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.webhookId, webhookId),
        before === undefined ? undefined : lt(webhookDeliveries.sequence, before),
        state === undefined ? undefined : eq(webhookDeliveries.state, state),
      ),
    )
    .orderBy(desc(webhookDeliveries.sequence))
    .limit(limit + 1);
}

/** One delivery of a webhook, locked for a change, or undefined. */
export async function lockDelivery(
  tx: Transaction,
  webhookId: string,
  id: string,
): Promise<DeliveryRow | undefined> {
  const [row] = await tx
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.webhookId, webhookId)))
    .for('update');
  return row;
}

/** Has a delivery tried again now, with all its tries before it. */
export async function sendAgain(tx: Transaction, id: string): Promise<DeliveryRow> {
  const [row] = await tx
    .update(webhookDeliveries)
    .set({ state: 'pending', attempts: 0, dueAt: machineTime })
    .where(eq(webhookDeliveries.id, id))
    .returning();
  if (row === undefined) throw new Error('a delivery that was locked is gone');
  await tx.update(webhooks).set({ restUntil: null }).where(eq(webhooks.id, row.webhookId));
  return row;
}

/** How many deliveries of a webhook wait, and how many were given up. */
export async function countDeliveries(
  db: Database | Transaction,
  webhookId: string,
): Promise<{ pending: number; failed: number }> {
  const [row] = await db.execute<{ pending: number; failed: number }>(sql`
    select count(*) filter (where state = 'pending')::int as pending,
      count(*) filter (where state = 'failed')::int as failed
    from webhook_deliveries where webhook_id = ${webhookId} and state in ('pending', 'failed')`);
  return row ?? { pending: 0, failed: 0 };
}
