import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Connection } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import type { TestDatabase } from '../support/database.ts';
import { noteRoutes } from './note-routes.ts';

let dataDir: string;
let server: EmbeddedPostgres;
let connection: Connection;
let hub: TestHub;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hub-outage-'));
  server = await startEmbeddedPostgres({ dataDir, database: 'hub', progress: () => undefined });
  connection = connect(server.address, { max: 4 });
  await migrate(connection);
  hub = await startTestHub({
    database: connection as TestDatabase,
    parts: () => ({ extra: [noteRoutes] }),
  });
});
afterAll(async () => {
  await hub.close();
  await connection.close();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const note = (text: string, key: string, wait?: number) =>
  hub.as('cw-1').post('/api/test-notes', { text, ...(wait !== undefined && { wait }) }, { key });

test('when Postgres is killed in the middle of changes each is told 503 or is kept, and the hub carries on', async () => {
  for (const round of [1, 2, 3]) {
    const caught = [1, 2, 3, 4].map((n) => note(`caught ${round} ${n}`, `kill-${round}-${n}`, 3));
    await pause(400);
    process.kill(server.pid, 'SIGKILL');
    for (const reply of await Promise.all(caught)) {
      expect(reply.status).toBe(503);
      expect(Number(reply.headers.get('Retry-After'))).toBeGreaterThan(0);
    }
    const started = performance.now();
    while ((await hub.anyone.get('/health/ready')).status !== 200) await pause(100);
    expect(performance.now() - started, 'back, in milliseconds').toBeLessThan(30_000);
    const again = await Promise.all(
      [1, 2, 3, 4].map((n) => note(`caught ${round} ${n}`, `kill-${round}-${n}`, 3)),
    );
    expect(again.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  }
  const [kept] = await hub.hub.db.execute<{ n: number }>(
    sql`select count(*)::int as n from installation where value ->> 'text' like 'caught%'`,
  );
  expect(kept?.n, 'those tried again, once each').toBe(12);
});

test('while Postgres is stopped everything that needs it says 503 and when to try again, and nothing else falls over', async () => {
  const client = hub.as('cw-1');
  expect((await client.get('/api/me')).status).toBe(200);
  const caught = note('caught at the end', 'stop-1', 4);
  await pause(300);
  await server.stop();

  expect((await caught).status, 'a change that was cut off').toBe(503);
  const replies = await Promise.all([
    client.get('/api/me'),
    client.get('/api/offences?q=theft'),
    client.post('/api/deadlines/calculate', {
      rule: 'ctl-summary-56',
      facts: { custody: [{ from: '2026-01-10' }] },
    }),
    note('not kept', 'stop-2'),
    hub.anyone.post('/demo/tokens', { staffId: 'cw-1' }),
    hub.anyone.get('/demo/clock'),
    hub.anyone.get('/'),
  ]);
  for (const reply of replies) {
    expect(reply).toMatchObject({ status: 503, body: { title: 'Not available at the moment' } });
    expect(Number(reply.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(reply.text).not.toMatch(/socket|ECONN|ENOENT|PGSQL|connect /);
  }
  expect((await hub.anyone.get('/health/live')).status).toBe(200);
  const ready = await hub.anyone.get('/health/ready');
  expect(ready).toMatchObject({ status: 503, body: { status: 'down', checks: { postgres: 'down' } } });
  expect(ready.headers.get('Retry-After')).not.toBeNull();
  expect((await hub.anyone.get('/openapi.json')).status).toBe(200);
  expect((await hub.anyone.get('/api/me')).status, 'no token, no question').toBe(401);
});
