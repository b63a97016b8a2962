import { count, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idempotencyRecords, installation } from '../../db/schema/platform.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { noteRoutes } from './note-routes.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ parts: () => ({ extra: [noteRoutes] }), max: 20 });
});
afterAll(() => hub.close());

async function notesWith(text: string): Promise<number> {
  const [row] = await hub.hub.db
    .select({ n: count() })
    .from(installation)
    .where(eq(sql`${installation.value} ->> 'text'`, text));
  return row?.n ?? 0;
}

const post = (body: unknown, key?: string, as = 'cw-1') =>
  hub.as(as).post('/api/test-notes', body, key === undefined ? {} : { key });

test('the same key and body give the stored answer again, byte for byte, and change nothing', async () => {
  const first = await post({ text: 'once' }, 'key-1');
  const again = await post({ text: 'once' }, 'key-1');
  expect(first.status).toBe(201);
  expect(again.status).toBe(201);
  expect(again.text).toBe(first.text);
  for (const header of ['Location', 'ETag', 'Content-Type'])
    expect(again.headers.get(header)).toBe(first.headers.get(header));
  expect(first.headers.get('ETag')).toMatch(/^"[0-9a-f-]{36}\.v1"$/);
  expect(await notesWith('once')).toBe(1);
});

test('the same key with another body is 422, and names the key', async () => {
  await post({ text: 'mine' }, 'key-2');
  const reply = await post({ text: 'other' }, 'key-2');
  expect(reply).toMatchObject({ status: 422, body: { errors: [{ path: 'Idempotency-Key' }] } });
  expect(await notesWith('other')).toBe(0);
});

test('two people, and two routes, may use the same key', async () => {
  const mine = await post({ text: 'shared key' }, 'key-3', 'cw-1');
  const theirs = await post({ text: 'shared key' }, 'key-3', 'cw-2');
  expect(mine.body['id']).not.toBe(theirs.body['id']);
});

test('of fifty at once with one key exactly one takes effect; the others get its answer or 409', async () => {
  const replies = await Promise.all(
    Array.from({ length: 50 }, () => post({ text: 'at once', wait: 0.2 }, 'key-4')),
  );
  const made = replies.filter(({ status }) => status === 201);
  const told = replies.filter(({ status }) => status === 409);
  expect(made.length + told.length).toBe(50);
  expect(new Set(made.map(({ text }) => text)).size).toBe(1);
  expect(told.every(({ headers }) => headers.get('Retry-After') === '1')).toBe(true);
  expect(await notesWith('at once')).toBe(1);
  const after = await post({ text: 'at once', wait: 0.2 }, 'key-4');
  expect(after.text).toBe(made[0]?.text);
});

test('while the first is still running the second is told so', async () => {
  const first = post({ text: 'slow', wait: 0.6 }, 'key-5');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await post({ text: 'slow', wait: 0.6 }, 'key-5')).toMatchObject({
    status: 409,
    body: { title: 'Still being carried out' },
  });
  expect((await first).status).toBe(201);
});

test('a failure changes nothing and is not stored, so that the same key can be tried again', async () => {
  const failed = await post({ text: 'refuse this' }, 'key-6');
  expect(failed).toMatchObject({ status: 409, body: { detail: 'It was refused.' } });
  expect(await notesWith('refuse this')).toBe(0);
  expect((await post({ text: 'better' }, 'key-6')).status).toBe(201);
});

test('a bug changes nothing, stores nothing and tells nothing', async () => {
  const reply = await post({ text: 'break this' }, 'key-7');
  expect(reply.status).toBe(500);
  expect(reply.text).not.toMatch(/Kwizbrax|passwd|at .*\.ts/);
  expect(await notesWith('break this')).toBe(0);
  expect((await post({ text: 'better still' }, 'key-7')).status).toBe(201);
});

test.each([
  ['empty', ''],
  ['too long', 'x'.repeat(201)],
  ['not printable', 'caf\u00e9'],
  ['with a tab', 'a\tb'],
])('a key that is %s is refused', async (_what, key) => {
  expect(await post({ text: 'never' }, key)).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'Idempotency-Key', message: 'must have 1 to 200 printable characters' }] },
  });
});

test('a key may have one printable character, or two hundred', async () => {
  expect((await post({ text: 'short key' }, '~')).status).toBe(201);
  expect((await post({ text: 'long key' }, 'x'.repeat(200))).status).toBe(201);
});

test('without a key every request takes effect, and nothing is stored', async () => {
  const [before] = await hub.hub.db.select({ n: count() }).from(idempotencyRecords);
  await post({ text: 'no key' });
  await post({ text: 'no key' });
  const [after] = await hub.hub.db.select({ n: count() }).from(idempotencyRecords);
  expect(await notesWith('no key')).toBe(2);
  expect(after).toEqual(before);
});

test('stored answers live in the machine’s time, wherever the hub’s clock is', async () => {
  await hub.setClock('2033-01-01T00:00:00Z');
  await post({ text: 'later' }, 'key-8');
  const [row] = await hub.hub.db.execute<{ late: boolean }>(
    sql`select bool_or(created_at > now() + interval '1 hour') as late from idempotency_records`,
  );
  expect(row?.late).toBe(false);
});

test('a change needs the ETag that was read last: 428 without it, 412 when it is old', async () => {
  const made = await post({ text: 'versioned' });
  const path = made.headers.get('Location') ?? '';
  const etag = made.headers.get('ETag') ?? '';
  const put = (ifMatch?: string) =>
    hub.as('cw-1').put(path, { text: 'versioned more' }, ifMatch === undefined ? {} : { ifMatch });
  expect((await put()).status).toBe(428);
  expect((await put(`W/${etag}`)).status, 'a weak tag').toBe(412);
  expect((await put('"nonsense"')).status).toBe(412);
  const changed = await put(`"other", ${etag}`);
  expect(changed.status).toBe(204);
  expect(changed.headers.get('ETag')).toBe(etag.replace('.v1', '.v2'));
  expect((await put(etag)).status).toBe(412);
  expect((await put('*')).status).toBe(204);
});

test('a list is read in pages to its end, each entry once', async () => {
  const seen: string[] = [];
  let next: string | null = null;
  do {
    const query: string = next === null ? '' : `&cursor=${next}`;
    const { body } = await hub
      .as('audit-1')
      .get<{ items: { id: string }[]; next: string | null }>(`/api/test-notes?limit=3${query}`);
    expect(body.items.length).toBeLessThanOrEqual(3);
    seen.push(...body.items.map(({ id }) => id));
    next = body.next;
  } while (next !== null);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBeGreaterThan(6);
  expect([...seen].sort()).toEqual(seen);
});

test.each(['0', '101', '-1', 'ten', '1.5', '', '1e2'])('a list refuses the limit "%s"', async (limit) => {
  expect(await hub.as('audit-1').get(`/api/test-notes?limit=${limit}`)).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'limit', message: 'must be a whole number from 1 to 100' }] },
  });
});

test.each(['x', 'e30', 'WzFd', 'bnVsbA', '%F0%9F%92%A9', Buffer.from('["a","b"]').toString('base64url')])(
  'a list refuses the cursor %s, which it did not give',
  async (cursor) => {
    expect(await hub.as('audit-1').get(`/api/test-notes?cursor=${cursor}`)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'cursor', message: 'is not a cursor that this list gave' }] },
    });
  },
);

test('the limit is 25 unless given', async () => {
  await Promise.all(Array.from({ length: 30 }, (_, i) => post({ text: `one of many ${i}` })));
  const { body } = await hub.as('audit-1').get<{ items: unknown[]; next: string }>('/api/test-notes');
  expect(body.items).toHaveLength(25);
  expect(body.next).toEqual(expect.any(String));
});
