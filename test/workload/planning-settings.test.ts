import { afterAll, beforeAll, expect, test } from 'vitest';
import { learnedKey, minutesOf, nothingKnown, type KnownEffort } from '../../src/tasks/effort.ts';
import { create, defendant, type CaseJson } from '../journeys/stage.ts';
import { plainBrowser } from '../pages/plain-browser.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { plant, replace } from './stage.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T08:00:00+01:00' });
});
afterAll(() => hub.close());

test('minutes are what the team has learned, else has set, else the force, else the kind’s by how complex the case is', () => {
  const task = { team: 'crime', kind: 'check-file', ofKind: 5 };
  expect(minutesOf(nothingKnown, task, 'standard')).toBe(5);
  expect([minutesOf(nothingKnown, task, 'simple'), minutesOf(nothingKnown, task, 'complex')]).toEqual([4, 8]);
  const row = { kind: 'check-file', simple: 1, standard: 2, complex: 3 };
  const ofForce: KnownEffort = {
    shares: { simple: 50, complex: 300, cautious: 150 },
    minutes: new Map([['hub', [row]]]),
    learned: new Map(),
  };
  expect(minutesOf(ofForce, task, 'complex')).toBe(3);
  expect(minutesOf(ofForce, { ...task, kind: 'call' }, 'complex')).toBe(15);
  const ofTeam = { ...ofForce, minutes: new Map([...ofForce.minutes, ['crime', [{ ...row, complex: 9 }]]]) };
  expect(minutesOf(ofTeam, task, 'complex')).toBe(9);
  expect(minutesOf(ofTeam, { ...task, team: 'traffic' }, 'complex')).toBe(3);
  const learned = { ...ofTeam, learned: new Map([[learnedKey(task, 'complex'), 21]]) };
  expect([minutesOf(learned, task, 'complex'), minutesOf(learned, task, 'simple')]).toEqual([21, 1]);
});

const minutesOfCheck = ({ tasks }: CaseJson) =>
  tasks.find(({ kind }) => kind === 'check-file')?.effortMinutes;
const path = (scope: string) => `/api/settings/effort/${scope}`;

test('a force and a team set how long work takes, and new tasks and plans go by it', async () => {
  const before = await create(hub.as('sr-1'));
  expect(minutesOfCheck(before)).toBe(30);
  for (const who of ['cw-1', 'audit-1', 'feed-1'])
    expect((await hub.as(who).get(path('hub'))).status).toBe(403);
  const row = { kind: 'check-file', simple: 20, standard: 50, complex: 90 };
  expect((await hub.as('sr-1').put(path('crime'), { minutes: [row] })).status).toBe(428);
  const shares = { simple: 50, complex: 200, cautious: 130 };
  expect(await replace(hub, path('crime'), { minutes: [], shares })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'shares' }] },
  });
  const unknown = await replace(hub, path('crime'), { minutes: [row, row, { ...row, kind: 'juggling' }] });
  expect((unknown.body as { errors: { path: string }[] }).errors.map((error) => error.path)).toEqual([
    'minutes.1.kind',
    'minutes.2.kind',
  ]);

  const coming = async () => {
    const { body } = await hub.as('sr-1').get<{ hub: { weeks: { loadMinutes: number }[] } }>('/api/workload');
    return body.hub.weeks.reduce((sum, week) => sum + week.loadMinutes, 0);
  };
  const [planned, ofRules] = [
    await coming(),
    await create(hub.as('sr-1'), { defendants: [defendant(), defendant(), defendant()] }),
  ];
  expect(minutesOfCheck(ofRules)).toBe(45);
  expect(
    (await replace(hub, path('hub'), { minutes: [{ ...row, standard: 35 }], shares }, 'admin-1')).status,
  ).toBe(200);
  expect(minutesOfCheck(await create(hub.as('sr-1')))).toBe(35);
  const set = await replace(hub, path('crime'), { minutes: [row] });
  expect(set).toMatchObject({ status: 200, body: { minutes: [row], version: 1, changedBy: 'sr-1' } });
  expect(minutesOfCheck(await create(hub.as('sr-1')))).toBe(50);
  expect(await coming(), 'what is open is planned anew').toBeGreaterThan(planned);
  const history = await hub.database.sql`
    select actor, entity_id, detail from history where action = 'effort-set' order by id`;
  expect(history).toEqual([
    { actor: 'admin-1', entity_id: 'effort:hub', detail: { minutes: [{ ...row, standard: 35 }], shares } },
    { actor: 'sr-1', entity_id: 'effort:crime', detail: { minutes: [row] } },
  ]);
});

test('what a team has learned is planned with before what anybody has set', async () => {
  const load = async () => {
    const { body } = await hub
      .as('sr-1')
      .get<{ items: { id: string; weeks: { loadMinutes: number }[] }[] }>('/api/workload?team=traffic');
    return body.items.find(({ id }) => id === 'cw-8')?.weeks[1]?.loadMinutes;
  };
  await plant(hub, null, [{ kind: 'check-file', team: 'traffic', assignee: 'cw-8', effortMinutes: 30 }]);
  expect(await load(), 'what the force has set').toBe(35);
  await hub.database.sql`
    insert into learned_effort (team, kind, complexity, p50, p80, samples, people, learned_at)
    values ('traffic', 'check-file', 'standard', 12, 40, 20, 3, hub_now())`;
  expect(await load()).toBe(12);
});

test('what moving a case costs is set by the force, and proposals weigh by it', async () => {
  const costs = '/api/settings/move-costs';
  const { body: usual } = await hub
    .as('admin-1')
    .get<{ costs: Record<string, number>; version: number }>(costs);
  expect(usual).toMatchObject({ version: 0, costs: { move: 10, absence: -6 } });
  expect((await hub.as('cw-1').get(costs)).status).toBe(403);
  await hub.database.sql`update cases set caseworker = 'cw-1' where team = 'crime'`;
  await hub.database.sql`update tasks set assignee = 'cw-1' where team = 'crime' and state = 'open'`;
  type Plan = { moves: { cost: number }[] };
  const proposed = async () =>
    (await hub.as('sr-1').post<Plan>('/api/rebalances', { team: 'crime', newStarter: 'cw-4' })).body.moves;
  const [before] = await proposed();
  const body = {
    costs: { ...usual.costs, move: (usual.costs['move'] ?? 0) + 70 },
    workingDays: { hearing: 10, notes: 10, changedHands: 20 },
  };
  expect((await replace(hub, costs, { ...body, costs: { ...body.costs, absence: 6 } })).status).toBe(422);
  expect((await replace(hub, costs, body)).status).toBe(200);
  const [after] = await proposed();
  expect((after?.cost ?? 0) - (before?.cost ?? 0)).toBe(70);
});

test('seniors and administrators set both on pages, and are told by the field what is wrong', async () => {
  const page = await plainBrowser(hub, 'sr-1');
  expect((await page.open('/admin/planning')).text).toContain('How long work takes: the traffic team');
  const action = '/admin/planning/effort/traffic';
  expect((await page.open(action)).text).toContain('Nobody has set it');
  await page.send(action, { add: 'row' });
  const row = { 'minutes.0.kind': 'check-file', 'minutes.0.standard': '25' };
  const wrong = await page.send(action, row);
  expect([wrong.status, wrong.title]).toEqual([422, expect.stringMatching(/^Error: /)]);
  await page.send(action, { ...row, 'minutes.0.simple': '20', 'minutes.0.complex': '40' });
  expect((await hub.as('sr-1').get(path('traffic'))).body).toMatchObject({
    minutes: [{ kind: 'check-file', simple: 20, standard: 25, complex: 40 }],
  });
  const other = await plainBrowser(hub, 'admin-1');
  const costs = '/admin/planning/move-costs';
  expect((await other.open(costs)).text).toContain('Set by sr-1');
  expect((await other.send(costs, { 'costs.move': '0' })).status).toBe(422);
  await other.send(costs, { 'costs.move': '11' });
  expect((await hub.as('sr-1').get('/api/settings/move-costs')).body).toMatchObject({ costs: { move: 11 } });
  const caseworker = await plainBrowser(hub, 'cw-1');
  expect((await caseworker.open('/admin/planning')).status).toBe(403);
});

test('a senior sets on a page to whom new cases go, by what they are about, skill and station', async () => {
  const page = await plainBrowser(hub, 'sr-1');
  expect((await page.open('/workload')).html).toContain('href="/teams/crime/giving"');
  const action = '/teams/crime/giving';
  await page.open(action);
  await page.send(action, { add: 'row' });
  const rule = {
    'rules.0.name': 'Abuse',
    'rules.0.traits': 'Domestic abuse',
    'rules.0.skills': 'domestic-abuse',
  };
  const wrong = await page.send(action, { ...rule, 'rules.0.to': 'cw-1\ncw-8' });
  expect([wrong.status, wrong.title]).toEqual([422, expect.stringMatching(/^Error: /)]);
  expect(wrong.text).toContain('is not a caseworker of this team');
  await page.send(action, {
    ...rule,
    'rules.0.to': 'cw-1\ncw-2',
    'rules.0.stations': 'Quarrelby police station',
  });
  const { body } = await hub.as('sr-1').get('/api/teams/crime/assignment-rules');
  const kept = {
    traits: ['domestic-abuse'],
    stations: ['Quarrelby police station'],
    skills: ['domestic-abuse'],
  };
  expect(body).toEqual({ rules: [{ name: 'Abuse', ...kept, to: ['cw-1', 'cw-2'] }] });
  expect((await page.open(action)).html).toContain('Quarrelby police station');
  await page.send(action, { remove: 'rules.0' });
  await page.send(action);
  expect((await hub.as('sr-1').get('/api/teams/crime/assignment-rules')).body).toEqual({ rules: [] });
});
