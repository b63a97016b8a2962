import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MessagePurpose } from '../../db/schema/messages.ts';
import { demoOutbox } from '../../src/messages/demo-outbox.ts';
import type { Channel } from '../../src/messages/message-types.ts';
import { putMessage } from '../../src/messages/outbox.ts';
import { sendMessages, type Sender } from '../../src/messages/send-messages.ts';
import { makeAlert, makeCases } from '../alerts/stage.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';
import { recordingChannel } from '../workers/stage.ts';
import { addMessage, emailTo, messageRow, startMailServer, testSender, type MailServer } from './stage.ts';

let db: TestDatabase;
let mail: MailServer;
let channel: Channel;
beforeEach(async () => {
  [db, mail] = await Promise.all([testDatabase(), startMailServer()]);
  channel = emailTo(mail);
});
afterEach(async () => {
  await channel.close();
  await mail.close();
  await db.close();
});

/** Sends until the message has been settled for good. */
async function sendUntilSettled(sender: Sender, id: string) {
  return waitFor('the message to be settled', async () => {
    await sendMessages(sender);
    const row = await messageRow(db, id);
    return row.state !== 'pending' && row.state !== 'sending' && row;
  });
}

const messageIds = () => mail.received.map((text) => /^Message-ID: (.*)$/im.exec(text)?.[1]);

test('a message is accepted once, under an id of its own, in the conversation it belongs to', async () => {
  const { sender } = testSender(db, channel);
  const id = await addMessage(db, 'chaser', { facts: { thread: 'officer PC1001' } });
  await Promise.all(Array.from({ length: 4 }, () => sendMessages(sender)));
  expect(await messageRow(db, id)).toMatchObject({ state: 'sent', attempts: 1, sent: true });
  expect(mail.accepted).toHaveLength(1);
  expect(messageIds()).toEqual([`<${id}@prosecution-hub.invalid>`]);
  expect(mail.reports, 'what bounces is reported under the same id').toEqual([
    expect.objectContaining({ ret: 'HDRS', envid: id }),
  ]);
  const second = await addMessage(db, 'chaser', { facts: { thread: 'officer PC1001' } });
  await sendUntilSettled(sender, second);
  const references = mail.accepted.map((text) => /^References: (.*)$/im.exec(text)?.[1]);
  expect(references[0]).toMatch(/^<[0-9a-f]{32}@prosecution-hub\.invalid>$/);
  expect(references[1]).toBe(references[0]);
});

test('nothing leaves before it is due', async () => {
  const { sender } = testSender(db, channel);
  const id = await addMessage(db, 'victim-update', { dueInMs: 60_000 });
  await sendMessages(sender);
  expect(await messageRow(db, id)).toMatchObject({ state: 'pending', attempts: 0 });
  expect(mail.received).toHaveLength(0);
});

test.each(['refuse-recipient-later', 'refuse-data-later', 'drop-before-data'] as const)(
  'where the server would %s, even a message to a victim is sent again, and arrives once',
  async (behaviour) => {
    const { sender, troubles } = testSender(db, channel);
    mail.next.push(behaviour, behaviour);
    const id = await addMessage(db, 'victim-update');
    expect(await sendUntilSettled(sender, id)).toMatchObject({ state: 'sent', attempts: 3 });
    expect(mail.accepted).toHaveLength(1);
    expect(troubles).toEqual([]);
  },
);

test.each(['refuse-recipient', 'refuse-data'] as const)(
  'where the server would %s, the message has failed for good and a person is told',
  async (behaviour) => {
    const { sender, troubles } = testSender(db, channel);
    mail.next.push(behaviour);
    const id = await addMessage(db, 'chaser');
    const row = await sendUntilSettled(sender, id);
    expect(row).toMatchObject({ state: 'failed', attempts: 1 });
    expect(row.last_error).toMatch(/^SMTP 55[04]/);
    expect(row.last_error).not.toContain('force.invalid');
    expect(troubles).toEqual([{ id, kind: 'failed' }]);
  },
);

test('a server that is away is tried again and again, and a person is told in the end', async () => {
  const { sender, troubles } = testSender(db, channel);
  await mail.close();
  const id = await addMessage(db, 'chaser');
  expect(await sendUntilSettled(sender, id)).toMatchObject({ state: 'failed', attempts: 4 });
  expect(troubles).toEqual([{ id, kind: 'failed' }]);
  mail = await startMailServer();
});

const inDoubt: [MessagePurpose, 'hang' | 'drop-after-data', { state: string; copies: number }][] = [
  ['victim-update', 'drop-after-data', { state: 'unknown', copies: 1 }],
  ['victim-update', 'hang', { state: 'unknown', copies: 1 }],
  ['staff-alert', 'drop-after-data', { state: 'sent', copies: 4 }],
  ['chaser', 'drop-after-data', { state: 'unknown', copies: 2 }],
  ['escalation', 'hang', { state: 'unknown', copies: 2 }],
];

test.each(inDoubt)('a %s to a server that would %s: %o', async (purpose, behaviour, { state, copies }) => {
  const { sender, troubles } = testSender(db, channel);
  mail.next.push(behaviour, behaviour, ...(purpose === 'staff-alert' ? ([behaviour] as const) : []));
  const id = await addMessage(db, purpose);
  expect(await sendUntilSettled(sender, id)).toMatchObject({ state });
  expect(mail.received).toHaveLength(copies);
  expect(new Set(messageIds())).toEqual(new Set([`<${id}@prosecution-hub.invalid>`]));
  expect(troubles).toEqual(state === 'unknown' ? [{ id, kind: 'unknown' }] : []);
});

test('a chaser that is in doubt once is sent again once, and that settles it', async () => {
  const { sender, troubles } = testSender(db, channel);
  mail.next.push('drop-after-data');
  const id = await addMessage(db, 'chaser');
  expect(await sendUntilSettled(sender, id)).toMatchObject({ state: 'sent', attempts: 2 });
  expect(troubles).toEqual([]);
});

test.each([
  ['victim-update', 'unknown', 0],
  ['staff-alert', 'sent', 1],
  ['digest', 'cancelled', 0],
] as const)(
  'a %s whose sender died between sending and recording becomes %s',
  async (purpose, state, copies) => {
    const { sender, troubles } = testSender(db, channel);
    const fresh = await addMessage(db, purpose);
    const id = await addMessage(db, purpose);
    await db.sql`update messages set state = 'sending', attempts = 1, sending_since = clock_timestamp() where id = ${fresh}`;
    await db.sql`update messages set state = 'sending', attempts = 1,
    sending_since = clock_timestamp() - interval '61 seconds' where id = ${id}`;
    expect(await sendUntilSettled(sender, id)).toMatchObject({ state });
    expect(mail.received).toHaveLength(copies);
    expect(await messageRow(db, fresh)).toMatchObject({ state: 'sending' });
    expect(troubles).toEqual(state === 'unknown' ? [{ id, kind: 'unknown' }] : []);
  },
);

test('a message is written when it is first sent, and says the same when it is sent again', async () => {
  let written = 0;
  const writers: Sender['writers'] = {
    chaser: () => Promise.resolve({ subject: `written ${++written}`, body: 'b' }),
  };
  const { sender } = testSender(db, channel, { writers });
  mail.next.push('refuse-data-later');
  const id = await addMessage(db, 'chaser', { unwritten: true });
  expect(await sendUntilSettled(sender, id)).toMatchObject({ state: 'sent', subject: 'written 1' });
  expect(written).toBe(1);
});

test('a message with nothing left to say is cancelled, and does not leave', async () => {
  const { sender, troubles } = testSender(db, channel, {
    writers: { chaser: () => Promise.resolve('nothing-to-say') },
  });
  const id = await addMessage(db, 'chaser', { unwritten: true });
  expect(await sendUntilSettled(sender, id)).toMatchObject({ state: 'cancelled' });
  expect(mail.received).toHaveLength(0);
  expect(troubles).toEqual([]);
});

test('a message that cannot be written keeps no other waiting, and goes to a person after three tries', async () => {
  const { sender, troubles } = testSender(db, channel, {
    writers: { chaser: () => Promise.reject(new Error('Quill')) },
  });
  const poison = await addMessage(db, 'chaser', { unwritten: true, dueInMs: -5_000 });
  const id = await addMessage(db, 'chaser');
  await sendMessages(sender);
  expect(await messageRow(db, id)).toMatchObject({ state: 'sent' });
  const row = await sendUntilSettled(sender, poison);
  expect(row).toMatchObject({ state: 'failed', attempts: 3 });
  expect(row.last_error).toMatch(/^not written: Error/);
  expect(troubles).toEqual([{ id: poison, kind: 'failed' }]);
});

test('a chaser waits until every chaser due to the same officer has fired; an escalation until all have', async () => {
  const [caseId] = await makeCases(db.sql, 1);
  const { letters, channel: kept } = recordingChannel();
  const { sender } = testSender(db, kept);
  await makeAlert(db.sql, caseId!, { class: 'chasers', officer: 'PC1001' });
  const held = await addMessage(db, 'chaser', { toId: 'PC1001' });
  const free = await addMessage(db, 'chaser', { toId: 'PC1002' });
  const escalation = await addMessage(db, 'escalation', { toId: 'PS2001', dueInMs: -100 });
  const alert = await addMessage(db, 'staff-alert', { toId: 'PC1001' });
  await sendMessages(sender);
  expect(new Set(letters.map(({ id }) => id))).toEqual(new Set([free, alert]));
  await db.sql`update alerts set state = 'fired', fired_at = hub_now()`;
  await sendMessages(sender);
  expect(new Set(letters.map(({ id }) => id))).toEqual(new Set([free, alert, held, escalation]));
});

test('what is put in the outbox twice under one key is one message', async () => {
  const message = {
    key: 'PC1001 2026-01-05',
    purpose: 'digest',
    toId: 'PC1001',
    toAddress: 'pc1001@force.invalid',
    caseIds: ['a'],
    subject: 's',
    body: 'b',
    facts: { thread: 't' },
    dueAt: '2026-01-05T08:00:00.000Z',
  } as const;
  const put = () => db.db.transaction((tx) => putMessage(tx, { ...message, caseIds: [...message.caseIds] }));
  const both = await Promise.all([put(), put()]);
  expect(both[0].id).toBe(both[1].id);
  expect(both.map((one) => one.new).sort()).toEqual([false, true]);
  const { sender } = testSender(db, demoOutbox);
  await sendMessages(sender);
  expect(await messageRow(db, both[0].id)).toMatchObject({ state: 'sent', sent: true });
});
