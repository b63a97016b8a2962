import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import {
  queueOfPurpose,
  type MessageChannel,
  type MessagePurpose,
  type Provider,
} from '../../db/schema/messages.ts';
import { errorClass } from '../alerts/error-class.ts';
import type { MessageQueue } from '../alerts/hub-queues.ts';
import { countMessage } from '../alerts/metrics.ts';
import { ofMessageQueue } from '../alerts/of-message-queue.ts';
import { isDatabaseOutage } from '../platform/database-outage.ts';
import { afterDelivery, type RetryPlan } from './after-delivery.ts';
import { takeAllowance, waitForAllowance } from './allowance.ts';
import type {
  CompleteWords,
  Letter,
  MayLeave,
  Message,
  MessageWriters,
  OnMessageTrouble,
  Words,
} from './message-types.ts';
import { messageColumns, readMessage, type MessageRow } from './message-row.ts';
import { settle } from './settle-message.ts';

export type ClaimedMessage = { message: Message & { lastError: string | null }; letter: Letter };

/** What settles messages: who writes them, who is told of trouble, how retries are spaced. */
export type Settling = {
  writers: MessageWriters;
  onTrouble: OnMessageTrouble;
  plan?: RetryPlan | undefined;
  complete?: CompleteWords | undefined;
  mayLeave?: MayLeave | undefined;
};

/** Which messages may be claimed: those of a queue (of both unless given), by channels whose provider takes more. */
export type Claimable = {
  queue?: MessageQueue | undefined;
  notBy?: ReadonlySet<MessageChannel>;
  /** Who carries messages of a channel, and how many it takes in a minute where there is a limit. */
  carrierOf?: (channel: MessageChannel) => { provider: Provider; perMinute: number | undefined } | undefined;
};

/** The provider of a channel has had all that it takes for now. */
export type Limited = { limited: MessageChannel; waitMs: number };

/** Undoes a claim for which another was quicker to take the allowance. */
class TakenMeanwhile extends Error {
  readonly limited: Limited;
  constructor(limited: Limited) {
    super('the allowance was taken meanwhile');
    this.limited = limited;
  }
}

/**
 * A chaser or digest waits until every chaser alert that is due to the same officer, or to one whose deputy they are, has
 * fired, so that one message holds all that is owed; an escalation until every chaser alert due by then has. Whom to wait
 * for is found once, and not for each message.
 */
const notHeld = sql`not (
  (m.purpose in ('chaser', 'digest') and m.to_id in (
    select unnest(array[r.officer, coalesce(d.deputy, r.officer)])
    from alerts a join material_requests r on r.id = a.obligation_id
      left join officer_duties d on d.collar = r.officer
    where a.class = 'chasers' and a.state = 'pending' and a.fire_at <= (select now from clock)
      and r.state = 'outstanding'))
  or (m.purpose = 'escalation' and exists (
    select 1 from alerts a
    where a.class = 'chasers' and a.state = 'pending' and a.fire_at <= m.due_at)))`;

/**
 * Takes one message that is due: writes it if it has no words yet, and commits it as being sent before it is. Messages
 * that have nothing left to say are cancelled on the way, and those that may not leave yet are put off. Answers
 * undefined when nothing more is due.
 */
export async function claimMessage(
  db: Database,
  settling: Settling,
  claimable: Claimable = {},
): Promise<ClaimedMessage | Limited | 'settled' | undefined> {
  let picked: ClaimedMessage['message'] | undefined;
  try {
    return await db.transaction(async (tx) => {
      const [, picks] = await Promise.all([
        tx.execute(sql`set local idle_in_transaction_session_timeout = '5s'`),
        pick(tx, claimable, 1),
      ]);
      const [found] = picks;
      if (!found) return undefined;
      picked = found.message;
      if (await putOff(tx, found, settling.mayLeave)) return 'settled';
      const carrier = claimable.carrierOf?.(picked.channel);
      const isBulk = queueOfPurpose(picked.purpose) === 'bulk-messages';
      if (carrier?.perMinute !== undefined) {
        const waitMs = await waitForAllowance(tx, carrier.provider, carrier.perMinute, isBulk);
        if (waitMs > 0) return { limited: picked.channel, waitMs };
      }
      const words = await write(tx, picked, settling.writers);
      if (words === 'nothing-to-say') {
        await tx.execute(sql`update messages set state = 'cancelled' where id = ${picked.id}`);
        countMessage(picked.purpose, 'cancelled');
        return 'settled';
      }
      await tx.execute(sql`
        update messages set state = 'sending', attempts = attempts + 1, sending_since = clock_timestamp(),
          subject = ${words.subject}, body = ${words.body}, provider = ${carrier?.provider ?? null}
        where id = ${picked.id}`);
      const claimed = await claimedAs(tx, picked, words, settling);
      // Last of all: whoever takes of the bucket holds it until they commit, and others wait.
      if (carrier?.perMinute !== undefined) {
        const waitMs = await takeAllowance(tx, carrier.provider, carrier.perMinute, isBulk);
        if (waitMs > 0) throw new TakenMeanwhile({ limited: picked.channel, waitMs });
      }
      return claimed;
    });
  } catch (error) {
    if (error instanceof TakenMeanwhile) return error.limited;
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
 * As `claimMessage`, for several messages of one channel in one transaction, whose statements go out together: what is
 * sent by the thousand at 08:00 would wait for a way there and back for each. Empty where there are not two, where there
 * is not allowance for all of them, or where one cannot be written: `claimMessage` then sees to them one by one.
 */
export async function claimMessages(
  db: Database,
  settling: Settling,
  claimable: Claimable,
  most: number,
): Promise<ClaimedMessage[]> {
  try {
    return await db.transaction(async (tx) => {
      const [, found] = await Promise.all([
        tx.execute(sql`set local idle_in_transaction_session_timeout = '5s'`),
        pick(tx, claimable, most),
      ]);
      const channel = found[0]?.message.channel;
      const picked = found.filter(({ message }) => message.channel === channel);
      if (channel === undefined || picked.length < 2) return [];
      const isPutOff = await Promise.all(picked.map((one) => putOff(tx, one, settling.mayLeave)));
      const leaving = picked.filter((_, i) => isPutOff[i] !== true).map(({ message }) => message);
      const carrier = claimable.carrierOf?.(channel);
      const limit =
        carrier?.perMinute === undefined ? undefined : { ...carrier, perMinute: carrier.perMinute };
      const isBulk = leaving.every(({ purpose }) => queueOfPurpose(purpose) === 'bulk-messages');
      if (limit && (await waitForAllowance(tx, limit.provider, limit.perMinute, isBulk, leaving.length)) > 0)
        return [];
      const written = await Promise.all(leaving.map((message) => write(tx, message, settling.writers)));
      const claimed = await Promise.all(
        leaving.flatMap((message, i) => {
          const words = written[i];
          return words === undefined || words === 'nothing-to-say'
            ? []
            : [claimedAs(tx, message, words, settling)];
        }),
      );
      await recordClaims(tx, leaving, claimed, carrier?.provider ?? null);
      if (limit && claimed.length > 0) {
        const { provider, perMinute } = limit;
        const waitMs = await takeAllowance(tx, provider, perMinute, isBulk, claimed.length);
        if (waitMs > 0) throw new TakenMeanwhile({ limited: channel, waitMs });
      }
      return claimed;
    });
  } catch (error) {
    if (isDatabaseOutage(error)) throw error;
    return [];
  }
}

async function claimedAs(
  tx: Transaction,
  picked: ClaimedMessage['message'],
  words: Words,
  settling: Settling,
): Promise<ClaimedMessage> {
  const { id, channel, toId, toAddress, facts } = picked;
  const whole = (await settling.complete?.(tx, words)) ?? words;
  return {
    message: { ...picked, ...words, attempts: picked.attempts + 1 },
    letter: { ...whole, id, channel, toId, toAddress, facts },
  };
}

/** Commits messages as being sent, and those of which nothing is left to say as cancelled. */
async function recordClaims(
  tx: Transaction,
  leaving: readonly Message[],
  claimed: readonly ClaimedMessage[],
  provider: Provider | null,
): Promise<void> {
  const rows = claimed.map(({ message: { id, subject, body } }) => ({ id, subject, body }));
  const needless = leaving.filter(({ id }) => !rows.some((row) => row.id === id));
  await Promise.all([
    tx.execute(sql`
      update messages m set state = 'sending', attempts = attempts + 1, sending_since = clock_timestamp(),
        subject = w.subject, body = w.body, provider = ${provider}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) w(id uuid, subject text, body text) where m.id = w.id`),
    tx.execute(sql`
      update messages set state = 'cancelled'
      where id = any (array(select jsonb_array_elements_text(${JSON.stringify(needless.map(({ id }) => id))}::jsonb)::uuid))`),
  ]);
  for (const { purpose } of needless) countMessage(purpose, 'cancelled');
}

/** A message that cannot be written three times never will be. */
function writing(settling: Settling): RetryPlan {
  return { firstMs: settling.plan?.firstMs ?? 1_000, longestMs: 60_000, mostAttempts: 3 };
}

type Found = { message: ClaimedMessage['message']; now: string };

async function pick(tx: Transaction, { queue, notBy }: Claimable, most: number): Promise<Found[]> {
  const notLimited = [...(notBy ?? [])].map((channel) => sql` and m.channel <> ${channel}`);
  const rows = await tx.execute<MessageRow & { now: string }>(sql`
    with clock as materialized (select hub_now() as now)
    select ${messageColumns}, (select now from clock)::text as now
    from messages m
    where m.state = 'pending' and m.due_at <= (select now from clock) and ${notHeld}
      ${queue === undefined ? sql`` : sql` and ${ofMessageQueue(queue)}`}${sql.join(notLimited)}
    order by m.due_at, m.id limit ${most}
    for update of m skip locked`);
  return rows.map((row) => ({ message: readMessage(row), now: new Date(row.now).toISOString() }));
}

/** Puts a message off that may not leave at this hour. Not a try: nothing was sent. */
async function putOff(
  tx: Transaction,
  { message, now }: Found,
  mayLeave: MayLeave | undefined,
): Promise<boolean> {
  const at = (await mayLeave?.(tx, message, now)) ?? now;
  if (at <= now) return false;
  await tx.execute(sql`update messages set due_at = ${at}::timestamptz where id = ${message.id}`);
  return true;
}

async function write(tx: Transaction, message: Message, writers: MessageWriters) {
  const { subject, body } = message;
  if (subject !== null && body !== null) return { subject, body };
  const writer = writers[message.purpose satisfies MessagePurpose];
  if (!writer) throw new Error(`nobody writes messages for the purpose ${message.purpose}`);
  return writer(tx, message);
}
