import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import {
  messages,
  queueOfPurpose,
  type MessageChannel,
  type MessagePurpose,
} from '../../db/schema/messages.ts';
import { announceDue } from '../alerts/announce-due.ts';
import type { Instant } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';

export type NewMessage = {
  /** Two obligations with one key are one message. */
  key: string;
  channel?: MessageChannel;
  purpose: MessagePurpose;
  toId: string;
  toAddress: string;
  caseIds: string[];
  /** Left out where the message is written when it is sent. */
  subject?: string;
  body?: string;
  facts: Record<string, unknown>;
  dueAt: Instant;
};

/**
 * Puts a message in the outbox, to leave at `dueAt`, in the transaction of whatever owes it. Once for each key: `new`
 * says whether this call did. Where one transaction puts several, put them in order of their keys: two transactions
 * that put the same keys in different orders would deadlock.
 */
export async function putMessage(
  tx: Transaction,
  message: NewMessage,
): Promise<{ id: string; new: boolean }> {
  const [inserted] = await tx
    .insert(messages)
    .values({
      ...message,
      id: newId(),
      channel: message.channel ?? 'email',
      state: 'pending',
      createdAt: sql`hub_now()`,
    })
    .onConflictDoNothing({ target: messages.key })
    .returning({ id: messages.id });
  if (inserted) {
    await announceDue(tx, queueOfPurpose(message.purpose), message.dueAt);
    return { id: inserted.id, new: true };
  }
  const [standing] = await tx.select({ id: messages.id }).from(messages).where(eq(messages.key, message.key));
  if (!standing) throw new Error('a message that stood in the way of another is gone');
  return { id: standing.id, new: false };
}
