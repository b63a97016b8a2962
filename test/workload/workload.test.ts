import { afterAll, beforeAll, expect, test } from 'vitest';
import { create, expectStatus, victim, type CaseJson } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { apply, propose } from './rebalance-stage.ts';
import { plant, replace } from './stage.ts';

type Week = { from: string; loadMinutes: number; restrictedMinutes: number; capacityMinutes: number };
type Load = {
  cases: number;
  tasks: { open: number; overdue: number };
  bands: Record<string, number>;
  overdueMinutes: number;
  laterMinutes: number;
  weeks: Week[];
};
type Workload = {
  items: (Load & { id: string; absences: unknown[] })[];
  next: string | null;
  teams: (Load & { team: string; pool: Load })[];
  hub: Load & { pool: Load };
};
type Outlook = {
  overdue: number;
  lateCount: number;
  leastLate: number;
  restrictedLateMinutes: number;
  workMinutes: number;
  late: {
    id: string;
    caseUrn: string | null;
    doneOn: string | null;
    isComing: boolean;
    startsOn: string | null;
  }[];
  cautious: { lateCount: number; late: { id: string }[] };
};
type Forecast = {
  until: string;
  items: (Outlook & { id: string })[];
  teams: (Outlook & {
    team: string;
    isPossible: boolean;
    because: string[];
    absences: { id: string; due: number; covered: number; says: string }[];
  })[];
};

let hub: TestHub;
let secret: CaseJson;
let open: CaseJson;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T08:00:00+01:00' });
  open = await create(hub.as('sr-1'));
  secret = await create(hub.as('sr-1'), { restricted: true, visibleTo: ['cw-3', 'sr-1'] });
  // What cases make of themselves is told apart below; here only what is planted counts.
  await hub.database.sql`update tasks set state = 'cancelled' where true`;
  await hub.database.sql`update deadlines set state = 'withdrawn' where true`;
});
afterAll(() => hub.close());

const workload = (who: string, query = '') =>
  expectStatus(200, hub.as(who).get<Workload>(`/api/workload${query}`));
const forecast = (who: string) => expectStatus(200, hub.as(who).get<Forecast>('/api/forecast?team=crime'));
const of = <T extends { id: string }>(items: readonly T[], id: string): T => {
  const found = items.find((one) => one.id === id);
  if (!found) throw new Error(`${id} is not listed`);
  return found;
};

test('each caseworker’s minutes are added up by week, with cases, bands, absences and what is overdue', async () => {
  await replace(hub, '/api/staff/cw-2/absences', {
    absences: [{ from: '2026-06-08', to: '2026-06-12', kind: 'leave' }],
  });
  await plant(hub, open.id, [
    { assignee: 'cw-1', effortMinutes: 30, dueAt: '2026-06-01T12:00:00.000Z' },
    { assignee: 'cw-1', effortMinutes: 45, dueAt: '2026-06-05T22:59:59.999Z' },
    { assignee: 'cw-1', effortMinutes: 100, dueAt: '2026-06-14T22:59:59.999Z' },
    { assignee: 'cw-1', effortMinutes: 7, dueAt: '2026-12-14T22:59:59.999Z' },
    { effortMinutes: 15 },
  ]);
  await plant(hub, secret.id, [
    { assignee: 'cw-3', effortMinutes: 60, visibleTo: ['cw-3', 'sr-1'], dueAt: '2026-06-05T22:59:59.999Z' },
  ]);
  const { items, teams, hub: whole, next } = await workload('sr-1');
  expect(next).toBeNull();
  expect(items.map(({ id }) => id).filter((id) => id.startsWith('cw-'))).toHaveLength(8);
  const first = of(items, 'cw-1');
  expect(first).toMatchObject({
    tasks: { open: 4, overdue: 1 },
    bands: { critical: 0, overdue: 1, today: 0, soon: 1, later: 2 },
    overdueMinutes: 30,
    laterMinutes: 7,
  });
  expect(first.weeks.slice(0, 3).map((week) => [week.from, week.loadMinutes])).toEqual([
    ['2026-06-01', 75],
    ['2026-06-08', 100],
    ['2026-06-15', 0],
  ]);
  const second = of(items, 'cw-2');
  expect(second.absences).toEqual([{ from: '2026-06-08', to: '2026-06-12', kind: 'leave' }]);
  expect(second.weeks.slice(0, 3).map((week) => week.capacityMinutes)).toEqual([1_508, 0, 1_885]);
  const crime = teams.find(({ team }) => team === 'crime');
  expect(crime).toMatchObject({ tasks: { open: 6, overdue: 1 }, cases: 2 });
  expect(crime?.pool.weeks[1]?.loadMinutes).toBe(15);
  expect(crime?.weeks[1]?.loadMinutes).toBe(115);
  expect(crime?.weeks[1]?.capacityMinutes).toBe(3 * 1_885);
  expect(whole.weeks[0]?.capacityMinutes).toBe(8 * 1_508);
});

test('of a restricted case a senior who is not named sees minutes and nothing else', async () => {
  const named = of((await workload('sr-1')).items, 'cw-3');
  expect(named).toMatchObject({ cases: 1, tasks: { open: 1 } });
  expect(named.weeks[0]).toMatchObject({ loadMinutes: 60, restrictedMinutes: 0 });
  const unnamed = of((await workload('sr-2')).items, 'cw-3');
  expect(unnamed).toMatchObject({ cases: 0, tasks: { open: 0 } });
  expect(unnamed.weeks[0]).toMatchObject({ loadMinutes: 60, restrictedMinutes: 60 });
});

test('the workload is for seniors, in pages, and says what is wrong with a query', async () => {
  for (const who of ['cw-1', 'admin-1', 'audit-1', 'feed-1']) {
    expect((await hub.as(who).get('/api/workload')).status).toBe(403);
    expect((await hub.as(who).get('/api/forecast')).status).toBe(403);
  }
  const page = await workload('sr-1', '?team=crime&limit=3&weeks=2');
  expect(page.items.map(({ id }) => id)).toEqual(['cw-1', 'cw-2', 'cw-3']);
  expect(page.items[0]?.weeks).toHaveLength(2);
  const rest = await workload('sr-1', `?team=crime&limit=3&cursor=${page.next}`);
  expect(rest.items.map(({ id }) => id)).toEqual(['cw-4']);
  expect((await hub.as('sr-1').get('/api/workload?weeks=13')).status).toBe(422);
});

test('the forecast names what will be late as things are, and says how few could be', async () => {
  // A day is 377 minutes: 500 by Friday, and a short piece behind a long one that breaks its date.
  const [long, short] = await plant(hub, open.id, [
    { assignee: 'cw-4', effortMinutes: 1_600, dueAt: '2026-06-05T22:59:59.999Z' },
    { assignee: 'cw-4', effortMinutes: 20, dueAt: '2026-06-05T23:59:59.999Z' },
  ]);
  const { items, teams, until } = await forecast('sr-1');
  expect(until).toBe('2026-08-25');
  const person = of(items, 'cw-4');
  expect(person.late.map(({ id }) => id)).toEqual([long, short]);
  expect(person).toMatchObject({ lateCount: 2, leastLate: 1, overdue: 0 });
  expect(person.late[0]).toMatchObject({ caseUrn: open.urn, doneOn: '2026-06-08', isComing: false });
  const first = of(items, 'cw-1');
  expect(first, 'what is overdue is late whatever is done').toMatchObject({ overdue: 1, leastLate: 1 });
  expect(teams[0]).toMatchObject({ team: 'crime', isPossible: false, leastLate: 1 });
  expect(teams[0]?.because).toEqual(['One piece of work is overdue already']);
});

test('work that nobody is trained for cannot be done, and the forecast says so in words', async () => {
  await plant(hub, open.id, [
    { skills: ['domestic-abuse'], effortMinutes: 900, dueAt: '2026-06-03T22:59:59.999Z' },
  ]);
  const untrained = (await forecast('sr-1')).teams[0];
  expect(untrained?.because.at(-1)).toBe(
    'Domestic-abuse-trained staff: there are none, and 15 hours of work are due until the end of 3 June 2026',
  );
  await replace(hub, '/api/staff/cw-1/skills', { skills: ['domestic-abuse'] });
  const trained = (await forecast('sr-1')).teams[0];
  expect(trained?.because.at(-1)).toBe(
    'Domestic-abuse-trained staff have 12.5 hours until the end of 3 June 2026; work due by then is 15 hours',
  );
  await replace(hub, '/api/staff/cw-2/skills', { skills: ['domestic-abuse'] });
  expect((await forecast('sr-1')).teams[0]?.because).toEqual(['One piece of work is overdue already']);
});

test('of a restricted case a senior who is not named learns how many minutes will be late, and nothing else', async () => {
  await plant(hub, secret.id, [
    {
      assignee: 'cw-3',
      visibleTo: ['cw-3', 'sr-1'],
      effortMinutes: 5_000,
      dueAt: '2026-06-09T12:00:00.000Z',
    },
  ]);
  expect(of((await forecast('sr-1')).items, 'cw-3')).toMatchObject({
    late: [{ caseUrn: secret.urn }],
    restrictedLateMinutes: 0,
  });
  expect(of((await forecast('sr-2')).items, 'cw-3')).toMatchObject({
    late: [],
    restrictedLateMinutes: 5_000,
    ...{ lateCount: 0, leastLate: 0, overdue: 0 },
  });
});

test('a deadline that has no task yet counts as work to come, by its rule, for whoever has the case', async () => {
  const made = await create(hub.as('sr-1'));
  const before = await workload('sr-1');
  const minutes = ({ weeks, laterMinutes }: Load) =>
    weeks.reduce((sum, week) => sum + week.loadMinutes, laterMinutes);
  await hub.database.sql`update tasks set state = 'cancelled' where case_id = ${made.id}`;
  const owner = (of: Workload) => of.items.find(({ id }) => id === made.caseworker);
  const coming = owner(await workload('sr-1'));
  expect(coming && minutes(coming)).toBeGreaterThan(0);
  const [row] = await hub.database.sql`
    select count(*)::int as pending from deadlines where case_id = ${made.id} and state = 'pending'`;
  expect(row?.['pending']).toBeGreaterThan(0);
  await hub.database.sql`update deadlines set state = 'withdrawn' where case_id = ${made.id}`;
  const after = owner(await workload('sr-1'));
  expect(coming && after && minutes(coming) - minutes(after)).toBeGreaterThan(0);
  expect(owner(before)?.tasks.open).toBeGreaterThanOrEqual(after?.tasks.open ?? 0);
});

test('what a person is to be told is not counted again beside the talk that they are owed', async () => {
  const told = await create(hub.as('sr-1'), { victims: [victim()] });
  const [talk] = await hub.database.sql<{ deadlines: number; talks: number }[]>`
    select (select count(*)::int from deadlines d where d.case_id = ${told.id} and d.state = 'pending'
        and d.id in (select id from contacts)) as deadlines,
      (select count(*)::int from tasks t where t.case_id = ${told.id} and t.source like 'conversation:%') as talks`;
  expect(talk?.talks).toBe(1);
  expect(talk?.deadlines).toBeGreaterThan(0);
  await plant(hub, told.id, [
    { assignee: told.caseworker, effortMinutes: 9_999, dueAt: '2026-06-02T22:59:59.999Z' },
  ]);
  const { late } = of((await forecast('sr-1')).items, told.caseworker ?? '');
  const ofCase = late.filter(({ caseUrn }) => caseUrn === told.urn);
  const contacts = await hub.database.sql<
    { id: string }[]
  >`select id from contacts where case_id = ${told.id}`;
  expect(ofCase.some(({ id }) => contacts.some((one) => one.id === id))).toBe(false);
});

test('the forecast knows what is put off, what would be late if work took long, and what is covered in an absence', async () => {
  await hub.database.sql`update tasks set state = 'cancelled' where state = 'open'`;
  await hub.database.sql`update deadlines set state = 'withdrawn'`;
  const own = { assignee: 'cw-1', dueAt: '2026-06-04T22:59:59.999Z' };
  const [off, slow] = await plant(hub, open.id, [
    { ...own, effortMinutes: 300, deferredUntil: '2026-06-05T07:00:00.000Z' },
    { ...own, effortMinutes: 900 },
  ]);
  const person = of((await forecast('sr-1')).items, 'cw-1');
  expect(person).toMatchObject({
    late: [{ id: off, startsOn: '2026-06-05', doneOn: '2026-06-05' }],
    cautious: { lateCount: 2, late: [{ id: slow }] },
  });

  await hub.database.sql`update cases set caseworker = 'cw-2' where id = ${open.id}`;
  await plant(hub, open.id, [{ assignee: 'cw-2', effortMinutes: 30, dueAt: '2026-06-10T22:59:59.999Z' }]);
  const absences = async () => (await forecast('sr-1')).teams[0]?.absences;
  expect(await absences()).toMatchObject([{ id: 'cw-2', due: 1, covered: 0 }]);
  const plan = await propose(hub, { cover: { staffId: 'cw-2', from: '2026-06-08', to: '2026-06-12' } });
  await apply(hub, plan.id);
  expect(await absences()).toMatchObject([{ id: 'cw-2', due: 1, covered: 1 }]);
  expect((await absences())?.[0]?.says).toMatch(
    /1 piece of work falls due meanwhile, and colleagues cover it$/,
  );
});
