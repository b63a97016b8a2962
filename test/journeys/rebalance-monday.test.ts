import { afterAll, beforeAll, expect, test } from 'vitest';
import { staff } from '../../db/schema/index.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { apply, casesOf, propose } from '../workload/rebalance-stage.ts';
import { plant, replace } from '../workload/stage.ts';
import { expectStatus, readCase, type CaseJson } from './stage.ts';

const absent = ['cw-11', 'cw-12', 'cw-13', 'cw-14', 'cw-15'];
const here = ['cw-1', 'cw-2', 'cw-3', 'cw-4'];
let hub: TestHub;
const made = new Map<string, CaseJson[]>();
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-05T16:00:00+01:00' });
  await hub.database.db.insert(staff).values(
    absent.map((id) => ({
      ...{ id, name: `Stand-in ${id}`, role: 'caseworker' as const, team: 'crime' as const },
      email: `${id}@hub.invalid`,
    })),
  );
  for (const owner of [...absent, ...here]) made.set(owner, await casesOf(hub, owner, 2));
  await hub.setClock('2026-06-08T08:00:00+01:00');
});
afterAll(() => hub.close());

/** The open tasks that are work of a case: not those by which somebody learns that it is theirs now, or whom to ring. */
const work = () => hub.database.sql<{ id: string; urn: string; assignee: string | null }[]>`
  select t.id, c.urn, t.assignee from tasks t join cases c on c.id = t.case_id
  where t.state = 'open' and t.kind not in ('take-over-case', 'victim-contact') order by t.id`;

test('on a Monday with five absent all that they have goes to those who are here and may have it, and nothing is lost', async () => {
  for (const id of absent) {
    const ill = { from: '2026-06-08', to: '2026-07-31', kind: 'sickness' };
    await expectStatus(200, replace(hub, `/api/staff/${id}/absences`, { absences: [ill] }));
  }
  const theirs = absent.flatMap((id) => made.get(id) ?? []);
  const [conflicting] = theirs;
  await expectStatus(
    201,
    hub
      .as('sr-1')
      .post('/api/staff/cw-1/conflicts', { caseUrn: conflicting?.urn, reason: 'A neighbour of theirs' }),
  );
  const plan = await propose(hub);
  const moved = new Map(plan.moves.map((move) => [move.caseUrn, move]));
  for (const { urn } of theirs) expect(absent, urn).toContain(moved.get(urn)?.from);
  for (const { to, reason } of plan.moves) {
    expect(here).toContain(to);
    expect(reason).toMatch(/^(Stand-in cw-\d+|\w+ \w+) is \d+ minutes above the fair share; /);
  }
  expect(moved.get(conflicting?.urn ?? '')?.to).not.toBe('cw-1');
  expect(plan.after.overload).toBeLessThan(plan.before.overload);
  expect(plan.after.overload).toBeGreaterThanOrEqual(plan.lowerBound.overload);
  const loads = new Map(plan.after.people.map(({ id, loadMinutes }) => [id, loadMinutes]));
  expect(absent.map((id) => loads.get(id))).toEqual([0, 0, 0, 0, 0]);

  // A task opened between the proposal and its application goes along with its case.
  const [late = ''] = await plant(hub, conflicting?.id ?? '', [
    { assignee: moved.get(conflicting?.urn ?? '')?.from ?? '' },
  ]);
  const before = await work();
  const done = await apply(hub, plan.id);
  expect(done.refused).toEqual([]);
  const after = await work();
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  expect(after.filter(({ assignee }) => absent.includes(assignee ?? ''))).toEqual([]);
  expect(after.find(({ id }) => id === late)?.assignee).toBe(moved.get(conflicting?.urn ?? '')?.to);

  const now = await readCase(hub.as('sr-1'), conflicting?.urn ?? '');
  const { to = '', from = '' } = moved.get(now.urn) ?? {};
  expect(now.contacts.filter(({ reason }) => reason === 'contact-person')).toMatchObject([{ state: 'owed' }]);
  expect(now.tasks.find(({ kind }) => kind === 'take-over-case')).toMatchObject({ assignee: to });
  const told = await hub.database.sql<{ assignee: string }[]>`
    select assignee from tasks where kind = 'cases-moved' and state = 'open'
      and jsonb_exists(why, ${`${now.urn}: ${to}`})`;
  expect(told.map(({ assignee }) => assignee)).toEqual([from]);
});
