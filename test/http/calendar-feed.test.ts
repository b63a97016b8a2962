import { afterAll, beforeAll, expect, test } from 'vitest';
import { calendarLinks } from '../../db/schema/calendar-links.ts';
import { idempotencyRecords } from '../../db/schema/platform.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { inCustody } from '../deadlines/stories/bodies.ts';

let hub: TestHub;
const log: string[] = [];
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-01-07T09:00:00Z', log: { write: (line) => void log.push(line) } });
});
afterAll(() => hub.close());

const link = async (who: string, key?: string) =>
  (
    await hub
      .as(who)
      .post<{ url: string }>(
        `/api/caseworkers/${who}/calendar-link`,
        undefined,
        key === undefined ? {} : { key },
      )
  ).body.url;
const feed = (url: string) => hub.anyone.get(new URL(url).pathname);

test('a caseworker’s open deadlines are all-day events by URN and rule, with nobody’s name', async () => {
  const made = await hub.as('feed-1').post<{
    caseworker: string;
    deadlines: { id: string; version: number; title: string; actionDue: string }[];
  }>('/api/cases', { ...inCustody(), urn: '21AB0000326' });
  const { caseworker, deadlines } = made.body;
  const { status, text, headers } = await feed(await link(caseworker));
  expect(status).toBe(200);
  expect(headers.get('content-type')).toContain('text/calendar');
  expect(headers.get('cache-control')).toContain('private');
  const unfolded = text.replaceAll('\r\n ', '');
  const limit = deadlines.find(({ title }) => title.startsWith('Custody time limit, either-way'));
  expect(unfolded).toContain(`UID:${limit?.id}`);
  expect(unfolded).toContain(`SEQUENCE:${limit?.version}`);
  expect(unfolded).toContain(`DTSTART;VALUE=DATE:${limit?.actionDue.replaceAll('-', '')}`);
  expect(unfolded).toContain('SUMMARY:21AB0000326: Custody time limit');
  expect(unfolded).not.toContain('Example');
  expect(unfolded.match(/BEGIN:VEVENT/g)).toHaveLength(deadlines.length);
});

test('a restricted case that its caseworker may not see is not in the calendar', async () => {
  const { db } = hub.hub;
  await db.execute(`update cases set restricted = true, visible_to = '{sr-1}' where urn = '21AB0000326'`);
  const [row] = await db.execute<{ caseworker: string }>(
    `select caseworker from cases where urn = '21AB0000326'`,
  );
  expect((await feed(await link(row?.caseworker ?? ''))).text).not.toContain('21AB0000326');
});

test('a new link revokes the old one, and a link can be revoked; it is kept nowhere, and is never logged', async () => {
  const first = await link('cw-2', 'a-key');
  const second = await link('cw-2', 'a-key');
  expect(second).not.toBe(first);
  expect((await feed(first)).status).toBe(404);
  expect((await feed(second)).status).toBe(200);
  const token = /calendar\/(.*)\.ics$/.exec(second)?.[1] ?? '';
  const { db } = hub.hub;
  const stored = JSON.stringify([
    await db.select().from(calendarLinks),
    await db.select().from(idempotencyRecords),
  ]);
  expect(stored).not.toContain(token);
  expect(log.join()).not.toContain(token);
  expect((await hub.as('cw-2').delete('/api/caseworkers/cw-2/calendar-link')).status).toBe(204);
  expect((await feed(second)).status).toBe(404);
  expect((await hub.as('cw-2').delete('/api/caseworkers/cw-2/calendar-link')).status).toBe(404);
});

test('a link is one’s own to make, and stops with whoever leaves', async () => {
  expect((await hub.as('sr-1').post('/api/caseworkers/cw-3/calendar-link')).status).toBe(403);
  expect((await hub.as('admin-1').post('/api/caseworkers/admin-1/calendar-link')).status).toBe(403);
  const url = await link('cw-3');
  await hub.hub.db.execute(`update staff set active = false where id = 'cw-3'`);
  expect((await feed(url)).status).toBe(404);
  expect((await hub.anyone.get('/calendar/no-such-link.ics')).status).toBe(404);
});
