import { afterAll, beforeAll, expect, test } from 'vitest';
import { deadlines } from '../../db/schema/deadlines.ts';
import { startTestHub, type TestHub } from '../support/app.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

type Answer = {
  items: { rule: string; legalDue: string | null; explanation: string[]; ruleVersion: number }[];
  notComputed: { rule: string; missing: string[] }[];
  errors?: unknown;
};
const ask = (body: unknown, who = 'audit-1') => hub.as(who).post<Answer>('/api/deadlines/what-if', body);
const custody = [{ from: '2026-06-01' }];

test('every rule whose needed facts are given answers, soonest first, and nothing is saved', async () => {
  const { status, body } = await ask({ facts: { custody, sentToCrownCourtOn: '2026-06-08' } });
  expect(status).toBe(200);
  const due = new Map(body.items.map(({ rule, legalDue }) => [rule, legalDue]));
  expect(due.get('ctl-crown-182')).toBe('2026-11-30');
  expect(due.get('ctl-summary-56')).toBe('2026-07-27');
  expect(due.has('appeal-crown-court')).toBe(false);
  const dates = body.items.map(({ legalDue }) => legalDue ?? '9');
  expect(dates).toEqual([...dates].sort());
  expect(body.items.flatMap(({ explanation }) => explanation).join()).not.toContain('does not ask for');
  expect(await hub.hub.db.select().from(deadlines)).toEqual([]);
});

test('of rules that are named, those that lack a fact say which', async () => {
  const { body } = await ask({
    facts: { custody },
    rules: ['ctl-summary-56', 'ctl-crown-182', 'dismiss-application'],
  });
  expect(body.items.map(({ rule }) => rule)).toEqual(['ctl-summary-56']);
  expect(body.notComputed).toMatchObject([
    { rule: 'ctl-crown-182', missing: ['sentToCrownCourtOn'] },
    { rule: 'dismiss-application', missing: ['servedOn or service'] },
  ]);
});

test('a rule whose holiday list is not loaded is among those not worked out, and says so', async () => {
  const { body } = await ask({ facts: { receivedAt: '2028-12-29T10:00:00Z' }, rules: ['vc-outcome'] });
  expect(body.notComputed).toMatchObject([
    { rule: 'vc-outcome', missing: [], why: expect.stringContaining('2029 are not loaded') as unknown },
  ]);
});

test('the day that is given decides which version of a rule applies', async () => {
  const facts = { hearingOn: '2026-04-24' };
  const rules = ['ctl-extension-notice-crown'];
  expect((await ask({ facts, rules })).body.items[0]?.ruleVersion).toBe(2);
  expect((await ask({ facts, rules, on: '2025-05-01' })).body.items[0]?.ruleVersion).toBe(1);
});

test('facts that contradict one another and unknown rules are refused by name', async () => {
  const facts = { chargedOn: '2026-01-05', notGuiltyPleaOn: '2026-01-04' };
  expect(await ask({ facts, rules: ['no-such-rule'] })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'facts.notGuiltyPleaOn' }, { path: 'rules.0' }] },
  });
  expect((await hub.anyone.post('/api/deadlines/what-if', { facts })).status).toBe(401);
});
