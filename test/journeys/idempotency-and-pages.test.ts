import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backends, startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import {
  all,
  create,
  crimeCase,
  expectStatus,
  record,
  victim,
  type CaseJson,
  type Contact,
  type Settled,
  type Task,
} from './stage.ts';

describe.each(backends)(
  'answers that are asked for again, and lists that are read in pages, on %s',
  (backend) => {
    let hub: WholeHub;
    beforeAll(async () => {
      hub = await startWholeHub({ backend, now: '2026-06-02T10:00:00+01:00' });
    });
    afterAll(() => hub.close());

    const senior = () => hub.as('sr-1');

    test('one key makes one case, however often and from how many tabs it is sent', async () => {
      const body = crimeCase({ victims: [victim()] });
      const first = await senior().post<CaseJson>('/api/cases', body, { key: 'a case' });
      expect(first.status, first.text).toBe(201);
      const again = await senior().post<CaseJson>('/api/cases', body, { key: 'a case' });
      expect([again.status, again.text]).toEqual([201, first.text]);
      expect(again.headers.get('ETag')).toBe(first.headers.get('ETag'));
      expect((await senior().post('/api/cases', crimeCase(), { key: 'a case' })).status).toBe(422);

      const other = crimeCase();
      const at = await Promise.all(
        Array.from({ length: 8 }, () => senior().post<CaseJson>('/api/cases', other, { key: 'at once' })),
      );
      expect(new Set(at.map(({ status }) => status))).toEqual(
        new Set(at.some(({ status }) => status === 409) ? [201, 409] : [201]),
      );
      expect(new Set(at.filter(({ status }) => status === 201).map(({ text }) => text)).size).toBe(1);

      const warrant = { type: 'warrant-issued', on: '2026-06-02' };
      const path = `/api/cases/${other.urn}/events`;
      const told = await senior().post<Settled>(path, warrant, { key: 'told once' });
      const toldAgain = await senior().post<Settled>(path, warrant, { key: 'told once' });
      expect(toldAgain.text).toBe(told.text);
      const events = await hub.database.sql`
      select e.id from case_events e join cases c on c.id = e.case_id where c.urn = ${other.urn}`;
      expect(events).toHaveLength(2);

      const cw = first.body.caseworker ?? '';
      const pulled = await hub.as(cw).post(`/api/caseworkers/${cw}/next-task`, undefined, { key: 'mine' });
      const pulledAgain = await hub
        .as(cw)
        .post(`/api/caseworkers/${cw}/next-task`, undefined, { key: 'mine' });
      expect(pulledAgain.text).toBe(pulled.text);
      expect(await hub.problems()).toEqual([]);
    });

    test('every list is read to its end without loss and without doubles, while more comes in', async () => {
      const made: CaseJson[] = [];
      for (let n = 0; n < 12; n++) made.push(await create(senior(), { victims: [victim()] }));
      for (const { urn } of made.slice(0, 3))
        await record(senior(), urn, { type: 'bail-changed', on: '2026-06-02' });
      const cw = made[0]?.caseworker ?? '';
      const lists: [path: string, idOf: (item: never) => string][] = [
        ['/api/cases?kind=crime', ({ id }: CaseJson) => id],
        ['/api/contacts?state=owed', ({ id }: Contact) => id],
        [`/api/caseworkers/${cw}/queue`, ({ id }: Task) => id],
        [`/api/cases/${made[0]?.urn}/timeline`, ({ id }: { id: string }) => id],
      ];
      for (const [path, idOf] of lists) {
        const whole = (await all<never>(senior(), path, 100)).map(idOf);
        const inPages = (await all<never>(senior(), path, 3)).map(idOf);
        expect(inPages, path).toEqual(whole);
        expect(new Set(whole).size, path).toBe(whole.length);
        expect(whole.length, path).toBeGreaterThan(3);
      }
      // What comes in while a list is read makes none of what was there come twice or not at all.
      type Listed = { items: CaseJson[]; next: string };
      const page = await expectStatus(200, senior().get<Listed>('/api/cases?limit=5'));
      await create(senior());
      const next = await expectStatus(
        200,
        senior().get<Listed>(`/api/cases?limit=100&cursor=${encodeURIComponent(page.next)}`),
      );
      const seen = [...page.items, ...next.items].map(({ id }) => id);
      expect(new Set(seen).size).toBe(seen.length);
      for (const { id } of made) expect(seen).toContain(id);
      await expectStatus(422, senior().get('/api/cases?cursor=made-up'));
      expect(await hub.problems()).toEqual([]);
    });
  },
);
