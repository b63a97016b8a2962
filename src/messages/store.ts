import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import {
  messageReceipts,
  messages,
  queueOfPurpose,
  type MessageChannel,
  type MessagePurpose,
  type MessageState,
} from '../../db/schema/messages.ts';
import { officers, staff } from '../../db/schema/people.ts';
import { announceDue } from '../alerts/announce-due.ts';
import type { Instant } from '../platform/clock.ts';

export type StoredMessage = typeof messages.$inferSelect;
export type StoredReceipt = typeof messageReceipts.$inferSelect;

export type MessageFilter = {
  state?: MessageState | undefined;
  channel?: MessageChannel | undefined;
  purpose?: MessagePurpose | undefined;
  to?: string | undefined;
};

/** Messages, the newest first, one more than `limit` where there are more. */
export async function listMessages(
  db: Database,
  { state, channel, purpose, to }: MessageFilter,
  after: readonly [createdAt: string, id: string] | undefined,
  limit: number,
): Promise<StoredMessage[]> {
  return db
    .select()
    .from(messages)
    .where(
      and(
        state === undefined ? undefined : eq(messages.state, state),
        channel === undefined ? undefined : eq(messages.channel, channel),
        purpose === undefined ? undefined : eq(messages.purpose, purpose),
        to === undefined ? undefined : eq(messages.toId, to),
        after === undefined
          ? undefined
          : sql`(${messages.createdAt}, ${messages.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(limit + 1);
}

export async function findMessage(db: Database, id: string): Promise<StoredMessage | undefined> {
  const [row] = await db.select().from(messages).where(eq(messages.id, id));
  return row;
}

/** What providers reported of a message, in order of when it happened. */
export async function readReceipts(db: Database, messageId: string): Promise<StoredReceipt[]> {
  return db
    .select()
    .from(messageReceipts)
    .where(eq(messageReceipts.messageId, messageId))
    .orderBy(messageReceipts.happenedAt, messageReceipts.id);
}

/** A message, locked for a change, or undefined. */
export async function lockMessage(tx: Transaction, id: string): Promise<StoredMessage | undefined> {
  const [row] = await tx.select().from(messages).where(eq(messages.id, id)).for('update');
  return row;
}

/** Where the recipient of a message is written to now, or undefined where they are no officer and nobody of the hub. */
export async function currentAddress(tx: Transaction, toId: string): Promise<string | undefined> {
  const [officer] = await tx
    .select({ email: officers.email })
    .from(officers)
    .where(eq(officers.collar, toId));
  if (officer) return officer.email;
  const [person] = await tx.select({ email: staff.email }).from(staff).where(eq(staff.id, toId));
  return person?.email;
}

/**
 * Puts a message that was given up back in the outbox, to leave now, as if it had never been tried. One that a writer
 * writes is written anew: what it asked for may have come, and its link may have been revoked.
 */
export async function sendAnew(
  tx: Transaction,
  message: StoredMessage,
  toAddress: string,
  now: Instant,
): Promise<StoredMessage> {
  // A person may have asked for silence since: what is to reach them is judged anew, too.
  const isWritten =
    queueOfPurpose(message.purpose) === 'bulk-messages' || message.purpose === 'victim-update';
  const [row] = await tx
    .update(messages)
    .set({
      state: 'pending',
      toAddress,
      attempts: 0,
      lastError: null,
      deliveredAt: null,
      sentAt: null,
      resolution: null,
      resolvedBy: null,
      resolvedAt: null,
      dueAt: now,
      ...(isWritten ? { subject: null, body: null } : {}),
    })
    .where(eq(messages.id, message.id))
    .returning();
  if (!row) throw new Error('a message that was locked is gone');
  await announceDue(tx, queueOfPurpose(message.purpose), now);
  return row;
}

/** Records what a person found out of a message that was given up. One that arrived counts as sent. */
export async function resolveMessage(
  tx: Transaction,
  message: StoredMessage,
  how: { resolution: NonNullable<StoredMessage['resolution']>; by: string },
  now: Instant,
): Promise<StoredMessage> {
  const [row] = await tx
    .update(messages)
    .set({
      resolution: how.resolution,
      resolvedBy: how.by,
      resolvedAt: now,
      ...(how.resolution === 'arrived'
        ? {
            state: 'sent' as const,
            sentAt: message.sentAt ?? now,
            dueAt: sql`least(${messages.dueAt}, ${message.sentAt ?? now}::timestamptz)`,
          }
        : { state: 'failed' as const }),
    })
    .where(eq(messages.id, message.id))
    .returning();
  if (!row) throw new Error('a message that was locked is gone');
  return row;
}

/**
 * Whoever completes the task that a message made has dealt with the message. Nothing where the task is of no message,
 * or where something else has settled it since.
 * @param how.outcome of the task; where it is no word for what became of a message, the person told them another way
 */
export async function resolveByTask(
  tx: Transaction,
  source: string,
  how: { outcome: string; gaveUp: boolean; by: string },
  now: Instant,
): Promise<void> {
  const id = /^message:(.+)$/.exec(source)?.[1];
  const message = id === undefined ? undefined : await lockMessage(tx, id);
  if (message === undefined || (message.state !== 'failed' && message.state !== 'unknown')) return;
  const said = resolutions.find((one) => one === how.outcome);
  const resolution = said ?? (how.gaveUp ? 'not-needed' : 'told-another-way');
  await resolveMessage(tx, message, { resolution, by: how.by }, now);
}

const resolutions: readonly NonNullable<StoredMessage['resolution']>[] = [
  'arrived',
  'told-another-way',
  'not-needed',
];
