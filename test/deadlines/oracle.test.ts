import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { calculateDeadline } from '../../src/deadlines/calculate.ts';
import type { Facts } from '../../src/deadlines/facts.ts';
import { rules } from '../../src/deadlines/rules/register.ts';
import { hold, standing } from './oracle/case-in-memory.ts';
import { coreRules, expected } from './oracle/case-oracle.ts';
import { inCustody, told } from './oracle/custody-cases.ts';
import { custodyLimit, rolledBack } from './oracle/custody.ts';
import { earlier, walk, type Day } from './oracle/days.ts';
import { plan, type Plan } from './oracle/case-plans.ts';
import { ask, catalogue, withoutFigure } from './oracle/catalogue.ts';
import { canBeExtended, factsFor } from './oracle/fact-sets.ts';
import { asRead, holidays, sampling, seed } from './oracle/sampling.ts';

const ids = [...new Set(rules.map(({ id }) => id))];

/** What the program says, in the form in which the oracle answers. */
function engine(rule: string, facts: Facts) {
  const said = calculateDeadline(rule, asRead(facts), ENGLAND_AND_WALES);
  if (!('explanation' in said))
    throw new Error(`${rule} refuses ${JSON.stringify(facts)}: ${JSON.stringify(said)}`);
  return { legalDue: said.legalDue, actionDue: said.actionDue, why: said.explanation };
}

describe('the oracle', () => {
  it('knows every rule of the register, or says why deadlines.md gives it no figure', () => {
    const known = [...Object.keys(catalogue), ...Object.keys(withoutFigure)];
    expect(ids.filter((id) => !known.includes(id))).toEqual([]);
    expect(known.filter((id) => !ids.includes(id))).toEqual([]);
    expect(Object.keys(catalogue).filter((id) => id in withoutFigure)).toEqual([]);
  });
});

/** Fails with the rule, the facts, and what both say with their explanations. */
function compare(rule: string, facts: Facts): void {
  const said = engine(rule, facts);
  const right = ask(rule, facts, holidays);
  if (said.legalDue !== right.legalDue || said.actionDue !== right.actionDue)
    expect.fail(JSON.stringify({ rule, facts, said, right }, null, 2));
}

describe(`the program and the oracle give the same dates (seed ${seed})`, () => {
  for (const rule of Object.keys(catalogue)) {
    it(rule, () => {
      fc.assert(
        fc.property(factsFor(rule), (facts) => compare(rule, facts)),
        sampling(),
      );
    });
    if (canBeExtended(rule))
      it(`${rule}, extended by the court`, () => {
        fc.assert(
          fc.property(factsFor(rule, { extended: 'to an open day' }), (facts) => compare(rule, facts)),
          sampling(),
        );
      });
  }
});

describe('a custody time limit that the court extended to a day on which it may not end', () => {
  it('goes back as any other does (reg 2(5): all limits)', () => {
    const limits = Object.keys(catalogue).filter((rule) => rule.startsWith('ctl-') && canBeExtended(rule));
    fc.assert(
      fc.property(
        fc
          .constantFrom(...limits)
          .chain((rule) => factsFor(rule, { extended: 'to any day' }).map((facts) => ({ rule, facts }))),
        ({ rule, facts }) => compare(rule, facts),
      ),
      sampling(),
    );
  });
});

describe('a whole case', () => {
  it('has the core deadlines that the oracle gives it: rule, subject, date and state', () => {
    fc.assert(
      fc.property(plan.map(withoutEarlyDecision), (told) => {
        const { events, accepted } = hold(told);
        const core = standing(events).filter((one) => coreRules.includes(one.split(' | ')[0] ?? ''));
        const right = expected(told, accepted, holidays);
        if (core.join('\n') !== right.join('\n'))
          expect.fail(
            [
              ...without(core, right).map((one) => `the program alone has ${one}`),
              ...without(right, core).map((one) => `the oracle alone has ${one}`),
              JSON.stringify(told.body),
              ...accepted.map((one) => JSON.stringify(one)),
            ].join('\n'),
          );
      }),
      sampling(),
    );
  });
});

describe('an extension of a custody time limit', () => {
  const limits = ['summary-only', 'either-way', 'indictable-only'] as const;
  const days = { 'summary-only': 56, 'either-way': 56, 'indictable-only': 70 };
  const start = fc.integer({ min: 0, max: 1_500 }).map((n) => walk('2021-06-01', n));
  const extension = fc.record({ of: fc.constantFrom(...limits), from: start, grant: fc.nat(60) });
  const limitsOf = (custody: Plan): string[] =>
    standing(hold(custody).events).filter((one) => one.startsWith('ctl-') && one.includes(' | offence:'));
  const expiry = (of: (typeof limits)[number], from: Day): Day =>
    custodyLimit({ custody: [{ from }] }, days[of], holidays);

  it('that is granted in time moves the limit to its day', () => {
    fc.assert(
      fc.property(extension, ({ of, from, grant }) => {
        const limit = expiry(of, from);
        const until = rolledBack(walk(limit, 30), holidays);
        const granted = told('custody-limit-extended', earlier(limit, walk(from, grant)), { until });
        expect(limitsOf(inCustody(of, from, [granted])).every((one) => one.includes(until))).toBe(true);
      }),
      sampling(0.2),
    );
  });

  it('that comes after the limit expired changes nothing (s.22(3): it cannot be extended then)', () => {
    fc.assert(
      fc.property(extension, ({ of, from, grant }) => {
        const limit = expiry(of, from);
        const on = walk(of === 'either-way' ? walk(from, 71) : limit, 1 + grant);
        const late = told('custody-limit-extended', on, { until: rolledBack(walk(on, 30), holidays) });
        expect(limitsOf(inCustody(of, from, [late]))).toEqual(limitsOf(inCustody(of, from, [])));
      }),
      sampling(0.2),
    );
  });

  it('of the magistrates’ limit is not one of the 182 days after sending', () => {
    fc.assert(
      fc.property(start, (from) => {
        const until = rolledBack(walk(from, 100), holidays);
        const extended = told('custody-limit-extended', walk(from, 40), { until });
        const sent = told('sent-to-crown-court', walk(from, 60));
        expect(limitsOf(inCustody('either-way', from, [extended, sent]))).toEqual(
          limitsOf(inCustody('either-way', from, [sent])),
        );
      }),
      sampling(0.2),
    );
  });
});

describe('a witness', () => {
  it('is told that the case was dropped, where it was first decided not to prosecute', () => {
    const dropped = [told('decision-not-to-prosecute', '2026-03-03'), told('discontinued', '2026-03-10')];
    const { events } = hold(inCustody('either-way', '2026-03-02', dropped, 1));
    const owed = standing(events).filter((one) => /^vc-(outcome|nfa-not-charge) /.test(one));
    expect(owed.length).toBeGreaterThan(0);
  });
});

/** A test of its own is about witnesses of charges of which it was decided not to prosecute. */
const withoutEarlyDecision = (told: Plan): Plan =>
  told.body.witnesses.length === 0
    ? told
    : { ...told, events: told.events.filter(({ type }) => type !== 'decision-not-to-prosecute') };

/** What one list has more of than another. */
function without(one: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return one.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
