import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../support/app.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00' });
});
afterAll(() => hub.close());

const sr = () => hub.as('sr-1');
async function put(path: string, body: unknown, who = 'sr-1') {
  const read = await hub.as('sr-1').get(path);
  return hub.as(who).put(path, body, { ifMatch: read.headers.get('etag') ?? '' });
}

test('a senior records who is away, knowing what was recorded before; the person sees it, others do not', async () => {
  const path = '/api/staff/cw-1/absences';
  const leave = { from: '2026-06-03', to: '2026-06-12', kind: 'leave' };
  expect((await sr().put(path, { absences: [leave] })).status).toBe(428);
  const first = await sr().get(path);
  expect(first.body).toEqual({ absences: [] });
  const tag = { ifMatch: first.headers.get('etag') ?? '' };
  expect(await sr().put(path, { absences: [leave] }, tag)).toMatchObject({
    status: 200,
    body: { absences: [leave] },
  });
  expect((await sr().put(path, { absences: [] }, tag)).status, 'another senior read it before').toBe(412);
  expect(await hub.as('cw-1').get(path)).toMatchObject({ status: 200, body: { absences: [leave] } });
  expect((await hub.as('cw-2').get(path)).status).toBe(403);
  expect((await hub.as('cw-1').put(path, { absences: [] }, tag)).status).toBe(403);
  expect((await sr().get('/api/staff/feed-1/absences')).status).toBe(404);

  await hub.setClock('2026-06-05T10:00:00+01:00');
  expect((await put(path, { absences: [] })).body, 'back after two days').toEqual({ absences: [] });
  const kept = await hub.database.sql`
    select from_date::text, to_date::text from absences where staff_id = 'cw-1'`;
  expect(kept, 'the days taken stay').toEqual([{ from_date: '2026-06-03', to_date: '2026-06-04' }]);
  const wrong = await put(path, { absences: [{ ...leave, to: '2026-06-04' }] });
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: 'absences.0.to' }] } });
});

test('working hours and skills are recorded, checked and shown, with how many minutes they make', async () => {
  const day = { start: '09:00', end: '15:00', breakMinutes: 30 };
  const body = {
    from: '2026-06-01',
    weeks: [[day, day, day, null, null, null, null]],
    flexitime: { latest: '19:00' },
    worksBankHolidays: false,
  };
  const path = '/api/staff/cw-2/working-pattern';
  expect((await sr().get(path)).body).toMatchObject({ isRecorded: false, minutesAWeek: [2_220] });
  expect((await put(path, body, 'admin-1')).body).toEqual({ ...body, isRecorded: true, minutesAWeek: [990] });
  const wrong = await put(path, {
    ...body,
    from: '2026-06-02',
    weeks: [[{ ...day, end: '08:00' }, day, day, null, null, null, null]],
    flexitime: { latest: '10:00' },
  });
  expect(wrong.status).toBe(422);
  expect((wrong.body as { errors: { path: string }[] }).errors.map((error) => error.path)).toEqual([
    'from',
    'weeks.0.0.end',
    'flexitime.latest',
  ]);
  expect(
    (await put('/api/staff/cw-2/skills', { skills: ['youth', 'domestic-abuse', 'youth'] })).body,
  ).toEqual({
    skills: ['domestic-abuse', 'youth'],
  });
  expect((await put('/api/staff/cw-2/skills', { skills: ['Not A Word'] })).status).toBe(422);
  const history = await hub.database.sql`
    select action from history where entity = 'staff' and entity_id = 'cw-2' order by id`;
  expect(history.map(({ action }) => action as string)).toEqual(['working-pattern-set', 'skills-set']);
});
