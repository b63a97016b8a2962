import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../support/app.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

type Found = {
  items: { code: string; title?: string | null; class?: string | null; house?: string }[];
  next: string | null;
};
const find = async (path: string, q: string, more = '') =>
  (await hub.as('feed-1').get<Found>(`${path}?q=${encodeURIComponent(q)}${more}`)).body;

test('offences are found by the beginning of a code and by words of the title', async () => {
  expect((await find('/api/offences', 'th68006')).items[0]).toMatchObject({
    code: 'TH68006',
    class: 'either-way',
  });
  expect((await find('/api/offences', 'TH68')).items.every(({ code }) => code.startsWith('TH68'))).toBe(true);
  expect((await find('/api/offences', 'person theft')).items[0]?.title).toMatch(/theft from the person/i);
});

test('courts are found by the beginning of a code and by their names', async () => {
  const { items } = await find('/api/courts', 'lavender');
  expect(items[0]).toMatchObject({ house: 'Lavender Hill' });
  expect((await find('/api/courts', items[0]?.code ?? '')).items).toContainEqual(items[0]);
});

test('nothing typed finds nothing, and a limit is kept', async () => {
  expect(await find('/api/offences', ' ')).toEqual({ items: [], next: null });
  expect((await hub.as('cw-1').get('/api/courts')).body).toEqual({ items: [], next: null });
  expect((await find('/api/offences', 'theft', '&limit=3')).items).toHaveLength(3);
  expect((await find('/api/offences', 'theft')).items.length).toBeLessThanOrEqual(25);
  expect((await hub.as('cw-1').get('/api/courts?q=a&limit=101')).status).toBe(422);
});

type Listed = { items: { id?: string; code?: string }[]; next: string | null };

test.each([
  ['/api/offences?q=theft', 20],
  ['/api/deadline-rules?', 50],
])('%s has all of its pages, each thing once', async (path, limit) => {
  const read = async (more: string) => (await hub.as('cw-1').get<Listed>(`${path}&${more}`)).body;
  const names = ({ items }: Listed) => items.map(({ id, code }) => id ?? code);
  let page = await read(`limit=${limit}`);
  const found = names(page);
  while (page.next !== null) {
    page = await read(`limit=${limit}&cursor=${page.next}`);
    found.push(...names(page));
  }
  expect(new Set(found).size).toBe(found.length);
  expect(found.length).toBeGreaterThan(limit);
  expect(found.slice(0, 100)).toEqual(names(await read('limit=100')));
});
