import { and, desc, eq, ne, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { messageReceipts, messages, type Provider, type ReceiptStatus } from '../../db/schema/messages.ts';
import { countMessage } from '../alerts/metrics.ts';
import type { Instant } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { afterDelivery, retryPlan, type RetryPlan } from './after-delivery.ts';
import type { OnMessageTrouble } from './message-types.ts';

/** What a provider reports of a message that it took. */
export type Receipt = {
  messageId: string;
  provider: Provider;
  status: ReceiptStatus;
  /** The provider's word or code, of which people are told; never an address. */
  code: string;
  happenedAt: Instant;
};

/** What is done where a receipt changes what became of a message. */
export type Receiving = {
  onTrouble: OnMessageTrouble;
  /** Closes the task that a message in doubt, or one that came back, had made. */
  onArrived: (tx: Transaction, messageId: string, now: Instant) => Promise<void>;
  plan?: RetryPlan;
};

type MessageRow = typeof messages.$inferSelect;

/**
 * Takes a report of a provider. Each counts once, and of several the one that happened last, in whatever order they
 * come. One that comes before the hub has recorded the sending itself settles it: what was in doubt is known then.
 * @returns false where the message is none of the hub's, or was never sent
 */
export async function receiveReceipt(tx: Transaction, receipt: Receipt, how: Receiving): Promise<boolean> {
  const { messageId, status } = receipt;
  const [message] = await tx.select().from(messages).where(eq(messages.id, messageId)).for('update');
  if (!message || message.attempts === 0) return false;
  const now = await readNow(tx);
  const kept = await tx
    .insert(messageReceipts)
    .values({ ...receipt, id: newId(), receivedAt: now })
    .onConflictDoNothing()
    .returning({ id: messageReceipts.id });
  if (kept.length === 0 || status === 'delayed') return true;
  const [last] = await tx
    .select()
    .from(messageReceipts)
    .where(and(eq(messageReceipts.messageId, messageId), ne(messageReceipts.status, 'delayed')))
    // At one moment the worse of two reports counts: a person looks.
    .orderBy(desc(messageReceipts.happenedAt), messageReceipts.status)
    .limit(1);
  if (last?.id !== kept[0]?.id) return true;
  if (status === 'delivered') await arrived(tx, message, receipt, how, now);
  else if (status === 'bounced') await cameBack(tx, message, receipt, how);
  else await failedForNow(tx, message, receipt, how);
  return true;
}

async function arrived(
  tx: Transaction,
  { id, state, purpose }: MessageRow,
  { happenedAt }: Receipt,
  how: Receiving,
  now: Instant,
): Promise<void> {
  if (state === 'cancelled') return;
  await tx
    .update(messages)
    .set({
      state: 'sent',
      deliveredAt: happenedAt,
      sentAt: sql`coalesce(${messages.sentAt}, ${now}::timestamptz)`,
      dueAt: sql`least(${messages.dueAt}, coalesce(${messages.sentAt}, ${now}::timestamptz))`,
    })
    .where(eq(messages.id, id));
  if (state !== 'sent') countMessage(purpose, 'sent');
  if (state === 'failed' || state === 'unknown') await how.onArrived(tx, id, now);
}

async function cameBack(
  tx: Transaction,
  message: MessageRow,
  { code, provider }: Receipt,
  how: Receiving,
): Promise<void> {
  if (message.state === 'cancelled' || message.state === 'failed') return;
  const why = `came back: ${provider} ${code}`;
  await tx
    .update(messages)
    .set({ state: 'failed', lastError: why, deliveredAt: null })
    .where(eq(messages.id, message.id));
  countMessage(message.purpose, 'bounced');
  await how.onTrouble(tx, message, { kind: 'bounced', why });
}

/** The provider gave up, and nothing arrived: sending it again doubles nothing, whoever it is to. */
async function failedForNow(
  tx: Transaction,
  message: MessageRow,
  { code, provider }: Receipt,
  how: Receiving,
): Promise<void> {
  if (message.state !== 'sent' && message.state !== 'sending' && message.state !== 'unknown') return;
  const next = afterDelivery(
    { ...message, lastError: null },
    { kind: 'later', why: `not delivered: ${provider} ${code}` },
    how.plan ?? retryPlan,
  );
  if (next.state === 'sent') return;
  const dueAt =
    next.state === 'pending' ? { dueAt: sql`hub_now() + ${next.afterMs} * interval '1 millisecond'` } : {};
  await tx
    .update(messages)
    .set({ state: next.state, lastError: next.note, deliveredAt: null, ...dueAt })
    .where(eq(messages.id, message.id));
  countMessage(message.purpose, next.state === 'pending' ? 'retried' : 'failed');
  if (next.state === 'failed') await how.onTrouble(tx, message, { kind: 'failed', why: next.note });
  if (next.state === 'pending' && message.state === 'unknown')
    await how.onArrived(tx, message.id, await readNow(tx));
}
