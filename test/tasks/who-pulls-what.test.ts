import { afterAll, beforeEach, beforeAll, expect, test } from 'vitest';
import { create, expectStatus, type CaseJson, type Page, type Pulled, type Task } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { plant, replace } from '../workload/stage.ts';

let hub: TestHub;
let first: CaseJson;
let second: CaseJson;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00' });
  first = await create(hub.as('sr-1'));
  second = await create(hub.as('sr-1'), { officer: 'PC1002' });
});
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.setClock('2026-06-02T10:00:00+01:00');
  await hub.database.sql`update tasks set state = 'cancelled', claimed_by = null, claim_token = null,
    claim_until = null`;
  await hub.database.sql`delete from claims`;
  await hub.database.sql`delete from absences`;
  await hub.database.sql`delete from attendance`;
  await hub.database.sql`delete from weekend_cover`;
});

const next = (who: string) =>
  hub.as(who).post<Pulled & { notes: { by: string; text: string }[] }>(`/api/caseworkers/${who}/next-task`);
const queue = (who: string, more = '') =>
  expectStatus(
    200,
    hub.as(who).get<Page<Task> & { away: string | null }>(`/api/caseworkers/${who}/queue?limit=100${more}`),
  );
const pulled = async (who: string): Promise<string | number> => {
  const reply = await next(who);
  return reply.status === 200 ? reply.body.task.id : reply.status;
};
const verb = (who: string, task: Task, name: string, body: Record<string, unknown> = {}) =>
  hub.as(who).post<Task>(`/api/tasks/${task.id}/${name}`, { claim: task.claim?.token, ...body });

test('from the pool nobody is given what they are not trained for; what is their own they are', async () => {
  const [pool] = await plant(hub, first.id, [{ skills: ['domestic-abuse'] }]);
  expect(await pulled('cw-1')).toBe(204);
  expect((await queue('cw-1')).items).toEqual([]);
  const given = { to: 'cw-2', reason: 'hers' };
  const refused = await hub.as('sr-1').post(`/api/tasks/${pool}/reassign`, given);
  expect(refused).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'to', message: 'is not trained for it: domestic-abuse' }] },
  });
  await replace(hub, '/api/staff/cw-2/skills', { skills: ['domestic-abuse', 'youth'] });
  expect(await pulled('cw-2')).toBe(pool);
  const [own] = await plant(hub, first.id, [{ skills: ['youth'], assignee: 'cw-3' }]);
  expect(await pulled('cw-3')).toBe(own);
});

test('who is away is given nothing, and is told why; what they hold already they can finish', async () => {
  const [held] = await plant(hub, first.id, [{ consequence: 0 }, {}]);
  const mine = await expectStatus(200, next('cw-1'));
  expect(mine.task.id).toBe(held);
  await replace(hub, '/api/staff/cw-1/absences', {
    absences: [{ from: '2026-06-02', to: '2026-06-05', kind: 'court' }],
  });
  expect((await queue('cw-1')).away).toBe('away (court) until 5 June 2026');
  expect(await pulled('cw-1')).toBe(held);
  await expectStatus(200, verb('cw-1', mine.task, 'complete', { outcome: 'done' }));
  expect(await pulled('cw-1')).toBe(204);
  expect((await queue('cw-2')).away).toBeNull();
});

test('near the end of a recorded shift what would not be finished waits, unless it is critical', async () => {
  const nineToFive = { start: '09:00', end: '17:00', breakMinutes: 30 };
  await replace(hub, '/api/staff/cw-1/working-pattern', {
    from: '2026-06-01',
    weeks: [[nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, null, null]],
    flexitime: null,
    worksBankHolidays: false,
  });
  const [long, short] = await plant(hub, first.id, [
    { assignee: 'cw-1', consequence: 0, effortMinutes: 60 },
    { assignee: 'cw-1', effortMinutes: 15 },
  ]);
  await hub.setClock('2026-06-02T16:40:00+01:00');
  expect((await queue('cw-1')).items.map(({ id }) => id)).toEqual([long, short]);
  const task = (await expectStatus(200, next('cw-1'))).task;
  expect(task.id).toBe(short);
  await expectStatus(200, verb('cw-1', task, 'complete', { outcome: 'done' }));
  expect(await pulled('cw-1')).toBe(204);
  const [grave] = await plant(hub, first.id, [
    { assignee: 'cw-1', consequence: 0, danger: true, effortMinutes: 90, dueAt: '2026-06-03T22:59:59.999Z' },
  ]);
  expect(await pulled('cw-1')).toBe(grave);
});

test('nobody is given work of a case with which they have a conflict of interest, and their cases go to others', async () => {
  const owner = first.caseworker ?? '';
  const other = ['cw-1', 'cw-2', 'cw-3', 'cw-4'].find((id) => id !== owner) ?? '';
  const [theirs, waiting] = await plant(hub, first.id, [
    { assignee: owner, consequence: 0 },
    { assignee: owner },
  ]);
  await expectStatus(200, next(owner));
  const path = `/api/staff/${owner}/conflicts`;
  const body = { caseUrn: first.urn, reason: 'Knows the witness' };
  expect((await hub.as(other).post(path, body)).status).toBe(403);
  expect((await hub.as(owner).post(path, { reason: 'neither' })).status).toBe(422);
  expect((await hub.as(owner).post(path, { ...body, caseUrn: '21ZZ9999926' })).status).toBe(422);
  const declared = await expectStatus(201, hub.as(owner).post<{ id: string; moved: string[] }>(path, body));
  expect(declared.moved).toEqual([first.urn]);
  expect((await hub.as(owner).post(path, body)).status).toBe(409);
  const now = await expectStatus(200, hub.as('sr-1').get<CaseJson>(`/api/cases/${first.urn}`));
  expect(now.caseworker).not.toBe(owner);
  expect(now.tasks.find(({ id }) => id === theirs)).toMatchObject({
    assignee: now.caseworker,
    claimedBy: null,
  });
  expect(now.tasks.find(({ id }) => id === waiting)).toMatchObject({ assignee: now.caseworker });
  await hub.database.sql`update tasks set state = 'cancelled'`;
  const [pool] = await plant(hub, first.id, [{ barred: [owner] }]);
  expect(await pulled(owner)).toBe(204);
  const toOwner = { to: owner, reason: 'x' };
  expect((await hub.as('sr-1').post(`/api/tasks/${pool}/reassign`, toOwner)).status).toBe(422);
  await expectStatus(
    200,
    hub.as('sr-1').post(`/api/conflicts/${declared.id}/end`, { reason: 'The witness is not called' }),
  );
  expect(await pulled(owner), 'it was only recorded').toBe(pool);
});

test('a conflict of interest with an officer holds for their cases, those that come later too', async () => {
  const declare = { officer: 'PC1002', reason: 'Married' };
  for (const who of ['cw-1', 'cw-2', 'cw-3'])
    await expectStatus(201, hub.as('sr-1').post(`/api/staff/${who}/conflicts`, declare));
  const made = await create(hub.as('sr-1'), { officer: 'PC1002' });
  expect(made.caseworker).toBe('cw-4');
  const before = await expectStatus(200, hub.as('sr-1').get<CaseJson>(`/api/cases/${second.urn}`));
  expect(before.caseworker).toBe('cw-4');
  const { items } = await expectStatus(
    200,
    hub.as('sr-1').get<Page<{ id: string; endedAt: string | null }>>('/api/staff/cw-1/conflicts'),
  );
  for (const { id } of items.filter(({ endedAt }) => endedAt === null))
    await expectStatus(200, hub.as('sr-1').post(`/api/conflicts/${id}/end`, { reason: 'Divorced' }));
  const after = await create(hub.as('sr-1'), { officer: 'PC1002' });
  expect(after.caseworker, 'who has most time left').toBe('cw-1');
  await hub.database.sql`update conflicts_of_interest set ended_at = hub_now() where ended_at is null`;
});

test('of work that is alike in all that orders it the case in hand comes first, and the answer says so', async () => {
  const alike = { consequence: 2, dueAt: '2026-06-09T22:59:59.999Z' };
  const [start] = await plant(hub, second.id, [{ consequence: 0 }]);
  const task = (await expectStatus(200, next('cw-1'))).task;
  expect(task.id).toBe(start);
  await plant(hub, first.id, [alike, alike, alike]);
  const [same] = await plant(hub, second.id, [alike]);
  await plant(hub, first.id, [alike, alike, alike]);
  await expectStatus(200, verb('cw-1', task, 'complete', { outcome: 'done' }));
  const listed = await queue('cw-1');
  expect(listed.items[0]?.id).toBe(same);
  const page = await queue('cw-1', '&limit=1').catch(() => null);
  expect(page).toBeNull();
  const pages: string[] = [];
  let cursor = '';
  do {
    const at = await expectStatus(
      200,
      hub.as('cw-1').get<Page<Task>>(`/api/caseworkers/cw-1/queue?limit=2${cursor}`),
    );
    pages.push(...at.items.map(({ id }) => id));
    cursor = at.next === null ? '' : `&cursor=${at.next}`;
  } while (cursor !== '');
  expect(pages).toEqual(listed.items.map(({ id }) => id));
  const again = await expectStatus(200, next('cw-1'));
  expect(again.task.id).toBe(same);
  expect(again.because.at(-1)).toBe(
    'In the order of work: soon, a victim or witness, due 9 June 2026, open since 1 June 2026, of the case in hand',
  );
});

test('work that was interrupted comes back with what was noted, to the same person or to the next', async () => {
  await plant(hub, first.id, [{}]);
  const begun = (await expectStatus(200, next('cw-1'))).task;
  await expectStatus(
    200,
    verb('cw-1', begun, 'notes', { note: 'Left a voicemail; the court calls back at 2' }),
  );
  await hub.database.sql`update tasks set claim_until = clock_timestamp() - interval '1 minute'
    where id = ${begun.id}`;
  const back = await expectStatus(200, next('cw-1'));
  expect(back.task.id).toBe(begun.id);
  expect(back.notes).toMatchObject([{ by: 'cw-1', text: 'Left a voicemail; the court calls back at 2' }]);
  await expectStatus(200, verb('cw-1', back.task, 'release', { note: 'No answer yet' }));
  const taken = await expectStatus(200, next('cw-2'));
  expect(taken.task.id).toBe(begun.id);
  expect(taken.notes.map(({ text }) => text)).toEqual([
    'Left a voicemail; the court calls back at 2',
    'No answer yet',
  ]);
  expect((await verb('cw-1', begun, 'notes', { note: 'too late' })).status).toBe(409);
});

test('at the weekend whoever is on the rota is given what custody cases need of caseworkers, and nothing of a senior’s', async () => {
  const path = '/api/teams/crime/rota';
  const saturday = { on: '2026-06-06', staffId: 'cw-2', start: '09:00', end: '13:00' };
  expect((await hub.as('cw-1').put(path, { cover: [] })).status).toBe(403);
  const wrong = await replace(hub, path, {
    cover: [
      { ...saturday, on: '2026-06-05' },
      { ...saturday, staffId: 'cw-5' },
      { ...saturday, end: '08:00' },
    ],
  });
  expect((wrong.body as { errors: { path: string }[] }).errors.map((error) => error.path)).toEqual([
    'cover.0.on',
    'cover.1.staffId',
    'cover.2.end',
  ]);
  expect(await replace(hub, path, { cover: [saturday] })).toMatchObject({
    status: 200,
    body: { cover: [saturday] },
  });
  const due = { assignee: 'cw-1', dueAt: '2026-06-08T22:59:59.999Z' };
  const [custody] = await plant(hub, first.id, [
    { ...due, custody: true },
    { ...due, custody: true, dueAt: '2026-06-30T22:59:59.999Z' },
    due,
    // A senior decides it, whatever kind of work it is.
    { ...due, custody: true, assignee: 'sr-1', consequence: 0, danger: true },
  ]);
  expect(await pulled('cw-2'), 'on a working day it is its owner’s').toBe(204);
  await hub.setClock('2026-06-06T10:00:00+01:00');
  expect((await queue('cw-2')).items.map(({ id }) => id)).toEqual([custody]);
  expect(await pulled('cw-3')).toBe(204);
  const task = (await expectStatus(200, next('cw-2'))).task;
  expect(task.id).toBe(custody);
  await expectStatus(200, verb('cw-2', task, 'complete', { outcome: 'done' }));
  expect(await pulled('cw-2')).toBe(204);
});
