import { isCivilDate, sayDate, type CivilDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf, type DateOrInstant } from '../calendar/london-time.ts';
import { invalid, invalidField, type Failure, type FieldError } from '../platform/failure.ts';
import { applySettings, type RuleSetting } from './apply-settings.ts';
import { computeDates, isInForce } from './compute.ts';
import { contradictions } from './contradictions.ts';
import { factLabels, type FactName, type Facts } from './facts.ts';
import type { Rule } from './rule.ts';
import { currentRule } from './rules/register.ts';

/** What the calculator says: the version of the rule that was used, both dates, and every step. */
export type Calculated = {
  rule: Rule;
  /** Null where the clock is not running, as a custody limit is not while the defendant is on bail. */
  legalDue: DateOrInstant | null;
  actionDue: CivilDate | null;
  explanation: string[];
};

/** How the calculator is asked, where it matters. */
export type CalculatorOptions = {
  /** What the force has set; the defaults of the hub unless given. */
  settings?: readonly RuleSetting[];
  /** The day that decides which version of the rule applies, where it is not the one on which the clock starts. */
  on?: CivilDate | undefined;
  /** Facts are for several rules at once: nothing is said of those that this one does not ask for. */
  manyRules?: boolean;
};

/**
 * A deadline from a rule and facts, with no case. The version of the rule is the one in force on the day that its clock
 * starts. Fails by the name of the fact that is missing, contradicts another or goes beyond the holiday list.
 */
export function calculateDeadline(
  id: string,
  facts: Facts,
  calendar: HolidayCalendar,
  { settings = [], on, manyRules = false }: CalculatorOptions = {},
): Calculated | Failure {
  const current = currentRule(id);
  if (!current) return invalidField('rule', 'is not a rule that is known here');
  const wrongForCurrent = checkFacts(current, facts);
  if (wrongForCurrent) return wrongForCurrent;
  const startsOn = on ?? startingDay(current, facts);
  const published = (startsOn === undefined ? undefined : currentRule(id, startsOn)) ?? current;
  const wrong = checkFacts(published, facts);
  if (wrong) return wrong;
  const [rule = published] = applySettings([published], settings);
  const dates = computeDates(rule, facts, calendar);
  const notes = [
    ...switchedOff(published, settings),
    ...notInForce(rule, startsOn),
    ...(manyRules ? [] : notUsed(rule, facts)),
  ];
  if ('kind' in dates)
    return { rule, legalDue: null, actionDue: null, explanation: [...notes, ...dates.explanation] };
  if (dates.legalDue === null)
    return invalidField(
      `facts.${startingFact(rule, facts) ?? ''}`,
      lowerFirst(dates.explanation.at(-1) ?? ''),
    );
  return {
    rule,
    legalDue: dates.legalDue,
    actionDue: dates.actionDue,
    explanation: [...notes, ...dates.explanation],
  };
}

function checkFacts(rule: Rule, facts: Facts): Failure | null {
  const errors: FieldError[] = [
    ...rule.period.needs.flatMap((names) => checkNeed(names, facts)),
    ...contradictions(facts),
  ];
  return errors.length > 0 ? invalid(errors) : null;
}

function checkNeed(names: readonly FactName[], facts: Facts): FieldError[] {
  if (names.some((name) => facts[name] !== undefined)) return [];
  const [first, ...others] = names;
  const message = others.length === 0 ? 'is needed' : `is needed, or else ${others.join(' or ')}`;
  return [{ path: `facts.${first}`, message }];
}

/** The fact from which the rule counts: the first that it needs and that says a day. */
function startingFact(rule: Rule, facts: Facts): FactName | undefined {
  return rule.period.needs.flat().find((name) => dayOfFact(name, facts) !== undefined);
}

function startingDay(rule: Rule, facts: Facts): CivilDate | undefined {
  const fact = startingFact(rule, facts);
  return fact && dayOfFact(fact, facts);
}

function dayOfFact(name: FactName, facts: Facts): CivilDate | undefined {
  if (name === 'custody') return facts.custody?.[0]?.from;
  const value = name === 'service' ? facts.service?.at : facts[name];
  if (typeof value !== 'string') return undefined;
  if (isCivilDate(value)) return value;
  return /^\d{4}-.*Z$/.test(value) ? civilDateOf(value) : undefined;
}

function switchedOff(rule: Rule, settings: readonly RuleSetting[]): string[] {
  return applySettings([rule], settings).length > 0
    ? []
    : ['Take care: your force has switched this rule off, so it gives cases no deadlines'];
}

function notInForce(rule: Rule, on: CivilDate | undefined): string[] {
  if (on === undefined || isInForce(rule, on)) return [];
  const { from, to } = rule.inForce;
  return [
    on < from
      ? `Take care: this rule is in force from ${sayDate(from)}, after the clock started`
      : `Take care: this rule was in force until ${sayDate(to ?? from)}, before the clock started`,
  ];
}

function notUsed(rule: Rule, facts: Facts): string[] {
  const used = new Set<string>([...rule.period.needs.flat(), ...(rule.period.optional ?? [])]);
  return (Object.keys(facts) as FactName[])
    .filter((name) => facts[name] !== undefined && !used.has(name))
    .map((name) => `This rule does not ask for ${factLabels[name]}, so it makes no difference`);
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
