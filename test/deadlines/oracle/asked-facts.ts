import fc from 'fast-check';
import type { HolidayCalendar } from '../../../src/calendar/holiday-calendar.ts';
import { ENGLAND_AND_WALES } from '../../../src/calendar/bank-holidays-data.ts';
import { calculateDeadline } from '../../../src/deadlines/calculate.ts';
import type { Facts } from '../../../src/deadlines/facts.ts';
import { rules } from '../../../src/deadlines/rules/register.ts';
import { factsFor } from './fact-sets.ts';
import { asRead } from './sampling.ts';

/** A rule of the register and facts to ask it with, for laws that hold of every rule. */
export type Asked = { rule: string; facts: Facts };
export type Said = { legalDue: string | null; actionDue: string | null; why: string[] };

export const ruleIds: readonly string[] = [...new Set(rules.map(({ id }) => id))];

/** One arbitrary for each rule, made once: a law draws a rule and then its facts. */
const byRule = new Map(ruleIds.map((id) => [id, factsFor(id)]));

export const askedOf = (ids: readonly string[]): fc.Arbitrary<Asked> =>
  fc
    .constantFrom(...ids)
    .chain((rule) => (byRule.get(rule) ?? fc.constant({})).map((facts) => ({ rule, facts })));

export const asked = askedOf(ruleIds);

/** What the calculator says, or null where it refuses the facts. */
export function answer({ rule, facts }: Asked, calendar: HolidayCalendar = ENGLAND_AND_WALES): Said | null {
  const said = calculateDeadline(rule, asRead(facts), calendar);
  if (!('explanation' in said)) return null;
  return { legalDue: said.legalDue, actionDue: said.actionDue, why: said.explanation };
}

/** The same rules and facts each time for a seed, with what the calculator says of them. */
export const answersFor = (seed: number, perRule: number): string[] =>
  ruleIds.flatMap((rule) =>
    fc
      .sample(byRule.get(rule) ?? fc.constant({}), { seed, numRuns: perRule })
      .map((facts) => JSON.stringify({ rule, facts, said: answer({ rule, facts }) })),
  );
