import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordingOf } from '../../src/http/case-access.ts';
import { endPastCover } from '../../src/workload/rebalance/cover.ts';
import { readCaseload } from '../../src/workload/rebalance/read-caseload.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { apply, casesOf, propose, undo, whoHasWhat } from '../workload/rebalance-stage.ts';
import { plant, replace } from '../workload/stage.ts';
import {
  create,
  defendant,
  expectStatus,
  pull,
  readCase,
  type CaseJson,
  type Page,
  type Task,
} from './stage.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00' });
});
afterAll(() => hub.close());

const senior = () => hub.as('sr-1');
const holiday = { staffId: 'cw-1', from: '2026-06-04', to: '2026-06-12' };
const assigneeOf = async (id: string) =>
  (await expectStatus(200, senior().get<Task>(`/api/tasks/${id}`))).assignee;

test('cover gives what falls due in an absence to others until it is over, and the case stays', async () => {
  const [one] = (await casesOf(hub, 'cw-1', 3)) as [CaseJson];
  const at = (day: string) => `2026-06-${day}T15:00:00.000Z`;
  const [before = '', during = '', after = ''] = await plant(hub, one.id, [
    { assignee: 'cw-1', dueAt: at('03') },
    { assignee: 'cw-1', dueAt: at('10') },
    { assignee: 'cw-1', dueAt: at('20') },
  ]);
  const had = await whoHasWhat(hub);
  const plan = await propose(hub, { cover: holiday });
  expect(plan).toMatchObject({ kind: 'cover', concerns: 'cw-1', from: holiday.from, to: holiday.to });
  const move = plan.moves.find(({ caseUrn }) => caseUrn === one.urn);
  expect(move?.reason).toMatch(/^Ada Wimblethwaite is away from 4 June 2026 to 12 June 2026; \w+ \w+ has/);
  const note = 'The officer rings back on Tuesday';
  const done = await apply(hub, plan.id, { notes: [{ caseUrn: one.urn, note }] });
  expect(done).toMatchObject({ refused: [] });
  const by = move?.to ?? '';
  expect(await Promise.all([before, during, after].map(assigneeOf))).toEqual(['cw-1', by, 'cw-1']);
  expect((await readCase(senior(), one.urn)).caseworker).toBe('cw-1');
  const { items } = await expectStatus(
    200,
    hub.as(by).get<Page<Task>>(`/api/caseworkers/${by}/queue?limit=100`),
  );
  expect(items.find(({ kind }) => kind === 'cases-moved')?.because.join('\n')).toContain(
    `${one.urn}: for cw-1`,
  );
  const names = new Map(plan.before.people.map(({ id, name }) => [id, name]));
  expect((await propose(hub)).pinned.find(({ caseUrn }) => caseUrn === one.urn)?.reason).toBe(
    `${names.get(by)} covers it until 12 June 2026`,
  );

  await undo(hub, plan.id);
  expect(await whoHasWhat(hub), 'taken back').toEqual(
    had.map((row) => expect.objectContaining(row) as unknown),
  );
  const { id } = await propose(hub, { cover: holiday });
  const again = await apply(hub, id);
  const covers = again.applied.find(({ caseUrn }) => caseUrn === one.urn)?.to ?? '';

  // Work that comes up meanwhile is for whoever covers, and what is due later for whoever comes back.
  await hub.setClock('2026-06-05T09:00:00+01:00');
  const ask = (dueOn: string) =>
    expectStatus(
      201,
      senior().post<{ id: string }>(`/api/cases/${one.urn}/queries`, {
        from: { kind: 'officer', officer: 'PC1001' },
        how: 'phone',
        question: 'Is the file complete?',
        dueOn,
      }),
    );
  const [soon, later] = [await ask('2026-06-11'), await ask('2026-06-24')];
  const whose = async () => {
    const { tasks } = await readCase(senior(), one.urn);
    const of = (query: string) =>
      tasks.find(({ subject }) => Object.values(subject).includes(query))?.assignee;
    const asked = tasks.filter(({ kind }) => kind.includes('query'));
    return [of(soon.id) ?? asked[0]?.assignee, of(later.id) ?? asked[1]?.assignee].sort();
  };
  expect(await whose()).toEqual(['cw-1', covers].sort());

  await hub.setClock('2026-06-13T09:00:00+01:00');
  const held = await pull(hub.as(covers), covers);
  await endPastCover(hub.hub.db);
  await endPastCover(hub.hub.db);
  expect(await assigneeOf(held.id), 'what they have in hand they finish').toBe(covers);
  const rest = await hub.database.sql`
    select t.id from tasks t join cases c on c.id = t.case_id
    where t.state = 'open' and t.assignee = ${covers} and c.caseworker = 'cw-1' and t.id <> ${held.id}`;
  expect(rest).toHaveLength(0);
  expect(await assigneeOf(during)).toBe(held.id === during ? covers : 'cw-1');
});

test('somebody new is brought up by half of what they lack, and once more by half of the rest', async () => {
  await hub.setClock('2026-06-02T10:00:00+01:00');
  await hub.database.sql`update cases set state = 'finalised'`;
  await hub.database.sql`update tasks set state = 'cancelled' where state = 'open'`;
  for (const owner of ['cw-1', 'cw-2', 'cw-3']) await casesOf(hub, owner, 8);
  const loadOf = ({ people }: { people: { id: string; loadMinutes: number; fairShareMinutes: number }[] }) =>
    people.find(({ id }) => id === 'cw-4');
  const first = await propose(hub, { newStarter: 'cw-4' });
  expect(first.moves.length).toBeGreaterThan(0);
  expect(
    first.moves.every(({ to, reason }) => to === 'cw-4' && reason.startsWith('Dev Ollerspitch is new')),
  ).toBe(true);
  const after = loadOf(first.after);
  expect(after?.loadMinutes, 'half, in whole cases').toBeLessThan((after?.fairShareMinutes ?? 0) * 0.75);
  await apply(hub, first.id);
  const second = await propose(hub, { newStarter: 'cw-4' });
  expect(loadOf(second.after)?.loadMinutes).toBeGreaterThan(after?.loadMinutes ?? 0);
  expect(loadOf(second.after)?.loadMinutes).toBeLessThan(loadOf(second.after)?.fairShareMinutes ?? 0);
});

test('what is read of a case for a proposal says when a limit runs out, and that nobody has confirmed it', async () => {
  const held = await create(senior(), {
    defendants: [defendant({ remand: 'custody', remandedOn: '2026-06-02' })],
  });
  const plain = await create(senior());
  const { cases } = await hub.database.db.transaction(async (tx) =>
    readCaseload(tx, { teams: ['crime'] }, await recordingOf(tx, { id: 'sr-1', requestId: null })),
  );
  const read = new Map(cases.map((one) => [one.urn, one]));
  const [first] = held.deadlines
    .filter(({ rule, state }) => rule.startsWith('ctl-') && state === 'pending')
    .map(({ legalDue }) => legalDue)
    .sort();
  expect(first).toBeTruthy();
  expect(read.get(held.urn)).toMatchObject({ limitOn: first, isLimitUnconfirmed: true });
  expect(read.get(plain.urn)).toMatchObject({ limitOn: null, isLimitUnconfirmed: false });
});

test('one case is given to one who may have it, with a reason and a note, and to nobody else', async () => {
  const one = await create(senior());
  const owner = one.caseworker ?? '';
  const [to = '', barred = ''] = ['cw-1', 'cw-2', 'cw-3', 'cw-4'].filter((id) => id !== owner);
  const path = `/api/cases/${one.urn}/caseworker`;
  const give = (body: object, who = 'sr-1') =>
    hub.as(who).post(path, { reason: 'They know the family', ...body });
  expect((await give({ to }, 'cw-1')).status).toBe(403);
  await expectStatus(
    201,
    senior().post(`/api/staff/${barred}/conflicts`, { caseUrn: one.urn, reason: 'A neighbour' }),
  );
  for (const [who, why] of [
    [barred, 'has a conflict of interest'],
    ['cw-5', 'works for another team'],
    ['sr-2', 'is not a caseworker'],
  ] as const) {
    const refused = await give({ to: who });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(why);
  }
  await expectStatus(200, replace(hub, `/api/cases/${one.urn}/pin`, { reason: 'Until the trial' }));
  expect(await give({ to })).toMatchObject({ status: 409, body: { detail: 'sr-1 has pinned it.' } });
  const ifMatch = (await senior().get(`/api/cases/${one.urn}/pin`)).headers.get('etag') ?? '';
  await expectStatus(200, senior().delete(`/api/cases/${one.urn}/pin`, { ifMatch }));
  await expectStatus(
    201,
    hub.as(owner).post(`/api/cases/${one.urn}/hand-over-notes`, { note: 'The exhibits are in Norwich' }),
  );
  expect(await give({ to, note: 'Ring the family first' })).toMatchObject({
    status: 200,
    body: {
      ...{ from: owner, to },
      handOver: {
        kind: 'single',
        by: 'sr-1',
        notes: [
          { by: owner, text: 'The exhibits are in Norwich' },
          { by: 'sr-1', text: 'Ring the family first' },
        ],
      },
    },
  });
  expect(await give({ to })).toMatchObject({ status: 409 });
  expect(await give({ to: null })).toMatchObject({ status: 200, body: { to: null } });
});
