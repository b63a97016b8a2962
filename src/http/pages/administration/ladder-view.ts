import type { z } from 'zod';
import type { ladderSchema } from '../../api/chasing-ladder.ts';
import { figure, numberHead, wordHead, words, type Table } from '../figures/table.ts';
import { readFields, sayName, type Field, type Form } from '../form-field.ts';
import { countRows } from '../form-rows.ts';
import { sayMoment } from '../say.ts';

export type LadderJson = z.output<typeof ladderSchema>;
type Step = LadderJson['ordinary'][number];

export const ladderLists = [
  { path: 'ordinary', title: 'Ordinary steps' },
  { path: 'compressed', title: 'Shorter steps, for what is urgent' },
] as const;

const levelNames: Record<Step['level'], string> = {
  officer: 'The officer',
  sergeant: 'The sergeant',
  inspector: 'The inspector',
  caseworker: 'The caseworker decides',
};

/** The ladder in force as it is read: two tables of steps, and when the shorter one is taken. */
export function ladderView(ladder: LadderJson) {
  const { changedAt, changedBy, note, inCustody } = ladder;
  return {
    whose:
      changedAt === null
        ? 'It is the hub’s own: the force has set none.'
        : `Set by ${changedBy ?? 'somebody'} on ${sayMoment(changedAt)}: ${note ?? ''}`,
    tables: ladderLists.map(({ path, title }) => stepsTable(path, title, ladder[path])),
    shorter: [
      ...(inCustody ? ['a defendant is in custody'] : []),
      `a custody time limit expires within ${ladder.custodyLimitDays} days after the material is due`,
      `another limit that ends a case, such as the six months, expires within ${ladder.timeLimitDays} days after it is due`,
      `a hearing is within ${ladder.hearingWorkingDays} working days after it is due`,
    ],
  };
}

function stepsTable(id: string, title: string, steps: readonly Step[]): Table {
  return {
    id,
    title,
    heads: [
      wordHead('Step'),
      wordHead('Who hears'),
      wordHead('When'),
      numberHead('Working days before a hearing, at the latest'),
    ],
    rows: steps.map(({ step, level, businessDays, beforeHearing }) => ({
      cells: [
        words(sayName(step)),
        words(levelNames[level]),
        words(sayWhen(businessDays)),
        beforeHearing === undefined ? { text: 'No matter', isNumber: true } : figure(beforeHearing),
      ],
    })),
  };
}

function sayWhen(days: number): string {
  if (days === 0) return 'On the day it is due';
  const many = Math.abs(days) === 1 ? '1 working day' : `${Math.abs(days)} working days`;
  return `${many} ${days < 0 ? 'before' : 'after'} it is due`;
}

/** The form of the ladder in force; the note is written anew each time. */
export function formOfLadder(ladder: LadderJson): Form {
  const form: Form = {
    inCustody: String(ladder.inCustody),
    custodyLimitDays: String(ladder.custodyLimitDays),
    timeLimitDays: String(ladder.timeLimitDays),
    hearingWorkingDays: String(ladder.hearingWorkingDays),
  };
  for (const { path } of ladderLists)
    ladder[path].forEach((step, n) => {
      for (const [name, value] of Object.entries(step)) form[`${path}.${n}.${name}`] = String(value);
    });
  return form;
}

/** The rows of one list of steps, each with its fields. */
export function stepRows(form: Form, path: string): { name: string; legend: string; fields: Field[] }[] {
  return Array.from({ length: countRows(form, path) }, (_, n) => ({
    name: `${path}.${n}`,
    legend: `Step ${n + 1}`,
    fields: [
      {
        path: `${path}.${n}.step`,
        kind: 'code',
        label: 'Name',
        hint: 'A short word in small letters, such as second-reminder',
      },
      {
        path: `${path}.${n}.level`,
        kind: 'pick',
        label: 'Who hears',
        choices: Object.entries(levelNames).map(([value, text]) => ({ value, text })),
      },
      {
        path: `${path}.${n}.businessDays`,
        kind: 'number',
        label: 'Working days after it is due',
        hint: 'Before it with a minus, such as -5',
      },
      {
        path: `${path}.${n}.beforeHearing`,
        kind: 'number',
        label: 'Working days before a hearing, at the latest',
        hint: 'Blank where it does not matter',
      },
    ],
  }));
}

/** When the shorter steps are taken, and why the ladder is changed. */
export const ladderFields: readonly Field[] = [
  { path: 'inCustody', kind: 'yes-no', label: 'Shorter wherever a defendant is in custody' },
  { path: 'custodyLimitDays', kind: 'number', label: 'Shorter within so many days of a custody time limit' },
  {
    path: 'timeLimitDays',
    kind: 'number',
    label: 'Shorter within so many days of another limit that ends a case',
  },
  { path: 'hearingWorkingDays', kind: 'number', label: 'Shorter within so many working days of a hearing' },
  { path: 'note', kind: 'words', label: 'Why, and who agreed to it' },
];

/** The ladder that a form says. */
export function ladderOf(form: Form): Record<string, unknown> {
  const rows = ladderLists.flatMap(({ path }) => stepRows(form, path).flatMap(({ fields }) => fields));
  return { ordinary: [], compressed: [], ...readFields([...rows, ...ladderFields], form) };
}
