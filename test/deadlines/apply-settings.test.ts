import { expect, it } from 'vitest';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { applySettings, isForForce, ruleAsStored } from '../../src/deadlines/apply-settings.ts';
import { computeDates } from '../../src/deadlines/compute.ts';
import type { Facts } from '../../src/deadlines/facts.ts';
import { currentRule, rules } from '../../src/deadlines/rules/register.ts';

const setting = (rule: string, amount: number | null, enabled = true) => ({ rule, amount, enabled });
const dueBy = (rule: (typeof rules)[number], facts: Facts) => {
  const dates = computeDates(rule, facts, ENGLAND_AND_WALES);
  return 'kind' in dates ? dates.kind : dates.legalDue;
};

it('no setting leaves every rule the object that it is', () => {
  expect(applySettings(rules, [])).toEqual(rules);
});

it('a setting of a rule that was read in law is passed over, as after a release that reads it', () => {
  const law = rules.filter(({ authority }) => !isForForce(authority));
  expect(
    applySettings(
      law,
      law.map(({ id }) => setting(id, 99, false)),
    ),
  ).toEqual(law);
});

it('every rule of grade C or P that has a number counts by another, also within a rule of several parts', () => {
  const force = rules.filter(({ authority, period }) => isForForce(authority) && period.adjust !== undefined);
  expect(force.length).toBeGreaterThan(15);
  for (const rule of force) {
    const amount = (rule.period.adjust?.amount ?? 0) + 30;
    const [set] = applySettings([rule], [setting(rule.id, amount)]);
    expect(set?.setting?.amount, rule.id).toBe(amount);
    expect(set?.period.says, rule.id).not.toBe(rule.period.says);
    const moved = rule.examples.some(({ facts }) => set && dueBy(set, facts) !== dueBy(rule, facts));
    expect(moved, `${rule.id} moves`).toBe(true);
  }
});

it('whoever has enhanced rights is never owed an update later than others', () => {
  const [set] = applySettings(
    [currentRule('vc-probation-contact') ?? rules[0]!],
    [setting('vc-probation-contact', 3)],
  );
  const receivedAt = '2026-06-01T09:00:00.000Z';
  const due = (enhancedRights: boolean) => set && dueBy(set, { receivedAt, enhancedRights });
  expect(due(false)).toBe('2026-06-04');
  expect(due(true)).toBe('2026-06-04');
});

it('a stored deadline is counted by the figure that was stored with it, whatever is set now', () => {
  const row = { rule: 'results-chase', ruleVersion: 1, setting: { amount: 4 } };
  expect(dueBy(ruleAsStored(row), { hearingOn: '2026-06-01' })).toBe('2026-06-05');
  expect(dueBy(ruleAsStored({ ...row, setting: null }), { hearingOn: '2026-06-01' })).toBe('2026-06-02');
});
