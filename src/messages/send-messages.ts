import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import type { Logger } from '../platform/logger.ts';
import { afterDelivery } from './after-delivery.ts';
import { claimMessage, settle, type ClaimedMessage, type Settling } from './claim-message.ts';
import type { Channel, Delivery } from './message-types.ts';
import { readMessage, type MessageRow } from './message-row.ts';

/** Everything that sending needs; the words and the tasks come from the features. */
export type Sender = Settling & { db: Database; channel: Channel; logger: Logger };

const sendersAtOnce = 4;

/** Still being sent after so long by the machine's clock: whoever sent it is gone. Sending is cut off well before. */
const leftBehind = sql`interval '60 seconds'`;

/**
 * Sends every message that is due and not held. Each is committed as being sent, sent outside any transaction, and
 * recorded; so a message that was sent twice, or perhaps never, is always one that is known to be in doubt.
 * @returns how many were sent, given another time, or given up
 */
export async function sendMessages(
  sender: Sender,
  options: { isStopped?: () => boolean } = {},
): Promise<number> {
  const [leftOver, due] = await Promise.all([settleLeftBehind(sender), countDue(sender.db)]);
  let settled = leftOver;
  const sendOn = async () => {
    while (!options.isStopped?.()) {
      const claimed = await claimMessage(sender.db, sender);
      if (!claimed) return;
      if (claimed !== 'settled') await sendOne(sender, claimed);
      settled++;
    }
  };
  await Promise.all(Array.from({ length: due }, sendOn));
  return settled;
}

/** How many senders there is work for; each goes on until nothing more is due. */
async function countDue(db: Database): Promise<number> {
  const rows = await db.execute(sql`
    select 1 from messages where state = 'pending' and due_at <= (select hub_now()) limit ${sendersAtOnce}`);
  return rows.length;
}

async function sendOne(sender: Sender, { message, letter }: ClaimedMessage): Promise<void> {
  let delivery: Delivery;
  try {
    delivery = await sender.channel.deliver(letter);
  } catch (err) {
    // A channel answers rather than throws. If one does, nobody knows how far it got.
    sender.logger.error({ err, message: message.id }, 'a channel threw');
    delivery = { kind: 'in-doubt', why: 'the channel threw' };
  }
  const next = afterDelivery(message, delivery, sender.plan);
  if (delivery.kind !== 'accepted') {
    sender.logger.warn(
      { message: message.id, next: next.state, why: delivery.why },
      'a message was not accepted',
    );
  }
  await sender.db.transaction((tx) => settle(tx, message, next, 'sending', sender));
}

/** Messages whose sender died between sending and recording: whether they left, only the mail server knows. */
async function settleLeftBehind(sender: Sender): Promise<number> {
  const abandoned = await sender.db.execute<{ id: string }>(sql`
    select id from messages where state = 'sending' and sending_since < clock_timestamp() - ${leftBehind} limit 500`);
  for (const { id } of abandoned) {
    await sender.db.transaction(async (tx) => {
      const [row] = await tx.execute<MessageRow>(sql`
        select id, key, purpose, to_id, to_address, case_ids, subject, body, facts, due_at::text, attempts, last_error
        from messages
        where id = ${id} and state = 'sending' and sending_since < clock_timestamp() - ${leftBehind}
        for update skip locked`);
      if (!row) return;
      const message = readMessage(row);
      const next = afterDelivery(message, { kind: 'in-doubt', why: 'the sender died' }, sender.plan);
      sender.logger.warn({ message: id, next: next.state }, 'a message was left behind while being sent');
      await settle(tx, message, next, 'sending', sender);
    });
  }
  return abandoned.length;
}
