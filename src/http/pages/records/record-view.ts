import type { z } from 'zod';
import { policeSystems } from '../../../deadlines/record-entries.ts';
import type { recordSchema } from '../../api/record-json.ts';
import { day, wordHead, words, type Cell, type Table } from '../figures/table.ts';
import { readFields, type Field, type FieldProblem, type Form } from '../form-field.ts';
import { sayDayOf, sayMoment } from '../say.ts';

export type RecordJson = z.output<typeof recordSchema>;

const states: Record<RecordJson['state'], { text: string; classes: string }> = {
  owed: { text: 'Owed', classes: 'govuk-tag--blue' },
  entered: { text: 'Entered', classes: 'govuk-tag--green' },
  wrong: { text: 'Entered, and wrong since', classes: 'govuk-tag--orange' },
  withdrawn: { text: 'No longer owed', classes: 'govuk-tag--grey' },
};
const late = { text: 'Late', classes: 'govuk-tag--orange' };

/** Entries in police systems, each owed one with where it is entered. */
export function recordsTable(id: string, title: string, items: readonly RecordJson[]): Table {
  return {
    id,
    title,
    heads: ['Entry', 'System', 'Case', 'Because', 'Due', 'State', 'Entered'].map(wordHead),
    rows: items.map((one) => ({
      cells: [
        isOwed(one)
          ? { text: one.entry, about: `of case ${one.caseUrn}: enter it`, href: recordHref(one) }
          : words(one.entry),
        words(capital(one.systemName)),
        { text: one.caseUrn, href: `/cases/${one.caseUrn}/records` },
        words(`${one.owedBy.title}, ${sayDayOf(one.owedBy.on)}`),
        day(one.dueOn === null ? 'Not known' : sayWhen(one.dueOn)),
        { text: '', tag: isOwed(one) && one.isLate ? late : states[one.state] },
        enteredCell(one),
      ],
    })),
  };
}

function enteredCell({ entered }: RecordJson): Cell {
  if (entered === null) return words('Not yet');
  const { reference, note, on, by } = entered;
  return {
    text: reference ?? 'Without a reference',
    more: `${sayDayOf(on)}, ${by}${note === null ? '' : `: ${note}`}`,
  };
}

export const isOwed = ({ state }: Pick<RecordJson, 'state'>): boolean => state === 'owed';
export const recordHref = ({ caseUrn, id }: RecordJson): string => `/cases/${caseUrn}/records/${id}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const sayWhen = (at: string): string => (at.length === 10 ? sayDayOf(at) : sayMoment(at));

/** What has been entered where, of which the last reference of each system is how it knows the case. */
export function referencesTable(
  references: readonly { system: keyof typeof policeSystems; reference: string; on: string; by: string }[],
): Table {
  return {
    id: 'references',
    title: 'References of this case',
    heads: ['System', 'Reference', 'Entered', 'By'].map(wordHead),
    rows: references.map(({ system, reference, on, by }) => ({
      cells: [words(capital(policeSystems[system])), words(reference), day(sayDayOf(on)), words(by)],
    })),
  };
}

/** Why an entry is owed and by when, beside the form by which it is entered. */
export function recordFacts(one: RecordJson): { key: string; value: string }[] {
  const { instrument, provision, grade } = one.authority;
  return [
    { key: 'System', value: capital(one.systemName) },
    { key: 'What is entered', value: one.entry },
    { key: 'Because', value: `${one.owedBy.title}, ${sayDayOf(one.owedBy.on)}` },
    { key: 'Due', value: one.dueOn === null ? 'Not known' : sayWhen(one.dueOn) },
    { key: 'Source', value: `${instrument}, ${provision} (grade ${grade})` },
  ];
}

/** The fields by which somebody says that an entry is made. */
export const entryFields: readonly Field[] = [
  {
    kind: 'code',
    path: 'reference',
    label: 'Reference in that system',
    hint: 'As the system shows it, such as 42/000123/26',
  },
  {
    kind: 'tick',
    path: 'hasNone',
    label: 'The system gave no reference',
  },
  { kind: 'date', path: 'on', label: 'Entered on', hint: 'Today, unless you say', isOptional: true },
  {
    kind: 'text',
    path: 'note',
    label: 'Note',
    hint: 'Needed where there is no reference: why there is none',
    isOptional: true,
  },
];

/** The entry that a form says; or what is missing: a reference, or why there is none. */
export function entryOf(form: Form): { body: object } | { problems: FieldProblem[] } {
  const { hasNone, ...body } = readFields(entryFields, form) as {
    hasNone?: true;
    reference?: string;
    note?: string;
  };
  if (hasNone === undefined && body.reference === undefined)
    return { problems: [{ path: 'reference', message: 'is needed, or say that the system gave none' }] };
  if (hasNone && body.reference !== undefined)
    return { problems: [{ path: 'hasNone', message: 'cannot be, where a reference is given' }] };
  if (hasNone && body.note === undefined)
    return { problems: [{ path: 'note', message: 'is needed: why there is no reference' }] };
  return { body };
}

/** Where the interface is told that an entry is made. */
export function enteredPath(urn: string, id: string): string {
  return `/api/cases/${encodeURIComponent(urn)}/records/${encodeURIComponent(id)}/entered`;
}
