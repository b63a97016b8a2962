import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MessagePurpose } from '../../db/schema/messages.ts';
import { createNotifyChannel } from '../../src/messages/notify.ts';
import type { Channel } from '../../src/messages/message-types.ts';
import { sendMessages, type Sender } from '../../src/messages/send-messages.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';
import { addMessage, messageRow, testSender } from './stage.ts';
import {
  notifyKey,
  notifyTemplate,
  startNotifyServer,
  textTemplate,
  type Notification,
  type WebBehaviour,
  type WebServer,
} from './web-stage.ts';

let db: TestDatabase;
let notify: WebServer<Notification>;
let channel: Channel;
beforeEach(async () => {
  [db, notify] = await Promise.all([testDatabase(), startNotifyServer()]);
  channel = opened(10_000);
});
afterEach(async () => {
  await notify.close();
  await db.close();
});

function opened(timeoutMs: number, apiKey = notifyKey): Channel {
  return createNotifyChannel({ url: notify.url, apiKey, emailTemplate: notifyTemplate }, timeoutMs);
}

async function sendUntilSettled(sender: Sender, id: string) {
  return waitFor('the message to be settled', async () => {
    await sendMessages(sender);
    const row = await messageRow(db, id);
    return row.state !== 'pending' && row.state !== 'sending' && row;
  });
}

const providerOf = async (id: string) =>
  (await db.sql`select provider, provider_ref from messages where id = ${id}`)[0];

test('a message goes out by the template, under its own id, and Notify’s id of it is kept', async () => {
  const { sender } = testSender(db, channel);
  const id = await addMessage(db, 'chaser');
  expect(await sendUntilSettled(sender, id)).toMatchObject({ state: 'sent', attempts: 1 });
  expect(notify.taken).toEqual([
    expect.objectContaining({
      reference: id,
      email_address: 'pc1001@force.invalid',
      personalisation: { subject: 'words', body: 'words' },
    }),
  ]);
  expect(await providerOf(id)).toEqual({ provider: 'notify', provider_ref: notify.taken[0]?.id });
});

test('a text message goes out by its own template with the words alone; where Notify is in doubt it is asked of texts', async () => {
  const settings = { url: notify.url, apiKey: notifyKey, emailTemplate: notifyTemplate };
  const { sender } = testSender(db, createNotifyChannel({ ...settings, smsTemplate: textTemplate }));
  const id = await addMessage(db, 'victim-update');
  await db.sql`update messages set channel = 'sms', to_address = '07700 900417' where id = ${id}`;
  notify.next.push({ kind: 'drop', keep: true });
  expect(await sendUntilSettled(sender, id)).toMatchObject({ state: 'sent', attempts: 2 });
  expect(notify.taken).toMatchObject([
    {
      reference: id,
      phone_number: '07700 900417',
      template: textTemplate,
      personalisation: { body: 'words' },
    },
  ]);
  const { sender: without, troubles } = testSender(db, createNotifyChannel(settings));
  const none = await addMessage(db, 'victim-update');
  await db.sql`update messages set channel = 'sms' where id = ${none}`;
  expect(await sendUntilSettled(without, none)).toMatchObject({ state: 'failed', attempts: 1 });
  expect(troubles).toEqual([{ id: none, kind: 'failed' }]);
  expect(notify.taken).toHaveLength(1);
});

test('a message that Notify refuses has failed for good, in words that quote nobody', async () => {
  const { sender, troubles } = testSender(db, channel);
  notify.next.push({ kind: 'answer', status: 400, error: 'BadRequestError' });
  const id = await addMessage(db, 'chaser');
  const row = await sendUntilSettled(sender, id);
  expect(row).toMatchObject({ state: 'failed', attempts: 1, last_error: 'Notify 400 BadRequestError' });
  expect(troubles).toEqual([{ id, kind: 'failed' }]);
});

test('a key that Notify does not know fails no message: it is tried again', async () => {
  const settings = {
    url: notify.url,
    apiKey: `${notifyKey.slice(0, -4)}cccc`,
    emailTemplate: notifyTemplate,
  };
  const { sender } = testSender(db, createNotifyChannel(settings, 300));
  const id = await addMessage(db, 'victim-update');
  await sendMessages(sender);
  const row = await messageRow(db, id);
  expect(row.state === 'pending' || row.state === 'failed').toBe(true);
  expect(row.last_error).toBe('Notify 403 AuthError');
});

const doubts: [string, WebBehaviour][] = [
  ['takes it and never answers', { kind: 'hang', keep: true }],
  ['never answers, and has not got it', { kind: 'hang' }],
  ['takes it and drops the connection', { kind: 'drop', keep: true }],
  ['drops the connection, and has not got it', { kind: 'drop' }],
  ['takes it and answers 500', { kind: 'answer', status: 500, keep: true }],
  ['answers 503, and has not got it', { kind: 'answer', status: 503 }],
];
const purposes: MessagePurpose[] = ['victim-update', 'chaser'];

test.each(doubts.flatMap(([what, behaviour]) => purposes.map((purpose) => ({ what, behaviour, purpose }))))(
  'where Notify $what, it is asked what it has, and a $purpose arrives once',
  async ({ behaviour, purpose }) => {
    const { sender, troubles } = testSender(db, behaviour.kind === 'hang' ? opened(1_000) : channel);
    notify.next.push(behaviour);
    const id = await addMessage(db, purpose);
    expect(await sendUntilSettled(sender, id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(notify.taken.map(({ reference }) => reference)).toEqual([id]);
    expect((await providerOf(id))?.['provider_ref']).toBe(notify.taken[0]?.id);
    expect(troubles).toEqual([]);
  },
);

test('where Notify can never say what it has, nothing is sent again, and a person decides', async () => {
  const { sender, troubles } = testSender(db, opened(1_000));
  const cannotSay = { kind: 'answer', status: 500, error: 'look' } as const;
  notify.next.push({ kind: 'hang', keep: true }, cannotSay, cannotSay, cannotSay, cannotSay);
  const id = await addMessage(db, 'victim-update');
  expect(await sendUntilSettled(sender, id)).toMatchObject({ state: 'unknown', attempts: 4 });
  expect(notify.taken).toHaveLength(1);
  expect(troubles).toEqual([{ id, kind: 'unknown' }]);
});

test('a sender that died between sending and recording is cleared up by asking, even where a victim was written to', async () => {
  const { sender } = testSender(db, channel);
  const [taken, lost] = [await addMessage(db, 'victim-update'), await addMessage(db, 'victim-update')];
  notify.taken.push({ ...blank, reference: taken });
  await db.sql`update messages set state = 'sending', attempts = 1,
    sending_since = clock_timestamp() - interval '61 seconds' where id in (${taken}, ${lost})`;
  for (const id of [taken, lost])
    expect(await sendUntilSettled(sender, id)).toMatchObject({ state: 'sent', attempts: 2 });
  expect(notify.taken.map(({ reference }) => reference)).toEqual([taken, lost]);
});

test('a message that Notify could not deliver before is no sign that it has it', async () => {
  const { sender } = testSender(db, channel);
  const id = await addMessage(db, 'chaser');
  notify.taken.push({ ...blank, reference: id, status: 'temporary-failure' });
  await db.sql`update messages set last_error = 'in doubt: x', attempts = 1 where id = ${id}`;
  expect(await sendUntilSettled(sender, id)).toMatchObject({ state: 'sent' });
  expect(notify.taken).toHaveLength(2);
});

test('429 keeps everything from Notify for a while, and fails nothing', async () => {
  const { sender } = testSender(db, channel, { perMinute: { notify: 6_000 } });
  notify.next.push({ kind: 'answer', status: 429, error: 'RateLimitError' });
  const first = await addMessage(db, 'chaser');
  await sendMessages(sender);
  expect(await messageRow(db, first)).toMatchObject({
    state: 'pending',
    last_error: 'Notify 429 RateLimitError',
  });
  const second = await addMessage(db, 'staff-alert');
  await db.sql`update messages set due_at = hub_now() - interval '1 second'`;
  await sendMessages(sender, { isStopped: after(4) });
  expect(notify.taken).toEqual([]);
  await db.sql`update provider_allowances set paused_until = clock_timestamp()`;
  for (const id of [first, second])
    expect(await sendUntilSettled(sender, id)).toMatchObject({ state: 'sent' });
});

const blank = {
  id: '11111111-1111-4111-8111-111111111111',
  status: 'sending',
  email_address: 'x@force.invalid',
  personalisation: { subject: '', body: '' },
};

/** Stops a round after it has been asked so often. */
function after(times: number): () => boolean {
  let asked = 0;
  return () => ++asked > times;
}
