import type { z } from 'zod';
import { factSchemas, factTitles, type FactName } from '../../deadlines/facts.ts';
import type { calculatedSchema } from '../api/calculate-deadline.ts';
import type { ruleSchema } from '../api/deadline-rules.ts';
import { sayDue } from './deadline-facts.ts';
import { fieldsOfSchema, type SchemaForm } from './fields-of-schema.ts';
import {
  errorLinks,
  sayName,
  showFields,
  type ErrorLink,
  type FieldProblem,
  type FieldView,
  type Form,
} from './form-field.ts';
import { sayDayOf } from './say.ts';

export type RuleJson = z.input<typeof ruleSchema>;
export type CalculatedJson = z.input<typeof calculatedSchema>;

/** The view model of picking a rule. */
export type RuleListView = {
  q: string;
  groups: { heading: string; rules: { title: string; href: string; source: string }[] }[];
  count: number;
};

/** The view model of a calculation. */
export type CalculatorView = {
  title: string;
  rule: string;
  aboutHref: string;
  period: string;
  fields: FieldView[];
  lists: { path: string; label: string }[];
  oneOf: string | null;
  result: CalculationView | null;
  errors: ErrorLink[];
};

type CalculationView = {
  due: string;
  actBy: string | null;
  steps: string[];
  source: string;
  checkWithForce: boolean;
  version: number;
};

/** The view model of what a rule says. */
export type RuleView = {
  title: string;
  calculateHref: string;
  source: string;
  grade: string;
  facts: { key: string; value: string }[];
  examples: { why: string; due: string; given: string }[];
  checkWithForce: boolean;
};

const owners: Record<string, string> = {
  police: 'Police',
  officer: 'Officer in the case',
  hub: 'Prosecution hub',
  cps: 'CPS',
  court: 'Court',
  defence: 'Defence',
  victim: 'Victim',
};

/**
 * The rules by who owes what they are about.
 * @param q words that a rule's title or source has, in any order; '' for all
 */
export function ruleListView(rules: readonly RuleJson[], q: string): RuleListView {
  const wanted = q.toLowerCase().split(/\s+/);
  const found = rules.filter(({ title, id, authority }) => {
    const text = `${title} ${id} ${authority.instrument} ${authority.provision}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  const groups = Object.entries(owners).map(([owner, heading]) => ({
    heading,
    rules: found
      .filter((rule) => rule.owner === owner)
      .map(({ id, title, authority }) => ({
        title,
        href: `/calculator?rule=${encodeURIComponent(id)}`,
        source: `${authority.instrument}, ${authority.provision}`,
      }))
      .toSorted((one, other) => one.title.localeCompare(other.title, 'en-GB')),
  }));
  return { q, groups: groups.filter((group) => group.rules.length > 0), count: found.length };
}

const wording = {
  labels: {
    from: 'First day in custody',
    to: 'Day of bail, where it has ended',
    custody: 'Period in custody',
    method: 'How it was sent',
    respondedOn: 'Day on which the other side responded',
  },
};

/** The fields of the facts that a rule needs, from the schemas that check them. */
export function factFields(rule: RuleJson, form: Form): SchemaForm {
  const found: SchemaForm = { fields: [], lists: [] };
  for (const { name, required } of rule.facts) {
    const title = factTitles[name as FactName];
    const labels = { ...wording.labels, ...(name === 'custody' ? {} : { [name]: title }) };
    const path = `facts.${name}`;
    const of = fieldsOfSchema(factSchemas[name as FactName], path, form, { ...wording, labels }, required);
    found.fields.push(...of.fields);
    found.lists.push(...of.lists);
  }
  return found;
}

/** A calculation as it is shown: the fields, and the date with each of its steps once there is one. */
export function calculatorView(
  rule: RuleJson,
  { fields, lists }: SchemaForm,
  form: Form,
  outcome: { calculated: CalculatedJson | null; problems: readonly FieldProblem[]; detail: string },
): CalculatorView {
  const { calculated, problems, detail } = outcome;
  const shown = showFields(fields, form, problems);
  const oneOf = rule.facts.filter((fact) => fact.oneOf !== undefined).map(({ title }) => title);
  return {
    title: rule.title,
    rule: rule.id,
    aboutHref: `/calculator/rules/${encodeURIComponent(rule.id)}`,
    period: rule.period,
    fields: shown,
    lists,
    oneOf: oneOf.length === 0 ? null : oneOf.join('; or '),
    result: calculated === null ? null : calculationView(calculated),
    errors: problems.length === 0 && detail === '' ? [] : errorLinks(shown, problems, detail),
  };
}

function calculationView(calculated: CalculatedJson): CalculationView {
  const { legalDue, actionDue, explanation, authority, checkWithForce, ruleVersion } = calculated;
  return {
    due: legalDue === null ? 'The clock is not running' : sayDue(legalDue),
    actBy: actionDue === null || actionDue === legalDue ? null : sayDayOf(actionDue),
    steps: explanation,
    source: `${authority.instrument}, ${authority.provision}`,
    checkWithForce,
    version: ruleVersion,
  };
}

const grades: Record<string, string> = {
  A: 'A: read in the operative text',
  B: 'B: read in an official summary',
  C: 'C: not verified',
  P: 'P: no published figure; a default that a force sets',
};

/** What a rule says, where it comes from and what it gives for worked examples. */
export function ruleView(rule: RuleJson): RuleView {
  const { authority, inForce } = rule;
  const rows: [string, string][] = [
    ['Who owes it', owners[rule.owner] ?? rule.owner],
    ['Period', rule.period],
    ['It starts with', rule.starts],
    ['It is met by', rule.meets.join('; ')],
    ['It ends with', rule.ends.join('; ')],
    ['If it is missed', rule.ifMissed],
    [
      'In force',
      `from ${sayDayOf(inForce.from)}${inForce.to === undefined ? '' : ` to ${sayDayOf(inForce.to)}`}`,
    ],
    ['Warnings', rule.warnings.length === 0 ? '' : `${rule.warnings.join(', ')} days before`],
    ['In this hub', rule.enabled ? '' : 'Switched off by the force'],
  ];
  return {
    title: rule.title,
    calculateHref: `/calculator?rule=${encodeURIComponent(rule.id)}`,
    source: `${authority.instrument}, ${authority.provision}`,
    grade: grades[authority.grade] ?? authority.grade,
    facts: rows.flatMap(([key, value]) => (value === '' ? [] : [{ key, value }])),
    examples: rule.examples.map(({ facts, legalDue, why }) => ({
      why,
      due: sayDue(legalDue),
      given: Object.entries(facts)
        .map(([name, value]) => `${factTitles[name as FactName] ?? sayName(name)}: ${sayFact(value)}`)
        .join('; '),
    })),
    checkWithForce: rule.checkWithForce,
  };
}

function sayFact(value: unknown): string {
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? sayDayOf(value) : value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(sayFact).join(', then ');
  return Object.entries((value ?? {}) as Record<string, unknown>)
    .map(([name, inner]) => `${sayName(name).toLowerCase()} ${sayFact(inner)}`)
    .join(', ');
}
