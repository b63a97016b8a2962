import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { staff } from './people.ts';

/**
 * `checking`: its cases are looked at, and nothing is made. `checked`: it waits for somebody to confirm it. `importing`:
 * its cases are created. `done`. `discarded`: nobody confirmed it, or somebody threw it away.
 */
export type ImportState = 'checking' | 'checked' | 'importing' | 'done' | 'discarded';

/** What became of a case of a file: `ready` could be created, `wrong` has errors, `failed` could not be worked on. */
export type ImportedCaseState =
  'waiting' | 'ready' | 'wrong' | 'already-there' | 'differs' | 'created' | 'failed';

/** Something that is wrong with a cell: the row as the spreadsheet numbers it, and the heading of the column. */
export type CellError = { row: number; column: string; message: string };

/** Where in the file each field of a case stands: by the field's path, its row and the heading of its column. */
export type Places = Record<string, [row: number, column: string]>;

/** How many of each a case of a file makes; its deadlines once they have been counted. */
export type Makes = Record<'defendants' | 'offences' | 'hearings' | 'victims' | 'witnesses', number> & {
  deadlines: number | null;
};

/** The first dates that a case of a file would have. */
export type DateAhead = { rule: string; title: string; legalDue: string | null; actionDue: string | null };

/** A file of cases that somebody sent in. */
export const imports = pgTable(
  'imports',
  {
    id: uuid('id').primaryKey(),
    /** SHA-256 of its bytes: the same file again goes on where it was. */
    fileHash: text('file_hash').notNull(),
    state: text('state').$type<ImportState>().notNull(),
    rows: integer('rows').notNull(),
    cases: integer('cases').notNull(),
    encoding: text('encoding').notNull(),
    delimiter: text('delimiter').notNull(),
    /** Headings that are no column of the template. */
    notRead: jsonb('not_read').$type<string[]>().notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by')
      .notNull()
      .references(() => staff.id),
    confirmedAt: instant('confirmed_at'),
    /** The request that confirmed it, in which its cases count as created. */
    confirmedIn: text('confirmed_in'),
    finishedAt: instant('finished_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('imports_of_file')
      .on(t.createdBy, t.fileHash)
      .where(sql`${t.state} in ('checking','checked','importing')`),
    index('imports_list').on(t.createdBy, t.id),
    index('imports_unfinished')
      .on(t.createdAt)
      .where(sql`${t.state} in ('checking','checked','importing')`),
    check('imports_state', sql`${t.state} in ('checking','checked','importing','done','discarded')`),
  ],
);

/** A case of a file. Its content, which names people, is gone once the case is created or the file is thrown away. */
export const importedCases = pgTable(
  'imported_cases',
  {
    id: uuid('id').primaryKey(),
    importId: uuid('import_id')
      .notNull()
      .references(() => imports.id),
    position: integer('position').notNull(),
    urn: text('urn').notNull(),
    /** The rows of the file that it is made of. */
    rows: jsonb('rows').$type<number[]>().notNull(),
    state: text('state').$type<ImportedCaseState>().notNull(),
    errors: jsonb('errors').$type<CellError[]>().notNull(),
    places: jsonb('places').$type<Places>(),
    body: jsonb('body'),
    /** What it would make, or has made. */
    makes: jsonb('makes').$type<Makes>(),
    firstDates: jsonb('first_dates').$type<DateAhead[]>(),
    caseId: uuid('case_id'),
    /** How often working on it failed by itself. */
    failures: integer('failures').notNull().default(0),
    lastError: text('last_error'),
  },
  (t) => [
    unique('imported_cases_position').on(t.importId, t.position),
    index('imported_cases_to_do')
      .on(t.importId, t.position)
      .where(sql`${t.state} in ('waiting','ready')`),
    check(
      'imported_cases_state',
      sql`${t.state} in ('waiting','ready','wrong','already-there','differs','created','failed')`,
    ),
  ],
);
