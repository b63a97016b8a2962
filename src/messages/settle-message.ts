import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { countMessage } from '../alerts/metrics.ts';
import type { Next } from './after-delivery.ts';
import type { Message, OnMessageTrouble } from './message-types.ts';

/**
 * Records what became of a message, and makes the task for a person where it is given up. Nothing happens where it is
 * no longer in the state in which it was left: a receipt may have come first.
 */
export async function settle(
  tx: Transaction,
  message: Message,
  next: Next,
  from: 'pending' | 'sending',
  settling: { onTrouble: OnMessageTrouble },
): Promise<void> {
  const change =
    next.state === 'sent'
      ? sql`sent_at = hub_now(), provider_ref = ${next.ref}`
      : next.state === 'pending'
        ? sql`last_error = ${next.note}, due_at = hub_now() + ${next.afterMs} * interval '1 millisecond'`
        : sql`last_error = ${next.note}`;
  const changed = await tx.execute(sql`
    update messages set state = ${next.state}, attempts = ${message.attempts}, ${change}
    where id = ${message.id} and state = ${from} returning id`);
  if (changed.length === 0) return;
  countMessage(message.purpose, next.state === 'pending' ? 'retried' : next.state);
  if (next.state === 'failed' || next.state === 'unknown') {
    await settling.onTrouble(tx, message, { kind: next.state, why: next.note });
  }
}
