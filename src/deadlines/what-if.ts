import type { CivilDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { invalid, isFailure, type Failure } from '../platform/failure.ts';
import { applySettings, type RuleSetting } from './apply-settings.ts';
import { calculateDeadline, type Calculated } from './calculate.ts';
import { contradictions } from './contradictions.ts';
import type { Facts } from './facts.ts';
import type { Rule } from './rule.ts';
import { currentRule, rules } from './rules/register.ts';

/** A rule that gives no date for these facts: the facts that it still needs, or why not. */
export type NotComputed = { rule: string; missing: string[]; why: string };

export type WhatIf = { items: Calculated[]; notComputed: NotComputed[] };

/**
 * Every deadline that facts would give, with no case and nothing saved, soonest first.
 * @param asked.rules ids of rules; every rule that the force has and whose needed facts are all given, unless named
 * @param asked.on the day that decides which version of a rule applies
 * @returns `invalid` where facts contradict one another or a rule is not known
 */
export function whatIf(
  facts: Facts,
  asked: { rules?: readonly string[] | undefined; on?: CivilDate | undefined },
  calendar: HolidayCalendar,
  settings: readonly RuleSetting[],
): WhatIf | Failure {
  const unknown = (asked.rules ?? []).flatMap((id, i) =>
    currentRule(id) === undefined
      ? [{ path: `rules.${i}`, message: 'is not a rule that is known here' }]
      : [],
  );
  const errors = [...contradictions(facts), ...unknown];
  if (errors.length > 0) return invalid(errors);
  const ids = asked.rules ?? everyRule(facts, settings);
  const answer: WhatIf = { items: [], notComputed: [] };
  for (const id of new Set(ids)) {
    const rule = currentRule(id);
    if (rule === undefined) continue;
    const missing = missingFacts(rule, facts);
    const calculated =
      missing.length > 0
        ? { detail: `needs ${missing.join(', ')}` }
        : calculateDeadline(id, facts, calendar, { settings, on: asked.on, manyRules: true });
    if (!isFailure(calculated) && 'rule' in calculated) answer.items.push(calculated);
    else answer.notComputed.push({ rule: id, missing, why: whyNot(calculated) });
  }
  answer.items.sort((a, b) => compareDue(a.legalDue, b.legalDue));
  return answer;
}

function everyRule(facts: Facts, settings: readonly RuleSetting[]): string[] {
  const enabled = applySettings(rules, settings);
  return enabled.filter((rule) => missingFacts(rule, facts).length === 0).map(({ id }) => id);
}

/** Facts that a rule needs and that are not given; of those that stand for one another, all in one entry. */
function missingFacts({ period }: Rule, facts: Facts): string[] {
  return period.needs
    .filter((names) => names.every((name) => facts[name] === undefined))
    .map((names) => names.join(' or '));
}

function whyNot(refused: Pick<Failure, 'detail' | 'errors'>): string {
  return refused.errors?.[0]?.message ?? refused.detail;
}

/** Soonest first; where no clock is running, last. */
function compareDue(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
