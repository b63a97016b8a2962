import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { connect, type Connection } from '../../db/connect.ts';
import { seedPeople } from '../../db/seed/people.ts';
import { startMailServer, type MailServer } from '../messages/stage.ts';
import { createClient, type Client } from '../support/client.ts';
import { hasRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { waitFor } from '../support/wait-for.ts';
import { caseBody } from './case-body.ts';
import { startIssuer, type Issuer } from './issuer.ts';
import { clearStage, overTcp, startLimitMs, startProcess, type Running } from './stage.ts';

const limit = { timeout: 3 * startLimitMs };
const audience = 'the hub of the tests';
const sweepSeconds = 5;
/** What is fired late is late by the sweep's interval and two seconds at most, whatever Redis does. */
const latestMs = (sweepSeconds + 2) * 1_000;
const today = new Date().toISOString().slice(0, 10);

const server = inject('postgres');
const admin = postgres({ ...server, host: server.socketDir, database: 'postgres', max: 1 });
const closers: (() => Promise<unknown>)[] = [() => admin.end()];

afterAll(async () => {
  await clearStage();
  for (const close of closers.reverse()) await close();
});

async function emptyDatabase() {
  const name = `hub_${randomUUID().replaceAll('-', '')}`;
  await admin.unsafe(`create database ${name}`);
  const address = { kind: 'socket' as const, ...server, database: name };
  const connection = connect(address, { max: 2 });
  closers.push(async () => {
    await connection.close();
    await admin.unsafe(`drop database ${name} with (force)`);
  });
  return { connection, address };
}

// They go on from one another: starting three processes for each would take minutes.
describe.each(hasRedis ? ['an API and two workers'] : [])('%s, in production', () => {
  let database: Connection;
  let redis: TestRedis;
  let mail: MailServer;
  let issuer: Issuer;
  let api: Running;
  let workers: [Running, Running];
  let url: string;
  let client: Client;

  const ready = async () =>
    (await client.get<{ status: string; checks: { redis: string; postgres: string } }>('/health/ready')).body;

  beforeAll(async () => {
    const { connection, address } = await emptyDatabase();
    database = connection;
    [redis, mail, issuer] = await Promise.all([startRedis(), startMailServer(), startIssuer(audience)]);
    const tcp = await overTcp(address);
    closers.push(
      () => tcp.close(),
      () => redis.close(),
      () => mail.close(),
      () => issuer.close(),
    );
    await redis.stop();
    const environment = {
      PORT: '0',
      DATABASE_URL: tcp.url,
      REDIS_URL: redis.url,
      SMTP_URL: mail.url,
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: audience,
      PUBLIC_URL: 'https://hub.force.invalid',
      LINK_SECRET: 'a secret of the tests, of more than 32 characters',
      SWEEP_SECONDS: String(sweepSeconds),
      ARM_SECONDS: '1',
    };
    const socket = `postgres://${address.user}@${encodeURIComponent(address.socketDir)}:${address.port}/${address.database}`;
    api = startProcess('src/api.ts', environment);
    workers = [
      startProcess('workers/main.ts', environment),
      startProcess('workers/main.ts', { ...environment, DATABASE_URL: socket }),
    ];
  });

  /** Moves the hub's clock to a little before the next alert of a deadline that nobody has heard of yet. */
  async function untilNextAlert(seconds: number): Promise<{ id: string; deadlineId: string }> {
    const [next] = await database.sql<{ id: string; deadline: string }[]>`
      select a.id, a.obligation_id as deadline from alerts a join deadlines d on d.id = a.obligation_id
      where a.class = 'deadlines' and a.state = 'pending' and d.rule like 'ctl%'
        and a.fire_at > hub_now() + interval '27 hours'
      order by a.fire_at, a.id limit 1`;
    if (!next) throw new Error('no alert is to come');
    await database.sql`
      update hub_clock set ahead_ms = extract(epoch from a.fire_at - clock_timestamp()) * 1000 - ${seconds * 1_000}::int
      from alerts a where a.id = ${next.id}`;
    return { id: next.id, deadlineId: next.deadline };
  }

  async function lagOf(alertId: string): Promise<number> {
    const fired = await waitFor(
      'the alert to fire',
      async () => {
        const [row] = await database.sql<{ state: string; lag: number }[]>`
          select state, extract(epoch from fired_at - fire_at)::float * 1000 as lag from alerts where id = ${alertId}`;
        return row?.state === 'fired' && row;
      },
      startLimitMs,
    );
    return fired.lag;
  }

  test(
    'start at once on an empty database, without Redis: the API takes cases and says what is down',
    limit,
    async () => {
      const [, port] = await api.says(/"port":(\d+),"msg":"the API is listening"/);
      await Promise.all(workers.map((worker) => worker.says(/the workers are working/)));
      url = `http://127.0.0.1:${port}`;
      const { entries } = JSON.parse(
        readFileSync(new URL('../../db/migrations/meta/_journal.json', import.meta.url), 'utf8'),
      ) as { entries: unknown[] };
      const [applied] = await database.sql`select count(*)::int as many from drizzle.__drizzle_migrations`;
      expect(applied).toEqual({ many: entries.length });
      await seedPeople(database.db);
      client = createClient(url, () => issuer.issue('cw-1'));

      expect((await client.post('/api/cases', caseBody(today))).status).toBe(201);
      expect((await createClient(url).post('/api/cases', caseBody(today))).status).toBe(401);
      expect(await ready()).toMatchObject({ status: 'degraded', checks: { redis: 'down', postgres: 'up' } });
    },
  );

  test('have none of the doors of the demo', limit, async () => {
    for (const path of ['/demo/tokens', '/demo/clock', '/demo/messages'])
      for (const answer of [await client.get(path), await client.post(path, { staffId: 'cw-1' })])
        expect(answer.status).toBe(404);
  });

  test(
    'find Redis when it comes: one of the two fires an alert once, and its message is sent',
    limit,
    async () => {
      await redis.start();
      await waitFor('Redis to be found', async () => (await ready()).checks.redis === 'up');
      mail.next.push('refuse-data-later');
      const { id, deadlineId } = await untilNextAlert(4);
      const lag = await lagOf(id);
      expect(lag).toBeGreaterThanOrEqual(0);
      expect(lag).toBeLessThan(latestMs);
      const [open] = await database.sql`
      select count(*)::int as tasks from tasks where deadline_id = ${deadlineId} and state = 'open'`;
      expect(open).toEqual({ tasks: 1 });

      // The first one was put off by the mail server: half a minute later it goes again, as the same message.
      const refused = await waitFor('the mail server to put one off', () => messageIds(mail.received)[0]);
      await waitFor('it to be put off', async () => {
        const [row] = await database.sql<{ why: string | null }[]>`
          select last_error as why from messages where id = ${refused}`;
        return row?.why;
      });
      await database.sql`update hub_clock set ahead_ms = ahead_ms + 31000`;
      await waitFor('it to be accepted', () => messageIds(mail.accepted).includes(refused), startLimitMs);
      expect(messageIds(mail.received).filter((one) => one === refused)).toHaveLength(2);
      const accepted = messageIds(mail.accepted);
      expect(new Set(accepted).size).toBe(accepted.length);
    },
  );

  test('lose one worker to kill -9: the other goes on', limit, async () => {
    expect(await workers[0].stop('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
    const { id } = await untilNextAlert(2);
    expect(await lagOf(id)).toBeLessThan(latestMs);
  });

  test(
    'lose Redis: cases are taken, alerts are fired in time, and SIGTERM ends both cleanly',
    limit,
    async () => {
      await redis.stop();
      await waitFor('Redis to be missed', async () => (await ready()).checks.redis === 'down');
      expect((await ready()).status).toBe('degraded');
      expect((await client.post('/api/cases', caseBody(today))).status).toBe(201);
      const { id } = await untilNextAlert(1);
      expect(await lagOf(id)).toBeLessThan(latestMs);

      const ends = await Promise.all([api.stop('SIGTERM'), workers[1].stop('SIGTERM')]);
      expect(ends.map(({ code }) => code)).toEqual([0, 0]);
      for (const { afterMs } of ends) expect(afterMs).toBeLessThan(20_000);
      for (const { output, complaints } of [api, workers[1]]) {
        expect(output).toMatch(/"closedAll":true,.*"msg":"shut down"\}\n$/);
        expect(complaints).toBe('');
      }
      const accepted = messageIds(mail.accepted);
      expect(new Set(accepted).size).toBe(accepted.length);
    },
  );
});

test('what is the demo’s is refused at boot, by the API and by the workers', limit, async () => {
  const environment = { DATABASE_URL: 'postgres://hub@127.0.0.1/hub', DEMO: '1' };
  const started = (['src/api.ts', 'workers/main.ts'] as const).map((program) =>
    startProcess(program, environment),
  );
  for (const one of started) {
    expect(await one.ended).toMatchObject({ code: 1 });
    for (const said of ['DEMO is refused', 'PUBLIC_URL is required', 'SMTP_URL is required'])
      expect(one.complaints).toContain(said);
  }
});

/** The ids of messages, by which readers' mail servers tell copies. */
function messageIds(letters: readonly string[]): string[] {
  return letters.map((letter) => /^Message-ID: <(.+?)@/im.exec(letter)?.[1] ?? '');
}
