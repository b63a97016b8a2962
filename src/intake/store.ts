import { and, desc, eq, inArray, isNotNull, lt, sql, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { insertMany } from '../../db/many-rows.ts';
import {
  importedCases,
  imports,
  type CellError,
  type ImportedCaseState,
  type ImportState,
} from '../../db/schema/intake.ts';
import type { Instant } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { CasesFile } from './read-file.ts';

export type ImportRow = typeof imports.$inferSelect;
export type ImportedCaseRow = typeof importedCases.$inferSelect;

/** After so many failures by itself a case of a file is given up, and holds up no other. */
export const mostFailures = 3;

const unfinished: readonly ImportState[] = ['checking', 'checked', 'importing'];

/** The file of these bytes that somebody has sent in and that is not finished, locked. */
export async function lockUnfinished(
  tx: Transaction,
  createdBy: string,
  fileHash: string,
): Promise<ImportRow | undefined> {
  const [row] = await tx
    .select()
    .from(imports)
    .where(
      and(
        eq(imports.createdBy, createdBy),
        eq(imports.fileHash, fileHash),
        inArray(imports.state, [...unfinished]),
      ),
    )
    .for('update');
  return row;
}

/** Stores a file that was read, its cases to be checked; undefined where the same is being stored by another request. */
export async function insertImport(
  tx: Transaction,
  file: CasesFile,
  fileHash: string,
  createdBy: string,
  now: Instant,
): Promise<ImportRow | undefined> {
  const { rows, encoding, delimiter, notRead, cases } = file;
  const [row] = await tx
    .insert(imports)
    .values({
      ...{
        id: newId(),
        fileHash,
        state: 'checking',
        rows,
        cases: cases.length,
        encoding,
        delimiter,
        notRead,
      },
      ...{ createdAt: now, createdBy },
    })
    .onConflictDoNothing()
    .returning();
  if (row === undefined) return undefined;
  await insertMany(
    tx,
    importedCases,
    cases.map((one, position) => ({
      ...{ id: newId(), importId: row.id, position, urn: one.urn, rows: one.rows, errors: one.errors },
      // What is wrong already is not kept: it has to be sent in again.
      ...{ state: one.body === null ? ('wrong' as const) : ('waiting' as const), body: one.body },
      ...{ places: one.body === null ? null : one.places, makes: one.makes, failures: 0 },
    })),
  );
  return row;
}

/** A file that somebody has sent in; nobody else's. */
export async function readImport(
  db: Database | Transaction,
  id: string,
  createdBy: string,
): Promise<ImportRow | undefined> {
  const [row] = await db
    .select()
    .from(imports)
    .where(and(eq(imports.id, id), eq(imports.createdBy, createdBy)));
  return row;
}

/** As `readImport`, locked for a change. */
export async function lockImport(
  tx: Transaction,
  id: string,
  createdBy: string,
): Promise<ImportRow | undefined> {
  const [row] = await tx
    .select()
    .from(imports)
    .where(and(eq(imports.id, id), eq(imports.createdBy, createdBy)))
    .for('update');
  return row;
}

/** The files of somebody, newest first, one more than `limit` where there are more. */
export async function listImports(
  db: Database,
  createdBy: string,
  limit: number,
  before: string | undefined,
): Promise<ImportRow[]> {
  return db
    .select()
    .from(imports)
    .where(and(eq(imports.createdBy, createdBy), before === undefined ? undefined : lt(imports.id, before)))
    .orderBy(desc(imports.id))
    .limit(limit + 1);
}

export type Counts = Record<ImportedCaseState, number>;
const noCounts: Counts = {
  ...{ waiting: 0, ready: 0, wrong: 0, 'already-there': 0, differs: 0, created: 0, failed: 0 },
};

/** How many cases of a file are in each state, and how many deadlines they make. */
export async function countCases(
  db: Database | Transaction,
  importId: string,
): Promise<{ counts: Counts; deadlines: number }> {
  const rows = await db.execute<{ state: ImportedCaseState; count: number; deadlines: number }>(sql`
    select state, count(*)::int as count, coalesce(sum((makes ->> 'deadlines')::int), 0)::int as deadlines
    from imported_cases where import_id = ${importId} group by state`);
  const counts = { ...noCounts };
  let deadlines = 0;
  for (const row of rows) {
    counts[row.state] = row.count;
    if (row.state === 'ready' || row.state === 'created') deadlines += row.deadlines;
  }
  return { counts, deadlines };
}

/** What is wrong in a file, the first rows first, and how much there is of it. */
export async function readErrors(
  db: Database | Transaction,
  importId: string,
  limit: number,
): Promise<{ errors: CellError[]; total: number }> {
  const rows = await db.execute<CellError & { total: number }>(sql`
    select (e ->> 'row')::int as row, e ->> 'column' as column, e ->> 'message' as message,
      (count(*) over ())::int as total
    from imported_cases c, jsonb_array_elements(c.errors) e
    where c.import_id = ${importId} order by 1, c.position limit ${limit}`);
  const errors = rows.map(({ row, column, message }) => ({ row, column, message }));
  return { errors, total: rows[0]?.total ?? 0 };
}

/** The cases of a file in its order, from a position on. */
export async function listCasesOf(
  db: Database | Transaction,
  importId: string,
  limit: number,
  { after, state }: { after?: number | undefined; state?: ImportedCaseState | undefined } = {},
): Promise<ImportedCaseRow[]> {
  return db
    .select()
    .from(importedCases)
    .where(
      and(
        eq(importedCases.importId, importId),
        after === undefined ? undefined : sql`${importedCases.position} > ${after}`,
        state === undefined ? undefined : eq(importedCases.state, state),
      ),
    )
    .orderBy(importedCases.position)
    .limit(limit + 1);
}

/** Changes a file, and counts the change. */
export async function updateImport(
  tx: Transaction,
  id: string,
  values: Partial<ImportRow>,
): Promise<ImportRow> {
  const [row] = await tx
    .update(imports)
    .set({ ...values, version: sql`${imports.version} + 1` })
    .where(eq(imports.id, id))
    .returning();
  if (row === undefined) throw new Error('a file that was locked is gone');
  return row;
}

/** Deletes what the cells of a file said; what became of its cases is kept. */
export async function forgetContent(tx: Transaction, which: SQL): Promise<void> {
  await tx.execute(sql`
    update imported_cases set body = null, places = null where body is not null and import_id in (${which})`);
}

/** Files on which there is work to do, the oldest first. */
export async function readFilesToWork(db: Database): Promise<ImportRow[]> {
  return db
    .select()
    .from(imports)
    .where(inArray(imports.state, ['checking', 'importing']))
    .orderBy(imports.createdAt, imports.id);
}

/**
 * Takes cases of a file that are to be checked, or created, and that no other worker holds, until the transaction ends.
 * None where the file has been thrown away.
 */
export async function takeCases(
  tx: Transaction,
  { id, state }: ImportRow,
  limit: number,
): Promise<ImportedCaseRow[]> {
  const toDo = state === 'checking' ? 'waiting' : 'ready';
  return tx
    .select()
    .from(importedCases)
    .where(
      and(
        eq(importedCases.importId, id),
        eq(importedCases.state, toDo),
        isNotNull(importedCases.body),
        sql`exists (select from imports i where i.id = ${id} and i.state = ${state})`,
      ),
    )
    .orderBy(importedCases.position)
    .limit(limit)
    .for('update', { skipLocked: true });
}

/** What became of a case of a file. */
export type CaseOutcome = Partial<
  Pick<ImportedCaseRow, 'state' | 'errors' | 'makes' | 'firstDates' | 'caseId' | 'body' | 'places'>
>;

export async function recordOutcome(tx: Transaction, id: string, outcome: CaseOutcome): Promise<void> {
  await tx.update(importedCases).set(outcome).where(eq(importedCases.id, id));
}

const givenUp = 'was given up for a reason that nobody expected: tell whoever runs the hub';

/** Counts a failure of a case by itself; one that failed too often is given up, and its content deleted. */
export async function countFailure(db: Database, id: string, error: string): Promise<void> {
  await db.execute(sql`
    update imported_cases set failures = failures + 1, last_error = ${error},
      state = case when failures + 1 >= ${mostFailures} then 'failed' else state end,
      errors = case when failures + 1 >= ${mostFailures}
        then jsonb_build_array(jsonb_build_object('row', rows -> 0, 'column', 'URN', 'message', ${givenUp}::text))
        else errors end,
      body = case when failures + 1 >= ${mostFailures} then null else body end,
      places = case when failures + 1 >= ${mostFailures} then null else places end
    where id = ${id} and state in ('waiting', 'ready')`);
}

/**
 * Ends a part of the work on a file, unless some of its cases are still to be done or held by another worker.
 * @returns the file, where this call ended it
 */
export async function endPart(
  tx: Transaction,
  importId: string,
  from: 'checking' | 'importing',
  now: Instant,
): Promise<ImportRow | undefined> {
  const [toDo, next] = from === 'checking' ? ['waiting', 'checked'] : ['ready', 'done'];
  const [row] = await tx
    .update(imports)
    .set({
      ...{ state: next as ImportState, version: sql`${imports.version} + 1` },
      ...(from === 'importing' ? { finishedAt: now } : {}),
    })
    .where(
      and(
        eq(imports.id, importId),
        eq(imports.state, from),
        sql`not exists (select from imported_cases c where c.import_id = ${importId} and c.state = ${toDo})`,
      ),
    )
    .returning();
  return row;
}
