import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, type Connection } from '../../db/connect.ts';
import { burstOf } from '../../src/messages/allowance.ts';
import type { Channel } from '../../src/messages/message-types.ts';
import { sendMessages } from '../../src/messages/send-messages.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { addMessage, messageRow, testSender } from './stage.ts';

let db: TestDatabase;
let others: Connection[];
beforeEach(async () => {
  db = await testDatabase();
  others = Array.from({ length: 3 }, () => connect(db.address, { max: 4 }));
});
afterEach(async () => {
  await Promise.all(others.map((other) => other.close()));
  await db.close();
});

/** A way out by a provider that keeps when each message left, by the clock of the machine. */
function timed(provider: 'smtp' | 'teams' = 'smtp') {
  const left: { id: string; at: number }[] = [];
  const channel: Channel = {
    deliver: ({ id }) => {
      left.push({ id, at: performance.now() });
      return Promise.resolve({ kind: 'accepted' });
    },
    close: () => Promise.resolve(),
    providerOf: (by) => (by === 'teams' ? 'teams' : provider),
  };
  return { left, channel };
}

test('four workers together never send a provider more than it takes, and send all of it', async () => {
  const perMinute = 600;
  const { left, channel } = timed();
  const ids = [];
  for (let i = 0; i < 30; i++) ids.push(await addMessage(db, 'chaser'));
  const began = performance.now();
  const workers = [db, ...others].map(({ db: own }) => ({
    ...testSender(db, channel).sender,
    db: own,
    perMinute: { smtp: perMinute },
  }));
  await Promise.all(workers.map((worker) => sendMessages(worker, { queue: 'bulk-messages' })));
  expect(new Set(left.map(({ id }) => id))).toEqual(new Set(ids));
  expect(left).toHaveLength(ids.length);
  // By any moment no more has left than the burst and what ran in since: a token taken late only makes it fewer.
  left.forEach(({ at }, i) => {
    expect(i + 1).toBeLessThanOrEqual(burstOf(perMinute) + ((at - began) / 60_000) * perMinute + 1);
  });
});

test('what goes by the thousand leaves room for an alert, which does not wait for it', async () => {
  const { left, channel } = timed();
  const { sender } = testSender(db, channel, { perMinute: { smtp: 60 } });
  for (let i = 0; i < 5; i++) await addMessage(db, 'chaser', { dueInMs: -60_000 });
  await sendMessages(sender, { queue: 'bulk-messages', isStopped: after(8) });
  expect(left.length).toBeLessThan(5);
  const alert = await addMessage(db, 'staff-alert');
  await sendMessages(sender, { queue: 'messages', isStopped: after(1) });
  expect(left.at(-1)?.id).toBe(alert);
});

test('a provider that has had enough keeps nothing of another waiting', async () => {
  const { left, channel } = timed();
  const { sender } = testSender(db, channel, { perMinute: { teams: 1 } });
  const notices = [
    await addMessage(db, 'escalation'),
    await addMessage(db, 'escalation'),
    await addMessage(db, 'escalation'),
  ];
  await db.sql`update messages set channel = 'teams', due_at = due_at - interval '1 minute'`;
  const mail = await addMessage(db, 'escalation');
  await sendMessages(sender, { isStopped: after(12) });
  expect(left.map(({ id }) => id)).toContain(mail);
  expect(left.filter(({ id }) => notices.includes(id)).length).toBeLessThan(3);
  const states = await Promise.all(notices.map((id) => messageRow(db, id)));
  expect(states.filter(({ state }) => state === 'pending')).not.toEqual([]);
  expect(states.every(({ attempts, state }) => attempts === (state === 'sent' ? 1 : 0))).toBe(true);
});

test('a message that may not leave at this hour is put off to when it may, which is no try', async () => {
  const { left, channel } = timed();
  const morning = '2099-01-02T08:00:00.000Z';
  const { sender } = testSender(db, channel, {
    mayLeave: (_tx, { purpose }, now) => Promise.resolve(purpose === 'chaser' ? morning : now),
  });
  const [chaser, alert] = [await addMessage(db, 'chaser'), await addMessage(db, 'staff-alert')];
  await sendMessages(sender);
  expect(left.map(({ id }) => id)).toEqual([alert]);
  expect(await messageRow(db, chaser)).toMatchObject({ state: 'pending', attempts: 0 });
  const [row] = await db.sql<{ due: Date }[]>`select due_at::text as due from messages where id = ${chaser}`;
  expect(String(row?.due)).toContain('2099-01-02 08:00:00');
});

/** Stops a round after it has been asked so often. */
function after(times: number): () => boolean {
  let asked = 0;
  return () => ++asked > times;
}
