import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../support/app.ts';
import { noteRoutes } from './note-routes.ts';

let hub: TestHub;
const logged: string[] = [];
beforeAll(async () => {
  const log = { write: (line: string) => void logged.push(line) };
  hub = await startTestHub({ parts: () => ({ extra: [noteRoutes] }), log });
});
afterAll(() => hub.close());

const post = (body: unknown, options = {}) => hub.as('cw-1').post('/api/test-notes', body, options);
const errorsOf = async (body: unknown) => {
  const reply = await post(body);
  expect(reply.status).toBe(422);
  return reply.body['errors'];
};

test('a problem has the five members of RFC 9457 and the id of the request', async () => {
  const reply = await hub.anyone.get('/nowhere', { headers: { 'X-Request-Id': 'my-request_1' } });
  expect(reply.status).toBe(404);
  expect(reply.headers.get('Content-Type')).toBe('application/problem+json');
  expect(reply.headers.get('X-Request-Id')).toBe('my-request_1');
  expect(reply.body).toEqual({
    type: 'urn:prosecution-hub:problem:not-found',
    title: 'Not found',
    status: 404,
    detail: 'There is nothing here.',
    instance: 'my-request_1',
  });
});

test.each(['has space', 'x'.repeat(65), 'a;b', '<script>', ''])(
  'a request id that is not one ("%s") is replaced by one of the hub’s own',
  async (given) => {
    const reply = await hub.anyone.get('/health/live', { headers: { 'X-Request-Id': given } });
    expect(reply.headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/);
  },
);

test('what is missing, unknown or wrong is named by its path, in plain English', async () => {
  expect(await errorsOf({})).toEqual([{ path: 'text', message: 'is needed' }]);
  expect(await errorsOf({ text: 'x', txet: 1 })).toEqual([
    { path: 'txet', message: 'is not a field that is known here' },
  ]);
  expect(await errorsOf({ text: 7 })).toEqual([{ path: 'text', message: 'must be text' }]);
  expect(await errorsOf({ text: null })).toEqual([{ path: 'text', message: 'must be text' }]);
  expect(await errorsOf({ text: '' })).toEqual([{ path: 'text', message: 'must not be empty' }]);
  expect(await errorsOf({ text: 'x'.repeat(101) })).toEqual([
    { path: 'text', message: 'must have at most 100 characters' },
  ]);
  expect(await errorsOf({ text: 'x', kind: 'medium' })).toEqual([
    { path: 'kind', message: 'must be one of: short, long' },
  ]);
  expect(await errorsOf({ text: 'x', wait: 9 })).toEqual([{ path: 'wait', message: 'must be at most 5' }]);
});

test('several faults are told at once, however deep', async () => {
  const people = [{ name: 'A' }, { age: -1 }, { name: 'C', age: 1.5, shoe: 9 }];
  expect(await errorsOf({ people })).toEqual([
    { path: 'text', message: 'is needed' },
    { path: 'people.1.name', message: 'is needed' },
    { path: 'people.1.age', message: 'must be at least 0' },
    { path: 'people.2.age', message: 'must be a whole number' },
    { path: 'people.2.shoe', message: 'is not a field that is known here' },
  ]);
  expect(await errorsOf({ text: 'x', people: [1, 2, 3, 4] })).toContainEqual({
    path: 'people',
    message: 'must have at most 3 entries',
  });
});

test.each([[[]], ['text'], [null], [7], [true]])('a body that is no object (%j) is told so', async (body) => {
  const reply = await post(JSON.stringify(body));
  expect(reply).toMatchObject({
    status: 422,
    body: { errors: [{ path: '', message: 'must be an object' }] },
  });
});

test.each(['{', '', '{"text": }', '{text: 1}', "{'text': 1}", '{"text":"x"} trailing'])(
  'JSON that is not well formed (%s) is 400',
  async (body) => {
    expect(await post(body)).toMatchObject({
      status: 400,
      body: { errors: [{ path: '', message: 'is not well-formed JSON' }] },
    });
  },
);

test('a body of another media type is 415, with or without a name for it', async () => {
  const send = (type: string | undefined, body = '{"text":"x"}') =>
    hub.as('cw-1').send('/api/test-notes', {
      method: 'POST',
      body: new TextEncoder().encode(body),
      headers: type === undefined ? {} : { 'Content-Type': type },
    });
  expect((await send('text/plain')).status).toBe(415);
  expect((await send('application/xml', '<a/>')).status).toBe(415);
  expect((await send('application/x-www-form-urlencoded', 'text=x')).status).toBe(415);
  expect((await send(undefined)).status).toBe(415);
  expect((await send('application/json; charset=utf-8')).status).toBe(201);
  expect((await send('Application/JSON')).status).toBe(201);
});

test('a known path with another method is 405, with the methods that it has', async () => {
  const reply = await hub.as('cw-1').delete('/api/test-notes');
  expect(reply).toMatchObject({ status: 405, body: { title: 'Method not allowed' } });
  expect(reply.headers.get('Allow')).toBe('GET, HEAD, POST');
  expect((await hub.anyone.put('/health/live')).headers.get('Allow')).toBe('GET, HEAD');
  expect((await hub.as('cw-1').post('/api/me', {})).status).toBe(405);
});

test('an unknown query is refused, on routes that take some and on those that take none', async () => {
  for (const path of ['/api/test-notes?lmit=3', '/api/me?x=1']) {
    expect((await hub.as('cw-1').get(path)).status, path).toBe(422);
  }
  expect((await hub.as('cw-1').get('/api/test-notes?limit=1&limit=2')).status, 'said twice').toBe(422);
});

test('no error repeats what was sent, and no log holds it', async () => {
  const surname = 'Kwizbrax';
  const replies = await Promise.all([
    post({ text: [surname], kind: surname, [`${surname} Smith`]: 1 }),
    post(`{"text": "${surname}`),
    post({ text: 'x', people: [{ name: surname, age: surname }] }),
    hub.as('cw-1').get(`/api/test-notes?cursor=${surname}`),
    hub.as('cw-1').get(`/api/test-notes?q=${surname}${surname}`),
    hub.as('cw-1').put(`/api/test-notes/${surname}`, { text: 'x' }),
    hub.as('cw-1').get(`/api/${surname}`),
    hub.as('cw-1').post('/api/deadlines/calculate', { rule: surname, facts: { hearingOn: surname } }),
    hub.as('cw-1').post('/api/deadlines/calculate', {
      rule: 'vc-outcome',
      facts: { receivedAt: `${surname}T10:00` },
    }),
    hub.anyone.post('/demo/tokens', { staffId: surname }),
    post({ text: 'break this' }),
  ]);
  for (const { status, text } of replies) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).not.toContain(surname);
    expect(text).not.toMatch(/select |insert |node_modules|\.ts\b|postgres/i);
  }
  const lines = logged.filter((line) => !line.includes('nobody expected')).join('');
  expect(lines).not.toContain(surname);
});

test('a bug is logged with the id of its request, and every request with its route and no address', async () => {
  logged.length = 0;
  await post({ text: 'break this' }, { headers: { 'X-Request-Id': 'broken-1' } });
  await hub.as('cw-1').get('/api/test-notes?q=Snoddleby', { headers: { 'X-Request-Id': 'asked-1' } });
  const lines = logged.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toContainEqual(expect.objectContaining({ level: 'error', requestId: 'broken-1' }));
  expect(lines).toContainEqual(
    expect.objectContaining({
      requestId: 'asked-1',
      route: '/api/test-notes',
      method: 'GET',
      status: 200,
      staffId: 'cw-1',
    }),
  );
  expect(logged.join('')).not.toContain('Snoddleby');
});

test('every answer has the headers that keep browsers from doing harm', async () => {
  for (const path of ['/api/me', '/nowhere', '/', '/docs', '/health/live', '/docs/swagger-ui.css']) {
    const { headers } = await hub.anyone.get(path);
    expect(headers.get('X-Content-Type-Options'), path).toBe('nosniff');
    expect(headers.get('Content-Security-Policy'), path).toMatch(/default-src 'none'/);
    expect(headers.get('Content-Security-Policy'), path).toMatch(/frame-ancestors 'none'/);
    expect(headers.get('X-Request-Id'), path).toEqual(expect.any(String));
    expect(headers.get('Cache-Control'), path).toMatch(/no-store|public/);
  }
});
