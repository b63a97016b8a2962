import { Queue } from 'bullmq';
import { Registry, Counter } from 'prom-client';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSession } from '../../src/staff/sessions.ts';
import { startTestHub, type TestHub } from '../support/app.ts';

let hub: TestHub;
let isRedisUp = true;
const metrics = new Registry();
beforeAll(async () => {
  hub = await startTestHub({ parts: () => ({ metrics, isRedisUp: async () => isRedisUp }) });
});
afterAll(() => hub.close());

type Ready = {
  status: string;
  checks: { canary: { status: string; ageSeconds: number | null }; redis: string };
};
const ready = () => hub.anyone.get<Ready>('/health/ready');

test('the process says that it lives', async () => {
  expect(await hub.anyone.get('/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
});

test('readiness is degraded until a worker has been heard, and when Redis is down; never down for that', async () => {
  expect(await ready()).toMatchObject({
    status: 200,
    body: { status: 'degraded', checks: { canary: { status: 'silent', ageSeconds: null } } },
  });
  const { db } = hub.hub;
  await db.execute(
    sql`insert into canaries values ('deadlines', now()), ('chasers', now() - interval '9 s')`,
  );
  const heard = await ready();
  expect(heard.body).toMatchObject({ status: 'ready', checks: { canary: { status: 'heard' }, redis: 'up' } });
  expect(heard.body.checks.canary.ageSeconds).toBeGreaterThanOrEqual(9);
  await db.execute(sql`update canaries set heard_at = now() - interval '10 min' where queue = 'chasers'`);
  expect((await ready()).body).toMatchObject({
    status: 'degraded',
    checks: { canary: { status: 'silent' } },
  });
  await db.execute(sql`update canaries set heard_at = now()`);
  isRedisUp = false;
  expect(await ready()).toMatchObject({
    status: 200,
    body: { status: 'degraded', checks: { redis: 'down' } },
  });
});

test('a probe of Redis that never answers does not hang readiness', async () => {
  const other = await startTestHub({
    database: hub.database,
    parts: () => ({ isRedisUp: () => new Promise<boolean>(() => undefined) }),
  });
  const started = performance.now();
  expect((await other.anyone.get<Ready>('/health/ready')).body.checks.redis).toBe('down');
  expect(performance.now() - started).toBeLessThan(12_000);
  await other.close();
});

test('an older schema than the code expects is not ready', async () => {
  const { db } = hub.hub;
  await db.execute(sql`create table kept as select * from drizzle.__drizzle_migrations`);
  await db.execute(sql`delete from drizzle.__drizzle_migrations where id = (select max(id) from kept)`);
  expect(await ready()).toMatchObject({
    status: 503,
    body: { status: 'down', checks: { migrations: 'behind' } },
  });
  await db.execute(
    sql`insert into drizzle.__drizzle_migrations select * from kept where id = (select max(id) from kept)`,
  );
});

test('metrics are those of the registry that was handed in, with requests by route and nobody’s id', async () => {
  new Counter({ name: 'hub_test_total', help: 'x', registers: [metrics] }).inc();
  await hub.as('cw-1').get('/api/offences?q=Kwizbrax');
  const { status, text, headers } = await hub.anyone.get('/metrics');
  expect(status).toBe(200);
  expect(headers.get('Content-Type')).toMatch(/^text\/plain/);
  expect(text).toContain('hub_test_total 1');
  expect(text).toMatch(
    /hub_http_request_seconds_count\{method="GET",route="\/api\/offences",status="2xx"\} 1/,
  );
  expect(text).not.toMatch(/Kwizbrax|cw-1/);
});

test('paths that nobody has, however many, make one series', async () => {
  for (let i = 0; i < 20; i += 1) await hub.anyone.get(`/nowhere-${i}`);
  const { text } = await hub.anyone.get('/metrics');
  expect(text).not.toContain('nowhere');
});

type Schema = { $ref?: string };
type Operation = {
  summary?: string;
  security?: unknown;
  responses: Record<string, { content?: object }>;
  requestBody?: { content: Record<string, { schema: Schema }> };
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: object };
};

test('the OpenAPI document describes every route, and who may call it', async () => {
  const { body } = await hub.anyone.get<Document>('/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  const described = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  const served = hub.app.routes
    .filter(({ method, path }) => method !== 'ALL' && !path.startsWith('/admin/queues/'))
    .map(({ method, path }) => `${method} ${path}`);
  expect([...new Set(served)].filter((route) => !described.includes(route))).toEqual([]);
  for (const methods of Object.values(body.paths)) {
    for (const operation of Object.values(methods)) {
      expect(operation.summary).toEqual(expect.any(String));
      expect(Object.keys(operation.responses).length).toBeGreaterThan(0);
    }
  }
  expect(body.paths['/api/me']?.['get']?.security).toEqual([{ bearer: [] }]);
  expect(body.components.securitySchemes).toHaveProperty('bearer');
});

test('every reference in the document leads somewhere', async () => {
  const { text, body } = await hub.anyone.get<Document>('/openapi.json');
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
  expect(references.length).toBeGreaterThan(5);
  expect(references.filter((name) => !Object.hasOwn(body.components.schemas, name ?? ''))).toEqual([]);
});

test('the document tells of the calculator’s facts what the calculator takes', async () => {
  const { text } = await hub.anyone.get('/openapi.json');
  for (const word of ['custody', 'sentToCrownCourtOn', 'first-class-post', 'date-time', 'DeadlineQuestion'])
    expect(text).toContain(word);
});

test('the page of the document needs no other host, and no script without its nonce', async () => {
  const { status, text, headers } = await hub.anyone.get('/docs');
  expect(status).toBe(200);
  const policy = headers.get('Content-Security-Policy') ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(text).not.toMatch(/(src|href)="https?:/);
  for (const [script] of text.matchAll(/<script[^>]*>/g)) expect(script).toContain(`nonce="${nonce}"`);
  expect(text).not.toMatch(/ on\w+=| style="/);
  const again = (await hub.anyone.get('/docs')).headers.get('Content-Security-Policy');
  expect(again, 'a nonce is used once').not.toBe(policy);
  const assets = [...text.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map(([, path]) => path ?? '');
  expect(assets).toHaveLength(2);
  for (const path of assets) {
    const asset = await hub.anyone.get(path);
    expect(asset.status).toBe(200);
    expect(asset.headers.get('Content-Type')).toMatch(/^text\/(css|javascript)/);
  }
  expect((await hub.anyone.get('/docs/index.html')).status).toBe(404);
});

test('the queues are shown to administrators alone, by token or by cookie, and cannot be changed', async () => {
  expect((await hub.anyone.get('/admin/queues')).status).toBe(401);
  for (const who of ['cw-1', 'sr-1', 'audit-1', 'feed-1'])
    for (const path of ['/admin/queues', '/admin/queues/api/queues', '/admin/queues/static/x.js'])
      expect((await hub.as(who).get(path)).status, `${who} ${path}`).toBe(403);
  const board = await hub.as('admin-1').get('/admin/queues');
  expect(board.status).toBe(200);
  expect(board.text).toContain('/admin/queues/');
  expect(board.text).not.toMatch(/(?:href|src)="(?:https?:)?\/\//);
  const script = /src="(static\/js\/main[^"]+)"/.exec(board.text)?.[1];
  expect((await hub.as('admin-1').get(`/admin/queues/${script}`)).status).toBe(200);
  const Cookie = `hub_session=${await startSession(hub.hub.db, 'admin-1')}`;
  expect((await hub.anyone.get('/admin/queues', { headers: { Cookie } })).status).toBe(200);
  for (const method of ['PUT', 'POST', 'PATCH', 'DELETE']) {
    const reply = await hub.as('admin-1').send('/admin/queues/api/queues/deadlines/pause', { method });
    expect(reply.status, method).toBe(405);
  }
});

test('the board lists the queues that were handed in, each read-only', async () => {
  const queue = new Queue('deadlines', { connection: { host: '127.0.0.1', port: 1, lazyConnect: true } });
  queue.on('error', () => undefined);
  const other = await startTestHub({ database: hub.database, parts: () => ({ queues: [queue] }) });
  const { text } = await other.as('admin-1').get('/admin/queues');
  expect(text).toContain('Prosecution Hub queues');
  await other.close();
  await queue.close().catch(() => undefined);
});
