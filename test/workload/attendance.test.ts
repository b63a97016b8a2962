import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Pulled } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { plant } from './stage.ts';

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

test('who is at court for the morning is given nothing until they are back, and has the afternoon to plan with', async () => {
  await hub.setClock('2026-06-08T10:00:00+01:00');
  const path = '/api/staff/cw-3/absences';
  const court = { from: '2026-06-08', to: '2026-06-08', end: '13:00', kind: 'court' };
  const training = { from: '2026-06-08', to: '2026-06-08', start: '15:00', end: '16:30', kind: 'training' };
  const wrong = await put(path, { absences: [court, { ...training, start: '12:30' }] });
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: 'absences.1.from' }] } });
  expect((await put(path, { absences: [{ ...court, end: '1pm' }] })).status).toBe(422);
  expect((await put(path, { absences: [training, court] })).body).toEqual({ absences: [court, training] });
  const read = await hub.as('cw-3').get<{ away: string | null }>('/api/caseworkers/cw-3/queue');
  expect(read.body.away).toBe('away (court) until 1pm');

  const [task] = await plant(hub, null, [{ team: 'crime', assignee: 'cw-3', effortMinutes: 30 }]);
  const next = () => hub.as('cw-3').post<Pulled>('/api/caseworkers/cw-3/next-task');
  expect((await next()).status).toBe(204);
  const { body } = await sr().get<{
    items: { id: string; absences: unknown; weeks: { capacityMinutes: number }[] }[];
  }>('/api/workload');
  const person = body.items.find(({ id }) => id === 'cw-3');
  expect(person?.absences).toEqual([court, training]);
  // From 1pm to 5.24pm without an hour and a half, and four full days.
  expect(person?.weeks[0]?.capacityMinutes).toBe(Math.floor((444 - 240 - 90) * 0.85) + 4 * 377);
  await hub.setClock('2026-06-08T13:00:00+01:00');
  expect((await next()).body.task.id).toBe(task);
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
