import { afterAll, beforeAll, expect, test } from 'vitest';
import { create, defendant, theft, type CaseJson } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { plant, replace } from './stage.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T08:00:00+01:00' });
});
afterAll(() => hub.close());

const crime = ['cw-1', 'cw-2', 'cw-3', 'cw-4'];
const rules = '/api/teams/crime/assignment-rules';
const caseOf = (over: Record<string, unknown> = {}) => create(hub.as('sr-1'), over);
async function weigh(minutes: Record<string, number>): Promise<void> {
  await hub.database.sql`update tasks set state = 'cancelled' where state = 'open'`;
  const anyCase = await hub.database.sql<{ id: string }[]>`select id from cases limit 1`;
  await plant(
    hub,
    anyCase[0]?.id ?? null,
    Object.entries(minutes).map(([assignee, effortMinutes]) => ({ assignee, effortMinutes })),
  );
}

test('a new case goes to whoever has most real capacity left, not to whoever has least work', async () => {
  await caseOf();
  await weigh({ 'cw-1': 600, 'cw-2': 500, 'cw-3': 700, 'cw-4': 800 });
  expect((await caseOf()).caseworker).toBe('cw-2');
  await weigh({ 'cw-1': 600, 'cw-2': 500, 'cw-3': 700, 'cw-4': 800 });
  const short = { start: '09:00', end: '12:00', breakMinutes: 0 };
  await replace(hub, '/api/staff/cw-2/working-pattern', {
    from: '2026-06-01',
    weeks: [[short, short, null, null, null, null, null]],
    flexitime: null,
    worksBankHolidays: false,
  });
  expect((await caseOf()).caseworker, 'cw-2 works six hours a week').toBe('cw-1');
  await weigh({ 'cw-1': 600, 'cw-2': 500, 'cw-3': 700, 'cw-4': 800 });
  await replace(hub, '/api/staff/cw-1/absences', {
    absences: [{ from: '2026-06-03', to: '2026-06-26', kind: 'training' }],
  });
  expect((await caseOf()).caseworker, 'cw-1 is here today and away from tomorrow').toBe('cw-3');
  await weigh({ 'cw-1': 600, 'cw-2': 500, 'cw-3': 700, 'cw-4': 1_300 });
  const morning = { from: '2026-06-02', to: '2026-06-02', end: '13:00', kind: 'court' };
  await replace(hub, '/api/staff/cw-3/absences', { absences: [morning] });
  expect((await caseOf()).caseworker, 'cw-3 is back this afternoon').toBe('cw-3');
  await replace(hub, '/api/staff/cw-3/absences', { absences: [{ ...morning, end: '18:00' }] });
  expect((await caseOf()).caseworker, 'cw-3 is not back today').toBe('cw-4');
  await hub.database.sql`delete from absences`;
  await hub.database.sql`delete from attendance`;
});

test('the rules of a senior say what a case takes by what it is about and where it comes from, and who has it', async () => {
  const rule = { name: 'Domestic abuse', traits: ['domestic-abuse'], skills: ['domestic-abuse'] };
  expect((await hub.as('cw-1').get(rules)).status).toBe(403);
  expect((await hub.as('sr-1').put(rules, { rules: [] })).status).toBe(428);
  const wrong = await replace(hub, rules, { rules: [{ ...rule, to: ['cw-5'] }, { name: 'Says nothing' }] });
  expect((wrong.body as { errors: { path: string }[] }).errors.map((error) => error.path)).toEqual([
    'rules.0.to.0',
    'rules.1',
  ]);
  const before = await caseOf({ domesticAbuse: true });
  const set = await replace(hub, rules, {
    rules: [
      rule,
      { name: 'Two for one station', stations: ['Quarrelby police station'], to: ['cw-4', 'cw-3'] },
    ],
  });
  expect(set, 'the case that is here takes the skill from now on').toMatchObject({
    status: 200,
    body: { changedCases: 1 },
  });
  const kept = await hub.database
    .sql`select skills from tasks where case_id = ${before.id} and state = 'open'`;
  expect(kept.every((row) => (row['skills'] as string[]).join() === 'domestic-abuse')).toBe(true);

  await weigh({ 'cw-1': 1, 'cw-2': 2, 'cw-3': 3, 'cw-4': 4 });
  const nobody = await caseOf({ domesticAbuse: true });
  expect(nobody.caseworker, 'nobody is trained: it waits in the pool').toBeNull();
  await replace(hub, '/api/staff/cw-2/skills', { skills: ['domestic-abuse'] });
  expect((await caseOf({ domesticAbuse: true })).caseworker).toBe('cw-2');
  const ofOffence = defendant({ offences: [theft({ domesticAbuse: true })] });
  expect((await caseOf({ defendants: [ofOffence] })).caseworker).toBe('cw-2');

  await weigh({ 'cw-1': 1, 'cw-2': 2, 'cw-3': 3, 'cw-4': 4 });
  expect((await caseOf({ officer: 'PC1020' })).caseworker).toBe('cw-3');
  const away = { from: '2026-06-02', to: '2026-06-02', kind: 'sickness' };
  for (const id of ['cw-3', 'cw-4']) await replace(hub, `/api/staff/${id}/absences`, { absences: [away] });
  const fallback = await caseOf({ officer: 'PC1020' });
  expect(crime.slice(0, 2), 'neither of the two is here').toContain(fallback.caseworker);
  await replace(hub, rules, { rules: [] });
  await hub.database.sql`delete from absences`;
});

test('what a case is about follows its events: a remand makes its work custody work, bail ends that', async () => {
  const made = await caseOf({ defendants: [defendant({ remand: 'custody', remandedOn: '2026-06-01' })] });
  const marks = async () => {
    const rows = await hub.database.sql<{ custody: boolean }[]>`
      select distinct custody from tasks where case_id = ${made.id} and state = 'open'`;
    return rows.map(({ custody }) => custody);
  };
  expect(await marks()).toEqual([true]);
  const bailed = {
    type: 'bailed',
    on: '2026-06-02',
    defendant: made.defendants[0]?.id,
    data: {},
  };
  const reply = await hub.as('sr-1').post(`/api/cases/${made.urn}/events`, bailed);
  expect(reply.status, reply.text).toBe(201);
  expect(await marks()).toEqual([false]);
});

test('what is due after the weeks ahead is not held against anybody when a case is given out', async () => {
  await weigh({ 'cw-1': 600, 'cw-2': 700, 'cw-3': 800 });
  const [anyCase] = await hub.database.sql<{ id: string }[]>`select id from cases limit 1`;
  await plant(hub, anyCase?.id ?? null, [
    { assignee: 'cw-4', effortMinutes: 5_000, dueAt: '2026-09-10T22:59:59.999Z' },
  ]);
  expect((await caseOf()).caseworker).toBe('cw-4');
});

test('a case with more defendants, charges or people takes longer, by kind of task', async () => {
  const minutes = ({ tasks }: CaseJson) => tasks.find(({ kind }) => kind === 'check-file')?.effortMinutes;
  const simple = await caseOf({ anticipatedPlea: 'guilty' });
  const usual = await caseOf();
  const complex = await caseOf({ defendants: [defendant(), defendant(), defendant()] });
  expect([minutes(simple), minutes(usual), minutes(complex)]).toEqual([24, 30, 45]);
});
