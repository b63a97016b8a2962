import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../support/app.ts';
import { noteRoutes } from './note-routes.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ parts: () => ({ extra: [noteRoutes] }) });
});
afterAll(() => hub.close());

const post = (body: unknown) => hub.as('cw-1').post('/api/test-notes', body);

test.each([20, 1_000, 100_000])('JSON that is %i levels deep is refused, not followed', async (depth) => {
  const deep = `{"text":"x","anything":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const reply = await post(deep);
  if (depth === 20) expect(reply.status, 'still an ordinary depth').toBe(201);
  else expect(reply).toMatchObject({ status: 422, body: { errors: [{ message: 'is nested too deeply' }] } });
});

test('a body of two megabytes is 413, whether its length was said or not', async () => {
  const megabytes = JSON.stringify({ text: 'x', anything: 'y'.repeat(2_000_000) });
  expect(await post(megabytes)).toMatchObject({ status: 413, body: { title: 'Too large' } });
  const chunked = await hub.as('cw-1').send('/api/test-notes', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: new Blob([megabytes]).stream(),
    duplex: 'half',
  });
  expect(chunked.status).toBe(413);
  expect((await post({ text: 'after' })).status, 'the next request').toBe(201);
});

test('a stranger’s two megabytes are not read at all', async () => {
  const reply = await hub.anyone.post('/api/test-notes', 'y'.repeat(2_000_000));
  expect(reply.status).toBe(401);
});

test.each([
  ['a NUL character', '{"text":"a\\u0000b"}', 'text'],
  ['half of a surrogate pair', '{"text":"a\\ud800b"}', 'text'],
  ['a NUL character deep down', '{"text":"x","anything":{"a":["\\u0000"]}}', 'anything.a.0'],
])('%s in a text is 422, since Postgres cannot keep it', async (_what, body, path) => {
  expect(await post(body)).toMatchObject({
    status: 422,
    body: { errors: [{ path, message: 'has a character that cannot be stored' }] },
  });
});

test('a NUL character in a path is 404, and in a query 422', async () => {
  expect((await hub.as('cw-1').get('/api/test-notes?q=%00')).status).toBe(422);
  expect((await hub.as('cw-1').get('/api/offences?q=a%00b')).status).toBe(422);
  expect((await hub.as('cw-1').put('/api/test-notes/%00', { text: 'x' })).status).toBe(404);
});

test('a body that is not UTF-8 is 400', async () => {
  const reply = await hub.as('cw-1').send('/api/test-notes', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')]),
  });
  expect(reply).toMatchObject({ status: 400, body: { errors: [{ message: 'is not UTF-8 text' }] } });
});

test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
  'the name %s is an unknown field like any other, and changes no object',
  async (name) => {
    const reply = await post(`{"text":"x","${name}":{"admin":true}}`);
    expect(reply).toMatchObject({
      status: 422,
      body: { errors: [{ path: name, message: 'is not a field that is known here' }] },
    });
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  },
);

test('a prototype cannot be reached through facts or a query either', async () => {
  const calculate = (facts: string) =>
    hub.as('cw-1').post('/api/deadlines/calculate', `{"rule":"ctl-summary-56","facts":${facts}}`);
  expect((await calculate('{"__proto__":{"custody":[{"from":"2026-01-10"}]}}')).status).toBe(422);
  expect((await calculate('{"constructor":1}')).status).toBe(422);
  for (const rule of ['__proto__', 'constructor', 'toString']) {
    const reply = await hub.as('cw-1').post('/api/deadlines/calculate', { rule, facts: {} });
    expect(reply).toMatchObject({ status: 422, body: { errors: [{ path: 'rule' }] } });
  }
  expect((await hub.as('cw-1').get('/api/test-notes?__proto__=1')).status).toBe(422);
});

test.each([
  "'; drop table staff; --",
  '%',
  '_',
  '\\',
  '!!!',
  'a'.repeat(201),
  '💩',
  "d'rivers",
  '(:*',
  '&|!',
  '<->',
])('a search for %s is answered, or refused as too long', async (q) => {
  for (const path of ['/api/offences', '/api/courts']) {
    const { status } = await hub.as('cw-1').get(`${path}?q=${encodeURIComponent(q)}`);
    expect(status).toBe(q.length > 200 ? 422 : 200);
  }
});

test.each([
  '/%',
  '/%zz',
  '/api/%E0%A4%A',
  '//',
  '/../etc/passwd',
  '/docs/..%2f..%2fpackage.json',
  '/docs/package.json',
])('the path %s leads nowhere', async (path) => {
  const { status } = await hub.as('cw-1').get(path);
  expect([400, 404]).toContain(status);
});

test('an authorization header of any shape is refused without harm', async () => {
  for (const value of [
    'Bearer',
    'Bearer a',
    `Bearer ${'a.'.repeat(100)}`,
    'Bearer a.b.c d',
    'x'.repeat(8_000),
  ])
    expect((await hub.anyone.get('/api/me', { headers: { Authorization: value } })).status).toBe(401);
});

test('nonsense on the wire closes that connection, and the next request is served', async () => {
  const port = Number(new URL(hub.url).port);
  for (const nonsense of [
    '\0\0\0\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'POST /api/me HTTP/1.1\r\nContent-Length: x\r\n\r\n',
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(nonsense));
      socket
        .on('close', () => resolve())
        .on('error', () => resolve())
        .resume();
    });
  }
  expect((await hub.anyone.get('/health/live')).status).toBe(200);
});
