import type { AssignmentRule } from '../../../workload/assignment-rules.ts';
import { traits } from '../../../workload/case-traits.ts';
import { readFields, sayName, type Field, type Form } from '../form-field.ts';
import { countRows } from '../form-rows.ts';

const list = 'rules';

/** The rows of the rules by which cases are given out, each with its fields. */
export function ruleRows(form: Form) {
  return Array.from({ length: countRows(form, list) }, (_, n) => {
    const path = `${list}.${n}`;
    const words = traits.map((trait) => sayName(trait).toLowerCase()).join(', ');
    const fields: Field[] = [
      { path: `${path}.name`, kind: 'text', label: 'What the rule is called' },
      {
        ...{ path: `${path}.traits`, kind: 'lines', label: 'Cases about', isOptional: true },
        hint: `All that are on a line each, of: ${words}`,
      },
      {
        ...{ path: `${path}.stations`, kind: 'lines', label: 'From these stations', isOptional: true },
        hint: 'The officer’s station, one on each line. Blank for every station',
      },
      {
        ...{ path: `${path}.skills`, kind: 'lines', label: 'Take these skills', isOptional: true },
        hint: 'Such as domestic-abuse, one on each line',
      },
      {
        ...{ path: `${path}.to`, kind: 'lines', label: 'Go to', isOptional: true },
        hint: 'Caseworkers of the team by their ids, one on each line: one of them while one can have it',
      },
    ];
    return { name: path, legend: `Rule ${n + 1}`, fields };
  });
}

/** The rules that a form says. */
export function rulesOf(form: Form): Record<string, unknown> {
  const body = readFields(
    ruleRows(form).flatMap(({ fields }) => fields),
    form,
  );
  const rules = (body[list] ?? []) as Record<string, unknown>[];
  const asTraits = (lines: unknown) =>
    Array.isArray(lines) ? lines.map((line) => String(line).toLowerCase().replaceAll(' ', '-')) : undefined;
  return { rules: rules.map((rule) => ({ ...rule, traits: asTraits(rule['traits']) })) };
}

export function formOfRules(rules: readonly AssignmentRule[]): Form {
  const ofRow = ({ name, ...lists }: AssignmentRule, n: number) => [
    [`${list}.${n}.name`, name],
    ...Object.entries(lists).map(([field, lines]) => [`${list}.${n}.${field}`, lines.join('\n')]),
  ];
  return Object.fromEntries(rules.flatMap(ofRow)) as Form;
}
