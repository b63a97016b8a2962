import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../support/app.ts';
import {
  apply,
  casesOf,
  propose,
  undo,
  whoHasWhat,
  type Applied,
  type Rebalance,
} from '../workload/rebalance-stage.ts';
import { replace } from '../workload/stage.ts';
import { expectStatus, pull, readCase, record, type CaseJson, type Page, type Task } from './stage.ts';

const monday = '2026-06-08T08:00:00+01:00';
let hub: TestHub;
let made: CaseJson[];
beforeAll(async () => {
  hub = await startTestHub({ now: monday });
  made = await casesOf(hub, 'cw-1', 12);
});
afterAll(() => hub.close());

const senior = () => hub.as('sr-1');
const urnsOf = ({ moves }: Rebalance) => moves.map(({ caseUrn }) => caseUrn);
const minutesOf = ({ people }: Rebalance['before']) =>
  people.reduce((sum, { loadMinutes }) => sum + loadMinutes, 0);
const pinOf = (urn: string) => `/api/cases/${urn}/pin`;

test('a proposal says of every move and of every case that stays why, how good it is, and moves nothing', async () => {
  const before = await whoHasWhat(hub);
  const held = await pull(hub.as('cw-1'), 'cw-1');
  const stays = made.find(({ urn }) => urn !== held.caseUrn)!;
  expect((await senior().put(pinOf(stays.urn), { reason: 'x' })).status).toBe(428);
  await expectStatus(200, replace(hub, pinOf(stays.urn), { reason: 'The victim asked for it' }));
  const [hidden] = await casesOf(hub, 'cw-1', 1, { restricted: true, visibleTo: ['cw-1', 'sr-1'] });

  const plan = await propose(hub, { reason: 'One has all of it' });
  expect(plan).toMatchObject({ kind: 'balance', method: 'linear-programme', reason: 'One has all of it' });
  expect(plan.moves.length).toBeGreaterThan(3);
  for (const { from, to, reason, minutes } of plan.moves) {
    expect(from).toBe('cw-1');
    expect(['cw-2', 'cw-3', 'cw-4']).toContain(to);
    expect(minutes).toBeGreaterThan(0);
    expect(reason).toMatch(
      /^Ada Wimblethwaite is \d+ minutes above the fair share; \w+ \w+ has \d+ minutes less than theirs/,
    );
  }
  const why = new Map(plan.pinned.map(({ caseUrn, reason }) => [caseUrn, reason]));
  expect(why.get(stays.urn)).toBe('Pinned by Imogen Cratchmere on 8 June 2026: The victim asked for it');
  expect(why.get(held.caseUrn ?? '')).toBe('Ada Wimblethwaite has one of its tasks in hand');
  expect(why.get(hidden?.urn ?? '')).toContain('is named on the restricted case');
  expect(urnsOf(plan).filter((urn) => why.has(urn))).toEqual([]);
  expect(minutesOf(plan.after)).toBe(minutesOf(plan.before));
  expect(plan.after.overload).toBeLessThan(plan.before.overload);
  expect(plan.after.fairness).toBeGreaterThan(plan.before.fairness);
  expect(plan.lowerBound.overload).toBeLessThanOrEqual(plan.after.overload);
  expect(plan.before.cost).toBe(0);

  const again = await propose(hub);
  expect(again.moves, 'the same state gives the same plan').toEqual(plan.moves);
  expect((await propose(hub, { maxMoves: 2 })).moves).toHaveLength(2);
  const blind = await propose(hub, {}, 'sr-2');
  expect(JSON.stringify(blind), 'sr-2 may not know of it').not.toContain(hidden?.urn);
  expect(
    JSON.stringify(await expectStatus(200, hub.as('sr-2').get(`/api/rebalances/${plan.id}`))),
  ).not.toContain(hidden?.urn);
  const now = (await whoHasWhat(hub)).filter(({ urn }) => urn !== hidden?.urn);
  expect(now).toEqual(before);
  expect((await hub.as('cw-1').post('/api/rebalances', {})).status).toBe(403);
  expect((await senior().post('/api/rebalances', { newStarter: 'sr-2' })).status).toBe(422);
  const ifMatch = (await senior().get(pinOf(stays.urn))).headers.get('etag') ?? '';
  await expectStatus(200, senior().delete(pinOf(stays.urn), { ifMatch }));
  expect((await propose(hub)).pinned.map(({ caseUrn }) => caseUrn)).not.toContain(stays.urn);
  await expectStatus(200, hub.as('cw-1').post(`/api/tasks/${held.id}/release`, { claim: held.claim?.token }));
});

test('what was opened, changed or is not in the plan stays and is refused by name; the rest that is ticked moves', async () => {
  const plan = await propose(hub);
  const [changed = '', unticked = ''] = urnsOf(plan).slice(-2);
  await record(senior(), changed, {
    type: 'hearing-listed',
    on: '2026-06-08',
    data: { on: '2026-07-20', court: 'magistrates', courtName: 'Leeds Magistrates’ Court', type: 'trial' },
  });
  // Whoever has them works on one that the plan would take away.
  let held = await pull(hub.as('cw-1'), 'cw-1');
  while (
    !urnsOf(plan)
      .slice(0, -2)
      .includes(held.caseUrn ?? '')
  ) {
    const body = { claim: held.claim?.token, until: '2026-06-09', reason: 'of no interest' };
    await expectStatus(200, hub.as('cw-1').post(`/api/tasks/${held.id}/defer`, body));
    held = await pull(hub.as('cw-1'), 'cw-1');
  }
  const ticked = urnsOf(plan).filter((urn) => urn !== unticked);
  const noted = ticked.find((urn) => ![changed, held.caseUrn].includes(urn)) ?? '';
  const done = await apply(hub, plan.id, {
    moves: [...ticked, '21AB9999926'],
    notes: [{ caseUrn: noted, note: 'Ring Mrs Squibbleworth after four' }],
  });
  expect(done.refused.sort((a, b) => (a.why < b.why ? -1 : 1))).toEqual([
    { caseUrn: '21AB9999926', why: 'It is not a move of this proposal' },
    { caseUrn: changed, why: 'It was changed after this was proposed' },
    {
      caseUrn: held.caseUrn,
      why: 'cw-1 has one of its tasks in hand: it stays until that is done or given back',
    },
  ]);
  expect(done.applied.map(({ caseUrn }) => caseUrn)).toEqual(
    ticked.filter((urn) => urn !== changed && urn !== held.caseUrn),
  );
  expect((await readCase(senior(), held.caseUrn ?? '')).caseworker).toBe('cw-1');
  expect((await readCase(senior(), unticked)).caseworker).toBe('cw-1');
  await expectStatus(200, hub.as('cw-1').post(`/api/tasks/${held.id}/release`, { claim: held.claim?.token }));

  const to = done.applied.find(({ caseUrn }) => caseUrn === noted)?.to ?? '';
  const now = await readCase(hub.as(to), noted);
  expect(now.caseworker).toBe(to);
  expect(now.tasks.filter(({ state, assignee }) => state === 'open' && assignee === 'cw-1')).toEqual([]);
  const takeOver = now.tasks.find(({ kind }) => kind === 'take-over-case');
  expect(takeOver).toMatchObject({ assignee: to, state: 'open' });
  expect(takeOver?.because.join('\n')).toMatch(/from cw-1 to cw-\d on 8 June 2026[\s\S]*A note was written/);
  expect(JSON.stringify(now.tasks), 'what was typed stands apart').not.toContain('Squibbleworth');
  const { items } = await expectStatus(
    200,
    hub.as(to).get<Page<{ notes: { text: string }[]; summary: string[] }>>(`/api/cases/${noted}/hand-overs`),
  );
  expect(items[0]?.notes).toMatchObject([{ by: 'sr-1', text: 'Ring Mrs Squibbleworth after four' }]);
  expect(items[0]?.summary.join('\n')).toContain('Next:');
  const { items: queue } = await expectStatus(
    200,
    hub.as('cw-1').get<Page<Task>>('/api/caseworkers/cw-1/queue?limit=100'),
  );
  const notice = queue.find(({ kind }) => kind === 'cases-moved');
  expect(notice?.because.join('\n')).toContain(`${noted}: ${to}`);
  const timeline = await expectStatus(
    200,
    senior().get<Page<{ title: string }>>(`/api/cases/${noted}/timeline`),
  );
  expect(timeline.items.map(({ title }) => title)).toContain('Case given to another caseworker');
});

test('a victim whose contact person changes is owed word of whom to ring now, until the case is back', async () => {
  const withVictim = made.filter(({ victims }) => victims.length > 0);
  const states = async (urn: string) =>
    (await readCase(senior(), urn)).contacts
      .filter(({ reason }) => reason === 'contact-person')
      .map(({ state }) => state);
  const found = await Promise.all(
    withVictim.map(async ({ urn }) => [urn, await readCase(senior(), urn)] as const),
  );
  const [urn = '', one] = found.find(([, { caseworker }]) => caseworker === 'cw-1') ?? [];
  expect(one, 'one with a victim is still theirs').toBeDefined();
  const give = (to: string) =>
    expectStatus(200, senior().post(`/api/cases/${urn}/caseworker`, { to, reason: 'They asked for it' }));
  await give('cw-2');
  expect(await states(urn)).toEqual(['owed']);
  await give('cw-1');
  expect(await states(urn), 'nobody had rung: it is no news').toEqual(['withdrawn']);
});

test('undoing restores exactly who had what, but for what somebody has worked on since, by name', async () => {
  await casesOf(hub, 'cw-1', 6);
  const before = await whoHasWhat(hub);
  const plan = await propose(hub);
  const { applied } = await apply(hub, plan.id);
  expect(applied.length).toBeGreaterThan(2);
  expect(await whoHasWhat(hub)).not.toEqual(before);
  const [first] = applied;
  await record(hub.as(first?.to ?? ''), first?.caseUrn ?? '', {
    type: 'arrested',
    on: '2026-06-01',
    data: {},
  });
  const partly = await undo(hub, plan.id);
  expect(partly.refused).toEqual([{ caseUrn: first?.caseUrn, why: `${first?.to} has worked on it since` }]);
  expect(partly.undone.map(({ caseUrn }) => caseUrn)).toEqual(applied.slice(1).map(({ caseUrn }) => caseUrn));
  const others = ({ urn }: Record<string, unknown>) => urn !== first?.caseUrn;
  expect((await whoHasWhat(hub)).filter(others)).toEqual(before.filter(others));
  const again = (await propose(hub)).moves.filter((move) => move.caseUrn !== first?.caseUrn);
  const costs = new Map(plan.moves.map(({ caseUrn, cost }) => [caseUrn, cost]));
  const same = again.filter(({ caseUrn }) => costs.has(caseUrn));
  expect(same.length).toBeGreaterThan(0);
  for (const { caseUrn, cost } of same)
    expect(cost, 'what was taken back never changed hands').toBe(costs.get(caseUrn));
  const open = await hub.database.sql`
    select t.id from tasks t join cases c on c.id = t.case_id
    where t.kind = 'take-over-case' and t.state = 'open' and c.urn = any(${partly.undone.map((one) => one.caseUrn)})`;
  expect(open, 'nobody is asked to take over what is not theirs').toHaveLength(0);
  expect((await senior().post(`/api/rebalances/${plan.id}/apply`)).status, 'it is done').toBe(409);
});

test('of two seniors who apply at once one wins each case, and the other is told so by name', async () => {
  await casesOf(hub, 'cw-1', 4);
  const [one, other] = [await propose(hub), await propose(hub, {}, 'sr-2')];
  expect(urnsOf(other)).toEqual(urnsOf(one));
  const [a, b] = await Promise.all([apply(hub, one.id), apply(hub, other.id, {}, 'sr-2')]);
  const won = [...a.applied, ...b.applied].map(({ caseUrn }) => caseUrn).sort();
  expect(won, 'each case once').toEqual(urnsOf(one));
  const lost = [...a.refused, ...b.refused];
  expect(lost.map(({ caseUrn }) => caseUrn).sort()).toEqual(urnsOf(one));
  for (const { why } of lost) expect(why).toMatch(/^It went to cw-\d after this was proposed$/);
  const [same, twice] = await Promise.all(
    ['sr-1', 'sr-2'].map((who) =>
      hub.as(who).post<Applied>(`/api/rebalances/${one.id}/apply`, { moves: urnsOf(one) }),
    ),
  );
  for (const reply of [same, twice]) expect(reply?.body.applied).toEqual([]);
});

test('a proposal holds for eight hours, and what was applied can be taken back for a day', async () => {
  await casesOf(hub, 'cw-1', 6);
  const [late, timely] = [await propose(hub), await propose(hub)];
  const { applied } = await apply(hub, timely.id);
  expect(applied.length).toBeGreaterThan(0);
  await hub.setClock('2026-06-08T16:30:00+01:00');
  expect((await senior().post(`/api/rebalances/${late.id}/apply`, {})).status).toBe(410);
  expect((await senior().post(`/api/rebalances/${late.id}/undo`)).status, 'nothing was applied').toBe(409);
  await hub.setClock('2026-06-09T09:00:00+01:00');
  expect((await senior().post(`/api/rebalances/${timely.id}/undo`)).status).toBe(410);
  const list = await expectStatus(200, senior().get<Page<Rebalance>>('/api/rebalances?limit=2'));
  expect(list.items.map(({ id }) => id)).toEqual([timely.id, late.id]);
  expect(list.next).not.toBeNull();
});
