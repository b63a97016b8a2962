import { actionDue } from '../calendar/action-due.ts';
import { isCivilDate, sayDay, type CivilDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf, endOfDay } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import type { CaseState } from './case-state.ts';
import type { Facts } from './facts.ts';
import { subjectKey, type Condition, type Finding, type Rule, type Start, type Subject } from './rule.ts';

/** A civil date, or an instant where a rule counts hours: `isCivilDate` tells them apart. */
export type DayOrInstant = string;

/** When a deadline is due, and how that was worked out. `legalDue` is null where a holiday list is missing. */
export type Dates = {
  legalDue: DayOrInstant | null;
  actionDue: CivilDate | null;
  explanation: string[];
};

/** A deadline as the rules give it to a case; its identity is rule, subject and clock. */
export type ComputedDeadline = Dates & {
  rule: string;
  ruleVersion: number;
  subject: Subject;
  subjectKey: string;
  clock: string;
  facts: Facts;
  /** The force's figure by which it was counted; null where it was the rule's own. */
  setting: { amount: number } | null;
  startedBy: string;
  met: Finding | null;
  ended: Finding | null;
};

/**
 * Every deadline that the rules give a case in this state. Pure: the same state, rules and calendar give the same
 * deadlines on any day of the year.
 */
export function computeDeadlines(
  state: CaseState,
  rules: readonly Rule[],
  calendar: HolidayCalendar,
): ComputedDeadline[] {
  const all: ComputedDeadline[] = [];
  for (const rule of rules)
    for (const start of rule.starts.find(state)) {
      const computed = isInForce(rule, start.on) ? computeOne(state, rule, start, calendar) : null;
      if (computed !== null) all.push(computed);
    }
  return all;
}

/** Whether this version of a rule is the one for a clock that started on a day. */
export function isInForce(rule: Rule, on: CivilDate): boolean {
  return on >= rule.inForce.from && (rule.inForce.to === undefined || on <= rule.inForce.to);
}

/** The dates that a rule gives for facts: `not-running` where its clock is stopped. */
export function computeDates(
  rule: Rule,
  facts: Facts,
  calendar: HolidayCalendar,
  assumed: readonly string[] = [],
): Dates | { kind: 'not-running'; explanation: string[] } {
  const counted = rule.period.count(facts, calendar);
  const first = rule.setting === undefined ? assumed : [rule.setting.says, ...assumed];
  if (counted.kind === 'not-running')
    return { kind: 'not-running', explanation: [...first, ...counted.steps] };
  if (counted.kind === 'beyond-calendar')
    return { legalDue: null, actionDue: null, explanation: [...first, beyondCalendar(counted.year)] };
  const action = actionDue(calendar, counted.due);
  const begins = beginsOn(rule, facts, counted.due);
  const isTooSoon = action.date !== null && begins !== undefined && action.date < begins;
  return {
    legalDue: counted.due,
    actionDue: action.date,
    explanation: [
      ...first,
      ...counted.steps.map(upperFirst),
      ...action.steps,
      ...(isTooSoon
        ? [`The time begins to run on ${sayDay(begins)} only: act between then and the limit`]
        : []),
    ],
  };
}

/** The day on which the time begins to run, by the last of the facts from which it is counted forward. */
function beginsOn(rule: Rule, facts: Facts, due: DayOrInstant): CivilDate | undefined {
  return rule.period.needs
    .flat()
    .map((name) => facts[name])
    .filter((fact): fact is string => typeof fact === 'string' && startsWithDate.test(fact))
    .filter((fact) => (isCivilDate(fact) ? fact < dayOf(due) : dayOf(fact) <= dayOf(due)))
    .map(dayOf)
    .sort()
    .at(-1);
}

const startsWithDate = /^\d{4}-\d\d-\d\d/;

function upperFirst(step: string): string {
  return step.charAt(0).toUpperCase() + step.slice(1);
}

export function beyondCalendar(year: number): string {
  return `The date cannot be worked out yet: the bank holidays of ${year} are not loaded`;
}

/** The moment from which a deadline is missed: the end of the day, or the instant of one counted in hours. */
export function expiryOf(legalDue: DayOrInstant): Instant {
  return isCivilDate(legalDue) ? endOfDay(legalDue) : legalDue;
}

/** The civil day of a legal due date or instant. */
export function dayOf(legalDue: DayOrInstant): CivilDate {
  return isCivilDate(legalDue) ? legalDue : civilDateOf(legalDue);
}

function computeOne(
  state: CaseState,
  rule: Rule,
  start: Start,
  calendar: HolidayCalendar,
): ComputedDeadline | null {
  const dates = computeDates(rule, start.facts, calendar, start.assumed);
  if ('kind' in dates) return null;
  const key = subjectKey(start.subject);
  // Field by field: this runs for every deadline of every case, and a spread takes ten times as long.
  return {
    legalDue: dates.legalDue,
    actionDue: dates.actionDue,
    explanation: dates.explanation,
    rule: rule.id,
    ruleVersion: rule.version,
    subject: start.subject,
    subjectKey: key,
    clock: start.clock,
    facts: start.facts,
    setting: rule.setting === undefined ? null : { amount: rule.setting.amount },
    startedBy: start.by,
    met: firstOf(rule.meets, state, start, rule, calendar, metByHand(state, rule, start, key)),
    ended: firstOf(rule.ends, state, start, rule, calendar),
  };
}

function metByHand(state: CaseState, rule: Rule, start: Start, key: string): Finding | null {
  const found = state.metByHand.find(
    (met) => met.rule === rule.id && met.subject === key && met.clock === start.clock,
  );
  return found ? { by: found.eventId, on: found.on } : null;
}

/** The first day on which a condition holds; of those that hold on one day the first named. */
function firstOf(
  conditions: readonly Condition[],
  state: CaseState,
  start: Start,
  rule: Rule,
  calendar: HolidayCalendar,
  last: Finding | null = null,
): Finding | null {
  let first: Finding | null = null;
  for (const condition of conditions) {
    const found = condition.find(state, start, rule, calendar);
    if (found !== null && (first === null || found.on < first.on))
      first = { by: found.by, on: found.on, why: found.why ?? condition.says };
  }
  return last !== null && (first === null || last.on < first.on) ? last : first;
}
