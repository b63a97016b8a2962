import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { calculateDeadline } from '../../src/deadlines/calculate.ts';
import type { Facts } from '../../src/deadlines/facts.ts';
import { rules } from '../../src/deadlines/rules/register.ts';
import { hold, standing } from './oracle/case-in-memory.ts';
import { coreRules, expected } from './oracle/case-oracle.ts';
import { plan } from './oracle/case-plans.ts';
import { ask, catalogue, withoutFigure } from './oracle/catalogue.ts';
import { canBeExtended, factsFor } from './oracle/fact-sets.ts';
import { asRead, holidays, sampling } from './oracle/sampling.ts';

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

describe('the program and the oracle give the same dates', () => {
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
      fc.property(plan, (told) => {
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
      sampling(2),
    );
  });
});

/** What one list has more of than another. */
function without(one: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return one.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
