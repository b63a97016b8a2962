import type { z } from 'zod';
import type { importSchema, importedCaseSchema } from '../../api/intake-json.ts';
import { figure, numberHead, wordHead, words, type Cell, type Table } from '../figures/table.ts';
import { sayDayOf, sayMoment } from '../say.ts';

export type ImportJson = z.output<typeof importSchema>;
export type ImportedCaseJson = z.output<typeof importedCaseSchema>;
type CaseState = ImportedCaseJson['state'];

const states: Record<ImportJson['state'], { text: string; classes: string }> = {
  checking: { text: 'Being checked', classes: 'govuk-tag--blue' },
  checked: { text: 'Checked: nothing is created yet', classes: 'govuk-tag--orange' },
  importing: { text: 'Being created', classes: 'govuk-tag--blue' },
  done: { text: 'Done', classes: 'govuk-tag--green' },
  discarded: { text: 'Thrown away', classes: 'govuk-tag--grey' },
};

export const caseStates: Record<CaseState, { text: string; classes: string }> = {
  waiting: { text: 'To be checked', classes: 'govuk-tag--grey' },
  ready: { text: 'Would be created', classes: 'govuk-tag--blue' },
  wrong: { text: 'Has errors', classes: 'govuk-tag--red' },
  'already-there': { text: 'In the hub already', classes: 'govuk-tag--grey' },
  differs: { text: 'Differs from the hub’s', classes: 'govuk-tag--orange' },
  created: { text: 'Created', classes: 'govuk-tag--green' },
  failed: { text: 'Given up after three tries', classes: 'govuk-tag--red' },
};

export const importHref = ({ id }: Pick<ImportJson, 'id'>): string => `/imports/${id}`;

/** The files that somebody has sent in. */
export function importsTable(items: readonly ImportJson[]): Table {
  return {
    id: 'files',
    title: 'Files that you have sent in',
    heads: [
      wordHead('Sent in'),
      numberHead('Rows'),
      numberHead('Cases'),
      numberHead('Created'),
      numberHead('Errors'),
      wordHead('State'),
    ],
    rows: items.map((one) => ({
      cells: [
        { text: sayMoment(one.createdAt), href: importHref(one) },
        figure(one.file.rows),
        figure(one.file.cases),
        figure(one.counts.created ?? 0),
        figure(one.errorCount),
        { text: '', tag: states[one.state] },
      ],
    })),
  };
}

/** The view model of one file: how far it is, what is wrong in it, and what can be done. */
export type ImportView = {
  title: string;
  tag: { text: string; classes: string };
  progress: { done: number; of: number; text: string } | null;
  facts: { key: string; value: string }[];
  wrong: Table | null;
  /** Said where not all errors are shown. */
  moreErrors: string | null;
  cases: Table | null;
  /** What confirming would do; null where it cannot be confirmed. */
  confirm: { button: string; leftOut: string | null } | null;
  canDiscard: boolean;
  again: { text: string; href: string } | null;
};

export function importView(one: ImportJson, cases: readonly ImportedCaseJson[]): ImportView {
  const isWorkedOn = one.state === 'checking' || one.state === 'importing';
  const { done, of } = one.progress;
  const what = one.state === 'checking' ? 'checked' : 'created';
  return {
    title: `Cases sent in on ${sayDayOf(one.createdAt)}`,
    tag: states[one.state],
    progress: isWorkedOn ? { done, of, text: `${done} of ${of} cases ${what}` } : null,
    facts: factsOf(one),
    wrong: one.errors.length === 0 ? null : errorsTable(one),
    moreErrors:
      one.errorCount > one.errors.length
        ? `The first ${one.errors.length} of ${one.errorCount} errors are shown here; all of them stand with their cases below.`
        : null,
    cases: cases.length === 0 ? null : casesTable(cases),
    confirm: one.state === 'checked' ? confirmOf(one) : null,
    canDiscard: one.state === 'checked' || one.state === 'checking',
    again: isWorkedOn ? { text: 'See how far it is', href: importHref(one) } : null,
  };
}

function factsOf({ file, counts, deadlines, confirmedAt, finishedAt }: ImportJson): ImportView['facts'] {
  const counted = Object.entries(counts).flatMap(([state, n]) =>
    n === 0 ? [] : [`${caseStates[state as CaseState].text}: ${n}`],
  );
  const rows: [string, string | null][] = [
    ['In the file', `${file.rows} rows, ${file.cases} cases`],
    ['Read as', `${file.encoding}, columns with ${sayDelimiter(file.delimiter)} between`],
    ['Columns not read', file.notRead.length === 0 ? null : file.notRead.join(', ')],
    ['Its cases', counted.join('; ')],
    ['Deadlines that they make', String(deadlines)],
    ['Confirmed', confirmedAt && sayMoment(confirmedAt)],
    ['Finished', finishedAt && sayMoment(finishedAt)],
  ];
  return rows.flatMap(([key, value]) => (value === null || value === '' ? [] : [{ key, value }]));
}

const sayDelimiter = (delimiter: string): string =>
  ({ ',': 'commas', ';': 'semicolons', '\t': 'tabs' })[delimiter] ?? delimiter;

function errorsTable({ errors }: ImportJson): Table {
  return {
    id: 'wrong',
    title: 'What is wrong, by row and column',
    heads: [numberHead('Row'), wordHead('Column'), wordHead('What is wrong')],
    rows: errors.map(({ row, column, message }) => ({
      cells: [figure(row), words(column), words(`${column} ${message}`)],
    })),
  };
}

function casesTable(cases: readonly ImportedCaseJson[]): Table {
  return {
    id: 'cases',
    title: 'Cases of the file',
    heads: ['URN', 'Rows', 'State', 'What is wrong, or what it makes', 'First dates'].map(wordHead),
    rows: cases.map((one) => ({
      cells: [
        one.createdUrn === null ? words(one.urn) : { text: one.urn, href: `/cases/${one.createdUrn}` },
        words(one.rows.join(', ')),
        { text: '', tag: caseStates[one.state] },
        whatOf(one),
        words(
          one.firstDates
            .map(({ title, legalDue }) => `${title}: ${legalDue === null ? 'not known' : sayDayOf(legalDue)}`)
            .join('; ') || 'None',
        ),
      ],
    })),
  };
}

function whatOf({ errors, makes }: ImportedCaseJson): Cell {
  if (errors.length > 0)
    return words(errors.map(({ row, column, message }) => `Row ${row}: ${column} ${message}`).join('; '));
  if (makes === null) return words('Nothing');
  const { defendants, offences, hearings, victims, witnesses } = makes;
  return words(
    [
      `defendants ${defendants}, offences ${offences}`,
      `hearings ${hearings}, victims ${victims}, witnesses ${witnesses}`,
      ...(makes.deadlines === null ? [] : [`deadlines ${makes.deadlines}`]),
    ].join(', '),
  );
}

function confirmOf({ counts }: ImportJson): ImportView['confirm'] {
  const ready = counts.ready ?? 0;
  const left = (counts.wrong ?? 0) + (counts.differs ?? 0) + (counts.failed ?? 0);
  const many = (n: number) => (n === 1 ? '1 case' : `${n} cases`);
  return { button: `Create ${many(ready)}`, leftOut: left === 0 ? null : `Leave out ${many(left)}` };
}
