import { z } from 'zod';
import { countCases, readErrors, type ImportedCaseRow, type ImportRow } from '../../intake/store.ts';
import { columns, headingOf } from '../../intake/columns.ts';
import type { Database, Transaction } from '../../../db/connect.ts';
import { etagOf } from '../etag.ts';

const caseStates = [
  ...(['waiting', 'ready', 'wrong', 'already-there', 'differs'] as const),
  ...(['created', 'failed'] as const),
];
export const caseStateField = z.enum(caseStates).meta({
  description:
    '`waiting`: to be checked; `ready`: would be created; `wrong`: has errors; `already-there`: the hub has a case with the URN that is alike; `differs`: the hub has one that is not, and it is left as it is; `failed`: given up after three tries',
});

const cellErrorSchema = z
  .strictObject({
    row: z.number().int().meta({ description: 'As the spreadsheet numbers it; the headings are row 1' }),
    column: z.string().meta({ description: 'The heading of the column' }),
    message: z.string().meta({ description: 'What is wrong, in words that read on from the column' }),
  })
  .meta({ id: 'CellError' });

const count = z.number().int();

export const importedCaseSchema = z
  .strictObject({
    urn: z.string(),
    rows: z.array(count),
    state: caseStateField,
    errors: z.array(cellErrorSchema),
    makes: z
      .strictObject({
        ...{ defendants: count, offences: count, hearings: count, victims: count, witnesses: count },
        deadlines: count.nullable(),
      })
      .nullable()
      .meta({ description: 'What it would make, or has made' }),
    firstDates: z.array(
      z.strictObject({
        rule: z.string(),
        title: z.string(),
        legalDue: z.string().nullable(),
        actionDue: z.string().nullable(),
      }),
    ),
    createdUrn: z.string().nullable().meta({ description: 'The case that it has become' }),
  })
  .meta({ id: 'ImportedCase' });

const errorsShown = 100;

export const importSchema = z
  .strictObject({
    id: z.uuid(),
    state: z.enum(['checking', 'checked', 'importing', 'done', 'discarded']),
    file: z.strictObject({
      rows: count,
      cases: count,
      encoding: z.string(),
      delimiter: z.string(),
      notRead: z.array(z.string()).meta({ description: 'Headings that are none of the template' }),
    }),
    progress: z.strictObject({ done: count, of: count }).meta({
      description: 'Cases checked while it is being checked, and created while it is being created',
    }),
    counts: z.record(caseStateField, count),
    deadlines: count.meta({ description: 'How many deadlines its cases make' }),
    errors: z
      .array(cellErrorSchema)
      .meta({ description: `The first ${errorsShown}, by row; all of them are with its cases` }),
    errorCount: count,
    createdAt: z.string(),
    confirmedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'Import' });

export const columnsSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      heading: z.string(),
      isNeeded: z.boolean(),
      kind: z.string(),
      choices: z.array(z.string()),
      isNumbered: z.boolean().meta({ description: 'There may be more, with 2, 3 ... instead of 1' }),
      says: z.string(),
    }),
  ),
});

export function columnsJson(): z.input<typeof columnsSchema> {
  return {
    items: columns.map((column) => ({
      ...{ heading: headingOf(column), isNeeded: column.isNeeded, kind: column.kind },
      ...{ choices: [...column.choices], says: column.says },
      isNumbered: headingOf(column, 2) !== headingOf(column),
    })),
  };
}

export const tagOfImport = ({ id, version }: ImportRow): string => etagOf(id, version);

/** A file with how far it is and what is wrong in it. */
export async function importJson(
  db: Database | Transaction,
  row: ImportRow,
): Promise<z.input<typeof importSchema>> {
  const { counts, deadlines } = await countCases(db, row.id);
  const { errors, total } = await readErrors(db, row.id, errorsShown);
  const left = row.state === 'importing' || row.state === 'done' ? counts.ready : counts.waiting;
  const { rows, cases, encoding, delimiter, notRead } = row;
  return {
    ...{ id: row.id, state: row.state, file: { rows, cases, encoding, delimiter, notRead } },
    progress: { done: cases - left, of: cases },
    ...{ counts, deadlines, errors, errorCount: total },
    ...{ createdAt: row.createdAt, confirmedAt: row.confirmedAt, finishedAt: row.finishedAt },
  };
}

export function importedCaseJson(row: ImportedCaseRow): z.input<typeof importedCaseSchema> {
  const { urn, rows, state, errors, makes, firstDates } = row;
  return {
    ...{ urn, rows, state, errors, makes, firstDates: firstDates ?? [] },
    createdUrn: state === 'created' ? urn : null,
  };
}
