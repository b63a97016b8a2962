import type { ListedCase } from '../api/cases.ts';
import {
  errorLinks,
  showFields,
  type Choice,
  type ErrorLink,
  type Field,
  type FieldProblem,
  type FieldView,
  type Form,
} from './form-field.ts';
import { sayDayOf } from './say.ts';

/** The view model of finding a case. */
export type CasesView = {
  fields: FieldView[];
  rows: {
    href: string;
    urn: string;
    defendants: string;
    nextHearing: string;
    kind: string;
    state: string;
    received: string;
    officer: string;
    caseworker: string;
  }[];
  isFiltered: boolean;
  nextHref: string | null;
  errors: ErrorLink[];
};

const any = (choices: Choice[]): Choice[] => [{ value: 'any', text: 'Any' }, ...choices];

/** By what cases are found. */
export const caseFilters: readonly Field[] = [
  { kind: 'text', path: 'q', label: 'Part of a URN, or of a defendant’s name' },
  { kind: 'code', path: 'officer', label: 'Officer', hint: 'Collar number, such as PC1001' },
  { kind: 'date', path: 'hearingOn', label: 'Heard on', hint: 'For example, 27 3 2026' },
  {
    kind: 'pick',
    path: 'state',
    label: 'State',
    blank: null,
    choices: any([
      { value: 'open', text: 'Open' },
      { value: 'finalised', text: 'Finalised' },
    ]),
  },
];

/**
 * Cases that were found.
 * @param asked what they were looked for by, as the form has it
 * @param names of staff by id
 */
export function casesView(
  asked: Form,
  found: { items: readonly ListedCase[]; next: string | null },
  problems: readonly FieldProblem[],
  names: ReadonlyMap<string, string>,
): CasesView {
  const fields = showFields(caseFilters, asked, problems);
  const more = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
  if (found.next !== null) more.set('cursor', found.next);
  return {
    fields,
    rows: found.items.map((row) => ({
      href: `/cases/${row.urn}`,
      urn: row.urn,
      defendants: row.defendants.join(', '),
      nextHearing:
        row.nextHearing === null
          ? 'None listed'
          : `${sayDayOf(row.nextHearing.on)}, ${row.nextHearing.courtName}`,
      kind: row.kind === 'crime' ? 'Crime' : 'Traffic',
      state: row.state === 'open' ? 'Open' : 'Finalised',
      received: sayDayOf(row.receivedAt),
      officer: row.officer,
      caseworker: row.caseworker === null ? 'The team' : (names.get(row.caseworker) ?? row.caseworker),
    })),
    isFiltered: Object.values(asked).some((value) => value !== '' && value !== 'any'),
    nextHref: found.next === null ? null : `/cases?${more.toString()}`,
    errors: problems.length === 0 ? [] : errorLinks(fields, problems, ''),
  };
}
