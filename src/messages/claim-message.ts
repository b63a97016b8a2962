import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import type { MessagePurpose } from '../../db/schema/messages.ts';
import { errorClass } from '../alerts/error-class.ts';
import { countMessage } from '../alerts/metrics.ts';
import { afterDelivery, type Next, type RetryPlan } from './after-delivery.ts';
import type { Letter, Message, MessageWriters, OnMessageTrouble } from './message-types.ts';
import { readMessage, type MessageRow } from './message-row.ts';

export type ClaimedMessage = { message: Message & { lastError: string | null }; letter: Letter };

/** What settles messages: who writes them, who is told of trouble, how retries are spaced. */
export type Settling = { writers: MessageWriters; onTrouble: OnMessageTrouble; plan?: RetryPlan };

/**
 * A chaser or digest waits until every chaser alert that is due to the same officer has fired, so that one message
 * holds all that is owed; an escalation until every chaser alert due by then has.
 */
const notHeld = sql`not (
  (m.purpose in ('chaser', 'digest') and exists (
    select 1 from alerts a join material_requests r on r.id = a.obligation_id
    where a.class = 'chasers' and a.state = 'pending' and a.fire_at <= (select now from clock)
      and r.officer = m.to_id and r.state = 'outstanding'))
  or (m.purpose = 'escalation' and exists (
    select 1 from alerts a
    where a.class = 'chasers' and a.state = 'pending' and a.fire_at <= m.due_at)))`;

/**
 * Takes one message that is due: writes it if it has no words yet, and commits it as being sent before it is. Messages
 * that have nothing left to say are cancelled on the way. Answers undefined when nothing more is due.
 */
export async function claimMessage(
  db: Database,
  settling: Settling,
): Promise<ClaimedMessage | 'settled' | undefined> {
  let picked: ClaimedMessage['message'] | undefined;
  try {
    return await db.transaction(async (tx) => {
      [, picked] = await Promise.all([
        tx.execute(sql`set local idle_in_transaction_session_timeout = '5s'`),
        pick(tx),
      ]);
      if (!picked) return undefined;
      const words = await write(tx, picked, settling.writers);
      if (words === 'nothing-to-say') {
        await tx.execute(sql`update messages set state = 'cancelled' where id = ${picked.id}`);
        countMessage(picked.purpose, 'cancelled');
        return 'settled';
      }
      await tx.execute(sql`
        update messages set state = 'sending', attempts = attempts + 1, sending_since = clock_timestamp(),
          subject = ${words.subject}, body = ${words.body}
        where id = ${picked.id}`);
      const message = { ...picked, ...words, attempts: picked.attempts + 1 };
      return {
        message,
        letter: { ...words, id: message.id, toAddress: message.toAddress, facts: message.facts },
      };
    });
  } catch (error) {
    if (!picked) throw error;
    // It cannot be written: counted as a try, so that it is given up in the end and keeps nobody else waiting.
    const message = { ...picked, attempts: picked.attempts + 1 };
    const next = afterDelivery(
      message,
      { kind: 'later', why: `not written: ${errorClass(error)}` },
      writing(settling),
    );
    await db.transaction((tx) => settle(tx, message, next, 'pending', settling));
    return 'settled';
  }
}

/**
 * Records what became of a message, and makes the task for a person where it is given up. Nothing happens where it is
 * no longer in the state in which it was left.
 */
export async function settle(
  tx: Transaction,
  message: ClaimedMessage['message'],
  next: Next,
  from: 'pending' | 'sending',
  settling: Pick<Settling, 'onTrouble'>,
): Promise<void> {
  const change =
    next.state === 'sent'
      ? sql`sent_at = hub_now()`
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

/** A message that cannot be written three times never will be. */
function writing(settling: Settling): RetryPlan {
  return { firstMs: settling.plan?.firstMs ?? 1_000, longestMs: 60_000, mostAttempts: 3 };
}

async function pick(tx: Transaction): Promise<ClaimedMessage['message'] | undefined> {
  const [row] = await tx.execute<MessageRow>(sql`
    with clock as materialized (select hub_now() as now)
    select m.id, m.key, m.purpose, m.to_id, m.to_address, m.case_ids, m.subject, m.body, m.facts, m.due_at::text,
      m.attempts, m.last_error
    from messages m
    where m.state = 'pending' and m.due_at <= (select now from clock) and ${notHeld}
    order by m.due_at, m.id limit 1
    for update of m skip locked`);
  return row && readMessage(row);
}

async function write(tx: Transaction, message: Message, writers: MessageWriters) {
  const { subject, body } = message;
  if (subject !== null && body !== null) return { subject, body };
  const writer = writers[message.purpose satisfies MessagePurpose];
  if (!writer) throw new Error(`nobody writes messages for the purpose ${message.purpose}`);
  return writer(tx, message);
}
