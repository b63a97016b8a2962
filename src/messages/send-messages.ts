import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import type { MessageChannel, Provider } from '../../db/schema/messages.ts';
import type { MessageQueue } from '../alerts/hub-queues.ts';
import { ofMessageQueue } from '../alerts/of-message-queue.ts';
import { startStopwatch } from '../platform/clock.ts';
import { isDatabaseOutage } from '../platform/database-outage.ts';
import type { Logger } from '../platform/logger.ts';
import { afterDelivery, isInDoubt } from './after-delivery.ts';
import { pauseProvider } from './allowance.ts';
import {
  claimMessage,
  claimMessages,
  type Claimable,
  type ClaimedMessage,
  type Settling,
} from './claim-message.ts';
import type { Channel, Delivery } from './message-types.ts';
import { messageColumns, readMessage, type MessageRow } from './message-row.ts';
import { settle } from './settle-message.ts';

/** Everything that sending needs; the words and the tasks come from the features. */
export type Sender = Settling & {
  db: Database;
  channel: Channel;
  logger: Logger;
  /** How many messages a provider takes in a minute; no limit where it is not named. */
  perMinute?: Partial<Record<Provider, number>> | undefined;
};

export type SendOptions = {
  isStopped?: () => boolean;
  /** Only what leaves on this queue. */
  queue?: MessageQueue;
  /** Called where more was due than could be sent in one go. */
  onMore?: () => void;
};

const sendersAtOnce = 4;
/** What is sent by the thousand is claimed so many at once, by fewer senders. */
const bulk = { claimedAtOnce: 8, senders: 2 };

/** Still being sent after so long by the machine's clock: whoever sent it is gone. Sending is cut off well before. */
const leftBehind = sql`interval '60 seconds'`;

/** Less than that, so that nobody takes for left behind what is still to be recorded. */
const longestRecordingMs = 40_000;

/** A round that waits for allowance is given up after so long, for the next to begin anew. */
const longestRoundMs = 60_000;
const longestNapMs = 500;

/**
 * Sends every message that is due and not held. Each is committed as being sent, sent outside any transaction, and
 * recorded; so a message that was sent twice, or perhaps never, is always one that is known to be in doubt.
 * @returns how many were sent, given another time, or given up
 */
export async function sendMessages(sender: Sender, options: SendOptions = {}): Promise<number> {
  const [leftOver, due] = await Promise.all([settleLeftBehind(sender), countDue(sender.db, options.queue)]);
  const roundMs = startStopwatch();
  let [settled, isCutShort] = [leftOver, false];
  const sendOn = async () => {
    let notBy = new Set<MessageChannel>();
    let napMs = longestNapMs;
    while (!options.isStopped?.()) {
      const claimable: Claimable = { queue: options.queue, notBy, carrierOf: carriers(sender) };
      const many =
        options.queue === 'bulk-messages'
          ? await claimMessages(sender.db, sender, claimable, bulk.claimedAtOnce)
          : [];
      await Promise.all(many.map((one) => sendOne(sender, one)));
      settled += many.length;
      if (many.length > 0) continue;
      const claimed = await claimMessage(sender.db, sender, claimable);
      if (claimed === undefined) {
        if (notBy.size === 0) return;
        // Only what waits for allowance is left.
        if (roundMs() > longestRoundMs) return void (isCutShort = true);
        await new Promise((resolve) => setTimeout(resolve, napMs));
        [notBy, napMs] = [new Set(), longestNapMs];
      } else if (claimed === 'settled') settled++;
      else if ('limited' in claimed) {
        notBy.add(claimed.limited);
        napMs = Math.min(napMs, claimed.waitMs);
      } else {
        await sendOne(sender, claimed);
        settled++;
      }
    }
  };
  const senders = options.queue === 'bulk-messages' ? Math.min(due, bulk.senders) : due;
  await Promise.all(Array.from({ length: senders }, sendOn));
  if (isCutShort) options.onMore?.();
  return settled;
}

function carriers({ channel, perMinute = {} }: Sender): NonNullable<Claimable['carrierOf']> {
  return (by) => {
    const provider = channel.providerOf?.(by);
    return provider && { provider, perMinute: perMinute[provider] };
  };
}

/** How many senders there is work for; each goes on until nothing more is due. */
async function countDue(db: Database, queue: MessageQueue | undefined): Promise<number> {
  const rows = await db.execute(sql`
    select 1 from messages where state = 'pending' and due_at <= (select hub_now())
      ${queue === undefined ? sql`` : sql` and ${ofMessageQueue(queue)}`} limit ${sendersAtOnce}`);
  return rows.length;
}

async function sendOne(sender: Sender, claimed: ClaimedMessage): Promise<void> {
  const { message } = claimed;
  const { delivery, isCleared } = await attempt(sender, claimed);
  const { channel, plan, logger, db } = sender;
  const canLook = channel.canLook?.(message.channel) ?? false;
  const next = afterDelivery(isCleared ? { ...message, lastError: null } : message, delivery, plan, canLook);
  if (delivery.kind !== 'accepted') {
    logger.warn({ message: message.id, next: next.state, why: delivery.why }, 'a message was not accepted');
    const provider = channel.providerOf?.(message.channel);
    if (delivery.kind === 'later' && delivery.pauseMs !== undefined && provider !== undefined)
      await pauseProvider(db, provider, delivery.pauseMs);
  }
  await recordWhenBack(() => db.transaction((tx) => settle(tx, message, next, 'sending', sender)));
}

/** What became of a message is known here alone, so that it is recorded once Postgres is back, as long as that may help. */
export async function recordWhenBack(record: () => Promise<void>): Promise<void> {
  const triedMs = startStopwatch();
  for (;;) {
    try {
      return await record();
    } catch (error) {
      if (!isDatabaseOutage(error) || triedMs() > longestRecordingMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, longestNapMs));
    }
  }
}

/**
 * One try at handing a message over. One that may have been accepted before is asked after first, and handed over only
 * where the provider has none: `isCleared` says that it had none.
 */
async function attempt(
  { channel, logger }: Sender,
  { message, letter }: ClaimedMessage,
): Promise<{ delivery: Delivery; isCleared: boolean }> {
  let isCleared = false;
  try {
    if (isInDoubt(message) && channel.look !== undefined && channel.canLook?.(message.channel)) {
      const seen = await channel.look(letter);
      if (seen.kind === 'accepted') return { delivery: seen, isCleared };
      if (seen.kind === 'cannot-tell')
        return { delivery: { kind: 'in-doubt', why: 'the provider cannot tell' }, isCleared };
      isCleared = true;
    }
    return { delivery: await channel.deliver(letter), isCleared };
  } catch (err) {
    // A channel answers rather than throws. If one does, nobody knows how far it got.
    logger.error({ err, message: message.id }, 'a channel threw');
    return { delivery: { kind: 'in-doubt', why: 'the channel threw' }, isCleared: false };
  }
}

/** Messages whose sender died between sending and recording: whether they left, only the provider knows. */
async function settleLeftBehind(sender: Sender): Promise<number> {
  const abandoned = await sender.db.execute<{ id: string }>(sql`
    select id from messages where state = 'sending' and sending_since < clock_timestamp() - ${leftBehind} limit 500`);
  for (const { id } of abandoned) {
    await sender.db.transaction(async (tx) => {
      const [row] = await tx.execute<MessageRow>(sql`
        select ${messageColumns} from messages m
        where m.id = ${id} and m.state = 'sending' and m.sending_since < clock_timestamp() - ${leftBehind}
        for update skip locked`);
      if (!row) return;
      const message = readMessage(row);
      const canLook = sender.channel.canLook?.(message.channel) ?? false;
      const delivery = { kind: 'in-doubt', why: 'the sender died' } as const;
      const next = afterDelivery(message, delivery, sender.plan, canLook);
      sender.logger.warn({ message: id, next: next.state }, 'a message was left behind while being sent');
      await settle(tx, message, next, 'sending', sender);
    });
  }
  return abandoned.length;
}
