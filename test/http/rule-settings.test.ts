import { afterAll, beforeAll, expect, test } from 'vitest';
import { recompute } from '../../src/cases/recompute.ts';
import { checkStoredDeadlines } from '../../src/deadlines/check-stored.ts';
import { derivedProblems } from '../invariants/derived.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { inCustody } from '../deadlines/stories/bodies.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-01-07T09:00:00Z' });
});
afterAll(() => hub.close());

type Setting = {
  rule: string;
  enabled: boolean;
  amount: number | null;
  default: number | null;
  etag: string;
  recomputation?: string;
};
type Deadline = {
  rule: string;
  state: string;
  legalDue: string;
  explanation: string[];
  endedWhy: string | null;
};
const path = (rule: string) => `/api/rule-settings/${rule}`;
const read = async (rule: string) => (await hub.as('admin-1').get<Setting>(path(rule))).body;
const set = async (rule: string, body: unknown, as = 'admin-1', ifMatch?: string) =>
  hub.as(as).put<Setting & { errors?: { path: string; message: string }[] }>(path(rule), body, {
    ifMatch: ifMatch ?? (await read(rule)).etag ?? '"none"',
  });
const deadlineOf = async (urn: string, rule: string) =>
  (await hub.as('sr-1').get<{ items: Deadline[] }>(`/api/cases/${urn}/deadlines`)).body.items.find(
    (one) => one.rule === rule,
  );
const rule = 'file-to-cps-post-charge';
const onBail = {
  ...inCustody(),
  defendants: [
    {
      name: 'Sam Example',
      remand: 'conditional-bail',
      offences: [
        { code: 'TH68010', class: 'either-way', committedOn: '2026-01-02', chargedOn: '2026-01-05' },
      ],
    },
  ],
};

test('everyone but a feed sees the rules that a force may set, with the defaults; administrators alone set them', async () => {
  for (const who of ['cw-1', 'sr-1', 'admin-1', 'audit-1']) {
    const { body } = await hub.as(who).get<{ items: Setting[] }>('/api/rule-settings');
    expect(body.items.find((one) => one.rule === rule)).toMatchObject({
      enabled: true,
      amount: null,
      default: 5,
      unit: 'working day',
    });
    expect(body.items.some((one) => one.rule === 'ctl-summary-56')).toBe(false);
  }
  expect((await hub.as('feed-1').get('/api/rule-settings')).status).toBe(403);
  expect((await set(rule, { enabled: true, amount: 7, note: 'x' }, 'sr-1')).status).toBe(403);
});

test('a figure that was read in law is nobody’s to change, and the answer says why', async () => {
  const reply = await set('ctl-summary-56', { enabled: false, note: 'x' }, 'admin-1', '"x"');
  expect(reply.status).toBe(422);
  expect(reply.body.errors).toEqual([
    { path: 'rule', message: expect.stringMatching(/grade A: its figure was read in .* C or P/) as unknown },
  ]);
  expect(await set('action-plan-response', { enabled: true, amount: 3, note: 'x' })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'amount', message: expect.stringContaining('no single number') as unknown }] },
  });
  expect((await set('no-such-rule', { enabled: true, note: 'x' })).status).toBe(404);
});

test('a change needs the version that was read', async () => {
  const body = { enabled: true, amount: 6, note: 'x' };
  expect((await hub.as('admin-1').put(path(rule), body)).status).toBe(428);
  expect((await set(rule, body, 'admin-1', '"stale.v9"')).status).toBe(412);
});

test('the force’s figure counts for live cases, new cases and the calculator, which say so; stored dates can be worked out again', async () => {
  await hub.as('feed-1').post('/api/cases', { ...onBail, urn: '21AB0000126' });
  const before = await deadlineOf('21AB0000126', rule);
  expect(before?.legalDue).toBe('2026-01-12');
  const done = await set(rule, { enabled: true, amount: 7, note: 'Agreed with the CPS' });
  expect(done).toMatchObject({ status: 202, body: { amount: 7, default: 5 } });
  expect(done.headers.get('Location')).toBe(`/api/calendar/recomputations/${done.body.recomputation}`);
  await recompute(hub.hub.db);
  const says = 'Your force has set this to 7 working days (the default is 5)';
  const after = await deadlineOf('21AB0000126', rule);
  expect(after?.legalDue).toBe('2026-01-14');
  expect(after?.explanation[0]).toBe(says);
  await hub.as('feed-1').post('/api/cases', { ...onBail, urn: '21AB0000226' });
  expect((await deadlineOf('21AB0000226', rule))?.legalDue).toBe('2026-01-14');
  const asked = await hub
    .as('cw-1')
    .post<Deadline>('/api/deadlines/calculate', { rule, facts: { chargedOn: '2026-01-05' } });
  expect(asked.body.legalDue).toBe('2026-01-14');
  expect(asked.body.explanation[0]).toBe(says);
  expect(await checkStoredDeadlines(hub.hub.db)).toMatchObject({ differing: 0 });
  expect(await derivedProblems(hub.hub.db)).toEqual([]);
  const listed = (await hub.as('cw-1').get<{ items: (Setting & { id: string })[] }>('/api/deadline-rules'))
    .body;
  expect(listed.items.find(({ id }) => id === rule)).toMatchObject({ enabled: true, amount: 7, default: 5 });
});

test('a rule that is switched off gives no deadlines, says why they went, and comes back', async () => {
  await set(rule, { enabled: false, note: 'Not used here' });
  await recompute(hub.hub.db);
  expect(await deadlineOf('21AB0000126', rule)).toMatchObject({
    state: 'withdrawn',
    endedWhy: 'your force has switched the rule off',
  });
  const asked = await hub
    .as('cw-1')
    .post<Deadline>('/api/deadlines/calculate', { rule, facts: { chargedOn: '2026-01-05' } });
  expect(asked.body.explanation[0]).toContain('your force has switched this rule off');
  expect(await derivedProblems(hub.hub.db)).toEqual([]);
  await set(rule, { enabled: true, note: 'Back to the default' });
  await recompute(hub.hub.db);
  const back = await deadlineOf('21AB0000126', rule);
  expect(back).toMatchObject({ state: 'pending', legalDue: '2026-01-12' });
  expect(back?.explanation.join()).not.toContain('Your force');
});
