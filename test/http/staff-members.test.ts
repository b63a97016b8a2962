import { afterAll, beforeAll, expect, test } from 'vitest';
import { addFirstAdministrator } from '../../src/staff/first-administrator.ts';
import { startSession } from '../../src/staff/sessions.ts';
import { create, crimeCase } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00' });
});
afterAll(() => hub.close());

type Member = { id: string; role: string; team: string | null; active: boolean };
const admin = () => hub.as('admin-1');
const read = async (id: string) => {
  const { body, headers } = await admin().get<Member>(`/api/staff/${id}`);
  return { ...body, etag: headers.get('ETag') ?? '' };
};
const change = async (id: string, body: object) =>
  admin().patch<Member>(`/api/staff/${id}`, body, { ifMatch: (await read(id)).etag });

const newcomer = {
  id: 'cw-20',
  name: 'Ottoline Thrupp',
  role: 'caseworker',
  team: 'crime',
  email: 'cw-20@hub.example',
};

test('an administrator adds somebody, who can sign in at once and is given work', async () => {
  const added = await admin().post('/api/staff', newcomer, { key: 'once' });
  expect(added).toMatchObject({ status: 201, body: { id: 'cw-20', active: true } });
  expect(added.headers.get('Location')).toBe('/api/staff/cw-20');
  expect((await admin().post('/api/staff', newcomer, { key: 'once' })).status).toBe(201);
  expect((await admin().post('/api/staff', newcomer)).status).toBe(409);
  expect((await hub.as('cw-20').get('/api/me')).body).toMatchObject({ role: 'caseworker', team: 'crime' });
  expect((await hub.as('cw-20').post('/api/caseworkers/cw-20/next-task')).status).toBeLessThan(300);
  const wrong = await admin().post('/api/staff', { ...newcomer, id: 'x y', team: null, email: 'x' });
  expect(wrong).toMatchObject({ status: 422 });
  const noTeam = await admin().post('/api/staff', { ...newcomer, id: 'cw-21', team: null });
  expect(noTeam).toMatchObject({ status: 422, body: { errors: [{ path: 'team' }] } });
  for (const who of ['sr-1', 'cw-1', 'audit-1'])
    expect((await hub.as(who).post('/api/staff', newcomer)).status, who).toBe(403);
});

test('a change needs the version that was read, and says in the history what changed, not to what name', async () => {
  const { etag } = await read('cw-2');
  expect((await admin().patch('/api/staff/cw-2', { name: 'Zebedee Oxtoby' })).status).toBe(428);
  const changed = await admin().patch('/api/staff/cw-2', { name: 'Zebedee Oxtoby' }, { ifMatch: etag });
  expect(changed.status).toBe(200);
  expect((await admin().patch('/api/staff/cw-2', { name: 'Other' }, { ifMatch: etag })).status).toBe(412);
  const [entry] = await hub.hub.sql<{ detail: object }[]>`
    select detail from history where entity = 'staff' and entity_id = 'cw-2'`;
  expect(entry?.detail).toEqual({ fields: ['name'], role: 'caseworker', team: 'crime', active: true });
});

test('an administrator cannot take their own role away, nor leave by their own word', async () => {
  for (const body of [{ role: 'auditor' }, { active: false }])
    expect(await change('admin-1', body)).toMatchObject({ status: 403 });
});

test('who leaves is out at once, their tasks are in the pool, and a senior has their cases to share out', async () => {
  const { urn } = await create(hub.as('cw-1'), crimeCase());
  await hub.hub.sql`update cases set caseworker = 'cw-3' where urn = ${urn}`;
  await hub.hub.sql`update tasks set assignee = 'cw-3' where state = 'open'
    and case_id = (select id from cases where urn = ${urn})`;
  const Cookie = `hub_session=${await startSession(hub.hub.db, 'cw-3')}`;
  const held = await hub.as('cw-3').post<{ task: { id: string } }>('/api/caseworkers/cw-3/next-task');
  expect(held.body.task.id).toBeDefined();

  expect(await change('cw-3', { active: false })).toMatchObject({ status: 200, body: { active: false } });
  expect((await hub.as('cw-3').get('/api/me')).status).toBe(401);
  expect((await hub.anyone.get('/api/me', { headers: { Cookie } })).status).toBe(401);
  const left = await hub.hub
    .sql`select id from tasks where state = 'open' and (assignee = 'cw-3' or claimed_by = 'cw-3')`;
  expect(left).toEqual([]);
  const live = await hub.hub.sql`select 1 from claims where staff_id = 'cw-3' and ended_at is null`;
  expect(live).toEqual([]);
  const [task] = await hub.hub.sql<{ assignee: string; why: string[] }[]>`
    select assignee, why from tasks where kind = 'share-out-cases' and state = 'open'`;
  expect(task?.assignee).toMatch(/^sr-/);
  expect(task?.why[0]).toMatch(/^cw-3 had one open case,/);
  const { body } = await hub
    .as('sr-1')
    .post<{ moves: { caseUrn: string; from: string }[] }>('/api/rebalances', { team: 'crime' });
  expect(body.moves).toEqual([expect.objectContaining({ caseUrn: urn, from: 'cw-3' })]);

  expect((await change('cw-3', { active: true })).status).toBe(200);
  expect((await hub.as('cw-3').get('/api/me')).status).toBe(200);
  expect((await hub.anyone.get('/api/me', { headers: { Cookie } })).status, 'the old session').toBe(401);
});

test('who goes to another team gives back what they had of the old one', async () => {
  const { urn } = await create(hub.as('cw-1'), crimeCase());
  await hub.hub.sql`update tasks set assignee = 'cw-4' where state = 'open'
    and case_id = (select id from cases where urn = ${urn})`;
  expect((await change('cw-4', { team: 'traffic' })).status).toBe(200);
  expect(await hub.hub.sql`select id from tasks where state = 'open' and assignee = 'cw-4'`).toEqual([]);
  expect((await hub.as('cw-4').get(`/api/cases/${urn}`)).status).toBe(403);
});

test('a hub in which no administrator works adds the one whom its configuration names, once', async () => {
  const { db, sql } = hub.hub;
  const first = { id: 'sub-of-somebody', email: 'somebody@hub.example' };
  expect(await addFirstAdministrator(db, first)).toBe(false);
  await sql`update staff set active = false where role = 'administrator'`;
  expect(await addFirstAdministrator(db, first)).toBe(true);
  expect((await hub.as(first.id).get('/api/staff')).status).toBe(200);
  expect(await addFirstAdministrator(db, { ...first, id: 'another' })).toBe(false);
  await sql`update staff set active = id = 'admin-1' where role = 'administrator'`;
});

test('the list says who is away now, and until when', async () => {
  const [today] = await hub.hub.sql<
    { today: string }[]
  >`select (hub_now() at time zone 'Europe/London')::date::text as today`;
  await hub.hub.sql`insert into absences (id, staff_id, from_date, to_date, kind, recorded_at)
    values (gen_random_uuid(), 'cw-4', ${today!.today}, ${today!.today}, 'training', hub_now())`;
  const people = await admin().get<{ items: { id: string; away: string | null }[] }>('/api/staff?limit=100');
  const awayOf = (id: string) => people.body.items.find((one) => one.id === id)?.away;
  expect(awayOf('cw-4')).toMatch(/^away \(training\) until \d+ \w+ \d{4}$/);
  expect(awayOf('cw-5')).toBeNull();
});
