import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { MessagePurpose } from '../../db/schema/messages.ts';
import { openChannel, type ChannelConfig } from '../../src/messages/open-channel.ts';
import { backends } from '../support/whole-hub.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { startRedis } from '../support/redis.ts';
import { waitFor } from '../support/wait-for.ts';
import { runWorkers } from '../workers/stage.ts';
import { addMessage, messageRow, startMailServer } from './stage.ts';
import { notifyKey, notifyTemplate, startNotifyServer } from './web-stage.ts';

const closers: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const from = { messageFrom: 'hub@prosecution-hub.invalid', teamsWebhooks: {} };

/** Runs a worker that is killed once the servers have taken so many messages, before it could record any. */
async function killedAfter(many: number, db: TestDatabase, by: ChannelConfig, redisUrl: string | undefined) {
  const given = [
    JSON.stringify(db.address),
    JSON.stringify(by),
    ...(redisUrl === undefined ? [] : [redisUrl]),
  ];
  const child = spawn(process.execPath, ['--import', 'tsx', here('./sender-program.ts'), ...given], {
    cwd: here('../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  closers.push(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await waitFor('the servers to take them', () => said.split('\n').length > many, 60_000);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  expect(said.match(/^accepted /gm)).toHaveLength(many);
}

describe.each(backends)('a worker killed between sending and recording, on %s', (backend) => {
  test('leaves what was sent in doubt: each message is then dealt with by whom a second copy would hurt', async () => {
    const [db, mail] = await Promise.all([testDatabase(), startMailServer()]);
    const notify = await startNotifyServer();
    closers.push(
      () => Promise.all([mail.close(), notify.close()]),
      () => db.close(),
    );
    const redis = backend === 'redis' ? await startRedis() : undefined;
    if (redis) closers.push(() => redis.close());
    const settings = { url: notify.url, apiKey: notifyKey, emailTemplate: notifyTemplate };

    const bySmtp: ChannelConfig = { ...from, smtpUrl: mail.url, notify: undefined };
    const byNotify: ChannelConfig = { ...from, smtpUrl: undefined, notify: settings };
    const purposes: MessagePurpose[] = ['victim-update', 'staff-alert', 'chaser'];
    const add = () => Promise.all(purposes.map((purpose) => addMessage(db, purpose)));
    const smtpIds = await add();
    await killedAfter(3, db, bySmtp, redis?.url);
    const troubles: string[] = [];
    const resume = async (by: ChannelConfig, ids: readonly string[]) => {
      // As if the minute had gone by after which whoever was sending is taken to be gone.
      await db.sql`update messages set sending_since = sending_since - interval '61 seconds' where state = 'sending'`;
      const running = await runWorkers(
        db,
        { redisUrl: redis?.url, sweepSeconds: 0.2 },
        {
          channel: openChannel(by),
          retryPlan: { firstMs: 1, longestMs: 4, mostAttempts: 4 },
          onMessageTrouble: (_tx, { id }) => Promise.resolve(void troubles.push(id)),
        },
      );
      try {
        return await waitFor('all to be settled', async () => {
          const rows = await Promise.all(ids.map((id) => messageRow(db, id)));
          return (
            rows.every(({ state }) => state === 'sent' || state === 'unknown') &&
            rows.map(({ state }) => state)
          );
        });
      } finally {
        await running.stop();
      }
    };
    expect(await resume(bySmtp, smtpIds)).toEqual(['unknown', 'sent', 'sent']);
    expect(troubles).toEqual([smtpIds[0]]);
    const copies = smtpIds.map((id) => mail.accepted.filter((text) => text.includes(`<${id}@`)).length);
    expect(copies).toEqual([1, 2, 2]);

    const notifyIds = await add();
    await killedAfter(3, db, byNotify, redis?.url);
    expect(await resume(byNotify, notifyIds)).toEqual(['sent', 'sent', 'sent']);
    expect(notify.taken.map(({ reference }) => reference).sort()).toEqual([...notifyIds].sort());
    expect(troubles).toHaveLength(1);
  }, 120_000);
});
