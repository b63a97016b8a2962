import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { officers, staff } from '../../db/schema/people.ts';
import { cases } from '../../db/schema/cases.ts';
import { messages } from '../../db/schema/messages.ts';
import { seedPeople } from '../../db/seed/people.ts';
import { createApp } from '../../src/http/create-app.ts';
import { startTestHub, type TestHub } from '../support/app.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

test('the people that the contract names are there, once', async () => {
  const { db } = hub.hub;
  await seedPeople(db);
  const people = await db.select().from(staff);
  expect(people.map(({ id }) => id).sort()).toEqual(
    [
      'admin-1',
      'audit-1',
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `cw-${n}`),
      'feed-1',
      'sr-1',
      'sr-2',
    ].sort(),
  );
  expect(
    people
      .filter(({ team }) => team === 'crime')
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['cw-1', 'cw-2', 'cw-3', 'cw-4', 'sr-1']);
  const force = await db.select().from(officers);
  const supervisorOf = new Map(force.map(({ collar, supervisor }) => [collar, supervisor]));
  expect(force).toHaveLength(25);
  expect(supervisorOf.get('PC1001')).toBe('PS2001');
  expect(supervisorOf.get('PC1005')).toBe('PS2001');
  expect(supervisorOf.get('PC1006')).toBe('PS2002');
  expect(supervisorOf.get('PC1020')).toBe('PS2004');
  expect(supervisorOf.get('PS2003')).toBe('PI3001');
  expect(supervisorOf.get('PI3001')).toBeNull();
  expect(force.find(({ collar }) => collar === 'PC1007')?.email).toBe('PC1007@police.example');
});

test('the clock is read, moved forward, ticks on, and never goes back', async () => {
  const now = async () => Date.parse((await hub.anyone.get<{ now: string }>('/demo/clock')).body.now);
  expect(Math.abs((await now()) - Date.now())).toBeLessThan(5_000);
  const moved = await hub.anyone.post<{ now: string }>('/demo/clock', { now: '2030-07-01T09:00:00+01:00' });
  expect(moved.status).toBe(200);
  expect(Date.parse(moved.body.now)).toBeGreaterThanOrEqual(Date.parse('2030-07-01T08:00:00Z'));
  const first = await now();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(await now()).toBeGreaterThan(first);
  expect(await hub.anyone.post('/demo/clock', { now: '2029-01-01T00:00:00Z' })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'now', message: 'is in the past: the clock goes forward only' }] },
  });
  expect((await hub.anyone.post('/demo/clock', { now: 'tomorrow' })).status).toBe(422);
  expect((await hub.anyone.post('/demo/clock', {})).status).toBe(422);
  // No offset: London time, which is an hour ahead in July.
  const civil = await hub.anyone.post<{ now: string }>('/demo/clock', { now: '2031-07-01T09:00:00' });
  expect(civil.body.now).toMatch(/^2031-07-01T08:00/);
});

test('messages that were sent are listed, the newest last, by recipient and by case', async () => {
  const { db } = hub.hub;
  const [one, two] = [crypto.randomUUID(), crypto.randomUUID()];
  const at = '2026-03-06T08:00:00.000Z';
  await db.insert(cases).values(
    [one, two].map((id, i) => ({
      ...{
        id,
        urn: `21AB000012${i}6`.slice(0, 11),
        kind: 'crime' as const,
        officer: 'PC1001',
        team: 'crime' as const,
      },
      ...{ receivedAt: at, createdAt: at, createdBy: 'cw-1' },
    })),
  );
  const urns = (await db.select().from(cases).orderBy(cases.urn)).map(({ urn }) => urn);
  const message = (toId: string, caseIds: string[], sentAt: string | null) => ({
    ...{
      id: crypto.randomUUID(),
      key: crypto.randomUUID(),
      channel: 'email' as const,
      purpose: 'chaser' as const,
    },
    ...{ toId, toAddress: `${toId}@police.example`, caseIds, subject: 'S', body: 'B', facts: {}, dueAt: at },
    ...{ state: sentAt === null ? ('pending' as const) : ('sent' as const), sentAt, createdAt: at },
  });
  await db
    .insert(messages)
    .values([
      message('PC1001', [one], '2026-03-07T08:00:00.000Z'),
      message('PC1002', [one, two], '2026-03-06T08:00:00.000Z'),
      message('PC1001', [two], null),
    ]);
  type Listed = { items: { to: { id: string; address: string }; at: string; caseUrns: string[] }[] };
  const list = async (query: string) => (await hub.anyone.get<Listed>(`/demo/messages${query}`)).body.items;
  expect((await list('')).map(({ to }) => to.id)).toEqual(['PC1002', 'PC1001']);
  expect(await list('?to=PC1001')).toEqual([
    {
      id: expect.any(String) as string,
      channel: 'email',
      to: { id: 'PC1001', address: 'PC1001@police.example' },
      subject: 'S',
      body: 'B',
      at: '2026-03-07T08:00:00.000Z',
      purpose: 'chaser',
      caseUrns: [urns[0]],
    },
  ]);
  expect((await list(`?caseUrn=${urns[1]}`)).map(({ to }) => to.id)).toEqual(['PC1002']);
  expect((await list(`?caseUrn=${urns[0]}&to=PC1002`)).length).toBe(1);
  expect(await list('?caseUrn=99ZZ9999999')).toEqual([]);
});

test('the start page says what this is, lets a browser in without a script, and draws no crown', async () => {
  const { status, text, headers } = await hub.anyone.get('/');
  expect(status).toBe(200);
  expect(headers.get('Content-Type')).toMatch(/^text\/html/);
  expect(text).toMatch(/<html lang="en"/);
  expect(text.match(/<h1/g)).toHaveLength(1);
  expect(text).toContain('href="/docs"');
  expect(text).toContain('value="cw-1"');
  expect(text).not.toMatch(/crown|crest|gov\.uk/i);
});

test('names on the start page are text, whatever is in them', async () => {
  await hub.hub.db.execute(sql`update staff set name = '<img src=x onerror=alert(1)>' where id = 'cw-8'`);
  const { text } = await hub.anyone.get('/');
  expect(text).not.toContain('<img');
  expect(text).toContain('&lt;img');
});

test('in production none of the demo’s routes exist, though its parts were handed in', async () => {
  const production = createApp({
    hub: { ...hub.hub, config: { ...hub.hub.config, mode: 'production' } },
    verifyToken: () => Promise.resolve({ kind: 'refused' }),
    demo: {
      issuer: { issue: () => Promise.reject(new Error()), verifyToken: () => Promise.reject(new Error()) },
      moveClock: () => Promise.reject(new Error()),
    },
  });
  const paths = ['/demo/tokens', '/demo/session', '/demo/clock', '/demo/messages'];
  for (const path of paths) {
    expect((await production.request(path)).status, path).toBe(404);
    expect((await production.request(path, { method: 'POST' })).status, path).toBe(404);
  }
  expect((await production.request('/health/live')).status).toBe(200);
});
