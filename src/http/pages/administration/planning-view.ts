import type { z } from 'zod';
import type { effortSettingSchema, moveCostsSchema } from '../../api/planning-settings.ts';
import { readFields, sayName, type Choice, type Field, type Form } from '../form-field.ts';
import { countRows } from '../form-rows.ts';
import { sayMoment } from '../say.ts';

export type EffortJson = z.output<typeof effortSettingSchema>;
export type CostsJson = z.output<typeof moveCostsSchema>;
export type KindJson = { kind: string; usual: number[] };

/** For whom something can be set, with what it is called. */
export const scopeNames: Record<string, string> = {
  hub: 'Every team',
  crime: 'The crime team',
  traffic: 'The traffic team',
};

/** "Set by sr-1 on ...", or that nobody has set it. */
export function sayWhose({ changedBy, changedAt }: Pick<EffortJson, 'changedBy' | 'changedAt'>): string {
  return changedAt === null
    ? 'Nobody has set it: the hub’s own figures hold, which nobody has measured.'
    : `Set by ${changedBy ?? 'somebody'} on ${sayMoment(changedAt)}.`;
}

/** The kinds of task that can be chosen, with their default where there is one. */
export function kindChoices(kinds: readonly KindJson[]): Choice[] {
  return kinds.map(({ kind, usual }) => {
    const minutes = usual.length === 0 ? '' : ` (${usual.join(' or ')} minutes by default)`;
    return { value: kind, text: `${sayName(kind)}${minutes}` };
  });
}

/** The rows of the minutes that are set, each with its fields. */
export function minutesRows(form: Form, choices: readonly Choice[]) {
  return Array.from({ length: countRows(form, 'minutes') }, (_, n) => {
    const path = `minutes.${n}`;
    const fields: Field[] = [
      { path: `${path}.kind`, kind: 'pick', label: 'Kind of task', choices },
      { path: `${path}.simple`, kind: 'number', label: 'Minutes in a simple case' },
      { path: `${path}.standard`, kind: 'number', label: 'Minutes in a usual case' },
      { path: `${path}.complex`, kind: 'number', label: 'Minutes in a complex case' },
    ];
    return { name: path, legend: `Task ${n + 1}`, fields };
  });
}

/** What the force sets for kinds of which nothing else is known. */
export const shareFields: readonly Field[] = [
  {
    ...{ path: 'shares.simple', kind: 'number', label: 'What a simple case takes' },
    hint: 'In hundredths of a usual case: 80 is a fifth less',
  },
  {
    path: 'shares.complex',
    kind: 'number',
    label: 'What a complex case takes',
    hint: '150 is half as much again',
  },
  {
    ...{ path: 'shares.cautious', kind: 'number', label: 'Within what four in five are done' },
    hint: 'In hundredths of the minutes, where no team has learned it',
  },
];

export function formOfEffort({ minutes, shares }: EffortJson): Form {
  const rows = minutes.flatMap((row, n) =>
    Object.entries(row).map(([name, value]) => [`minutes.${n}.${name}`, String(value)]),
  );
  const set = Object.entries(shares ?? {}).map(([name, value]) => [`shares.${name}`, String(value)]);
  return Object.fromEntries([...rows, ...set]) as Form;
}

/** What a form says of how long work takes. */
export function effortOf(form: Form, scope: string): Record<string, unknown> {
  const rows = minutesRows(form, []).flatMap(({ fields }) => fields);
  return { minutes: [], ...readFields([...rows, ...(scope === 'hub' ? shareFields : [])], form) };
}

const costLabels: Record<keyof CostsJson['costs'], string> = {
  move: 'Any change of hands',
  contact: 'A victim or witness knows the caseworker',
  enhanced: 'and is owed enhanced rights',
  hearing: 'A hearing is near',
  limit: 'A custody time limit, or another limit that ends a case, is near or unconfirmed',
  notes: 'Its caseworker wrote notes lately',
  complex: 'The case is complex',
  changedHands: 'It changed hands lately',
  absence: 'Work falls due while its caseworker is away',
};
const dayLabels: Record<keyof CostsJson['workingDays'], string> = {
  hearing: 'A hearing is near within so many working days',
  limit: 'A limit is near within so many working days',
  notes: 'Notes are of late for so many working days',
  changedHands: 'A change of hands is of late for so many working days',
};

export const costFields: readonly Field[] = [
  ...Object.entries(costLabels).map(([name, label]): Field => ({
    ...{ path: `costs.${name}`, kind: 'number', label },
    hint: name === 'absence' ? 'Nought or less: it takes from the cost' : undefined,
  })),
  ...Object.entries(dayLabels).map(([name, label]): Field => ({
    path: `workingDays.${name}`,
    kind: 'number',
    label,
  })),
];

export function formOfCosts({ costs, workingDays }: CostsJson): Form {
  return Object.fromEntries(
    Object.entries({ costs, workingDays }).flatMap(([list, values]) =>
      Object.entries(values).map(([name, value]) => [`${list}.${name}`, String(value)]),
    ),
  );
}
