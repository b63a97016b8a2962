import { afterAll, beforeAll, expect, test } from 'vitest';
import { mostStreams } from '../../src/http/live/live-queue.ts';
import { create, crimeCase } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { waitFor } from '../support/wait-for.ts';

const now = '2026-06-02T10:00:00+01:00';
let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now });
});
afterAll(() => hub.close());

async function cookieOf(who: string): Promise<string> {
  const reply = await hub.anyone.send('/demo/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' },
    body: `staffId=${who}`,
  });
  return (
    (reply.headers.getSetCookie().find((cookie) => cookie.startsWith('hub_session=')) ?? '').split(';')[0] ??
    ''
  );
}

type Stream = { status: number; heard: () => string; isOver: () => boolean; leave: () => void };

async function listen(Cookie: string): Promise<Stream> {
  const leaving = new AbortController();
  const answer = await fetch(`${hub.url}/queue/live?since=${encodeURIComponent(now)}`, {
    headers: { Cookie },
    signal: leaving.signal,
  });
  let heard = '';
  let isOver = false;
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>)
      heard += decoder.decode(piece);
  };
  void read()
    .catch(() => undefined)
    .finally(() => (isOver = true));
  return { status: answer.status, heard: () => heard, isOver: () => isOver, leave: () => leaving.abort() };
}

test('a stream tells a person of their own new work and of nobody else’s, and of no more than how much it is', async () => {
  const [mine, theirs] = [await listen(await cookieOf('cw-1')), await listen(await cookieOf('cw-5'))];
  await waitFor(
    'both to be open',
    () => mine.heard().includes('event: open') && theirs.heard().includes('event: open'),
  );
  const { id } = await create(hub.as('cw-1'), crimeCase());
  const [row] = await hub.hub.sql`select caseworker from cases where id = ${id}`;
  const owner =
    row?.['caseworker'] === 'cw-1' ? mine : await listen(await cookieOf(String(row?.['caseworker'])));
  await waitFor('the owner to hear', () => /event: work\ndata: \{"count":\d+\}/.test(owner.heard()));
  expect(theirs.heard()).not.toContain('event: work');
  expect(owner.heard()).not.toMatch(/21AB|Wigglethrope/);
  for (const one of [mine, theirs, owner]) one.leave();
});

test('a page that is left open keeps no session alive, and is told nothing once the session is over', async () => {
  const Cookie = await cookieOf('cw-2');
  const news = async () =>
    (await hub.anyone.get(`/queue/news?since=${encodeURIComponent(now)}`, { headers: { Cookie } })).status;
  await hub.hub
    .sql`update sessions set seen_at = clock_timestamp() - interval '59 minutes' where staff_id = 'cw-2'`;
  expect(await news()).toBe(200);
  const stream = await listen(Cookie);
  expect(stream.status).toBe(200);
  stream.leave();
  const [row] = await hub.hub
    .sql`select seen_at < clock_timestamp() - interval '58 minutes' as idle from sessions
    where staff_id = 'cw-2'`;
  expect(row?.['idle']).toBe(true);
  await hub.hub
    .sql`update sessions set seen_at = clock_timestamp() - interval '61 minutes' where staff_id = 'cw-2'`;
  expect(await news()).toBe(401);
  expect((await listen(Cookie)).status).toBe(401);
});

test('a page that somebody asks for keeps their session alive', async () => {
  const Cookie = await cookieOf('cw-5');
  await hub.hub
    .sql`update sessions set seen_at = clock_timestamp() - interval '59 minutes' where staff_id = 'cw-5'`;
  expect((await hub.anyone.get('/queue', { headers: { Cookie } })).status).toBe(200);
  await waitFor('the page to be written down', async () => {
    const [row] = await hub.hub
      .sql`select bool_or(seen_at > clock_timestamp() - interval '1 minute') as fresh from sessions where staff_id = 'cw-5'`;
    return row?.['fresh'] === true;
  });
});

test('a person has so many streams at once and no more, and one that ends makes room', async () => {
  const Cookie = await cookieOf('cw-3');
  const streams: Stream[] = [];
  for (let n = 0; n < mostStreams; n += 1) streams.push(await listen(Cookie));
  expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
  expect((await listen(Cookie)).status).toBe(503);
  streams[0]?.leave();
  await waitFor('room for another', async () => {
    const again = await listen(Cookie);
    if (again.status === 200) streams.push(again);
    return again.status === 200;
  });
  for (const { leave } of streams) leave();
});

test('a server that stops ends its streams at once, and leaves no connection that listens', async () => {
  const other = await startTestHub({ now });
  const reply = await other.anyone.send('/demo/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' },
    body: 'staffId=cw-1',
  });
  const Cookie = (reply.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '';
  const answer = await fetch(`${other.url}/queue/live?since=${encodeURIComponent(now)}`, {
    headers: { Cookie },
  });
  expect(answer.headers.get('Content-Type')).toContain('text/event-stream');
  const listening = await waitFor('one connection to listen', async () => {
    const rows = await other.hub.sql`select pid from pg_stat_activity
      where datname = current_database() and query ilike 'listen%hub_new_work%'`;
    return rows.length === 1 && rows;
  });
  const whole = answer.text();
  await other.close();
  expect(await whole).toContain('event: open');
  const left = await hub.hub
    .sql`select pid from pg_stat_activity where pid = ${String(listening[0]?.['pid'])}::int`;
  expect(left).toHaveLength(0);
});

test('what happened to deadlines is read again as it was, and the preview of a case is refused as its creation is', async () => {
  const { urn } = await create(hub.as('cw-1'), crimeCase());
  const recorded = await hub.as('cw-1').post<{ event: { id: string } }>(`/api/cases/${urn}/events`, {
    type: 'sent-to-crown-court',
    on: '2026-06-02',
  });
  const again = await hub
    .as('cw-1')
    .get<Record<string, { title: string; legalDue: string }[]>>(
      `/api/cases/${urn}/events/${recorded.body.event.id}`,
    );
  const dates = (body: Record<string, unknown>, of: string) =>
    (body[of] as { title: string; legalDue: string }[])
      .map(({ title, legalDue }) => `${title} ${legalDue}`)
      .toSorted();
  for (const of of ['added', 'moved', 'met', 'withdrawn'])
    expect(dates(again.body, of)).toEqual(dates(recorded.body, of));
  expect(dates(again.body, 'added').length).toBeGreaterThan(0);

  const wrong = { ...crimeCase(), officer: 'PC9999' };
  const [preview, creation] = await Promise.all([
    hub.as('cw-1').post('/api/cases/preview', wrong),
    hub.as('cw-1').post('/api/cases', wrong),
  ]);
  expect([preview.status, preview.body['errors']]).toEqual([422, creation.body['errors']]);
  expect((await hub.as('cw-1').post('/api/cases/preview', crimeCase({ urn }))).status).toBe(409);
});

test('pages that share a frame have each their own person, nonce and form token', async () => {
  const seen = new Set<string>();
  for (const [who, name] of [
    ['cw-1', 'Ines Caseworker'],
    ['cw-2', 'Gwen Caseworker'],
  ] as const) {
    const [person] = await hub.hub.sql<
      { name: string }[]
    >`update staff set name = ${name} where id = ${who} returning name`;
    const Cookie = await cookieOf(who);
    const answer = await hub.anyone.send('/queue', { headers: { Cookie } });
    const html = answer.text;
    const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('Content-Security-Policy') ?? '')?.[1];
    const token = /name="formToken" value="([^"]+)"/.exec(html)?.[1];
    expect(html).toContain(person?.name);
    expect(html.match(/nonce="[^"]*"/g)?.every((one) => one === `nonce="${nonce}"`)).toBe(true);
    expect(new Set(html.match(/name="formToken" value="[^"]+"/g)).size).toBe(1);
    seen
      .add(nonce ?? '')
      .add(token ?? '')
      .add(Cookie);
    expect(html).not.toContain(who === 'cw-1' ? 'Gwen' : 'Ines');
    expect(html).not.toContain('blank-');
  }
  expect(seen.size).toBe(6);
});
