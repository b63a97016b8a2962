import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Sql, TransactionSql } from 'postgres';
import * as schema from '../../db/schema/reference.ts';
import { readReferenceFile } from './reference-file.ts';
import type { ReferenceList } from './types.ts';

const folder = new URL('../../db/reference/data/', import.meta.url);

/** The table of each list. The file `<list>.tsv` names the table's columns that it fills. */
const tables: Readonly<Record<ReferenceList, PgTable>> = {
  offences: schema.referenceOffences,
  courts: schema.referenceCourts,
  forces: schema.referenceForces,
  'result-codes': schema.referenceResultCodes,
  triggers: schema.referenceTriggers,
  exceptions: schema.referenceExceptions,
  codes: schema.referenceCodes,
};

interface ListFile {
  list: ReferenceList;
  text: string;
  hash: string;
}

/**
 * Loads the committed standing data into its tables, each list whose file differs from what the database holds. Safe to
 * call at every start and by several processes at once: one of them loads, the others find it done. Readers see the old
 * list or the new one, never half of one.
 * @returns the lists that were loaded; empty when all were current
 */
export async function loadReference(sql: Sql): Promise<ReferenceList[]> {
  const files = (Object.keys(tables) as ReferenceList[]).map(readList);
  if ((await outdated(sql, files)).length === 0) return [];
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('reference_loads'))`;
    const stale = await outdated(tx, files);
    for (const file of stale) await load(tx, file);
    return stale.map((file) => file.list);
  });
}

function readList(list: ReferenceList): ListFile {
  const text = readFileSync(new URL(`${list}.tsv`, folder), 'utf8');
  return { list, text, hash: createHash('sha256').update(text).digest('hex') };
}

async function outdated(sql: Sql | TransactionSql, files: readonly ListFile[]): Promise<ListFile[]> {
  const rows = await sql<{ list: string; hash: string }[]>`select list, hash from reference_loads`;
  const loaded = new Map(rows.map((row) => [row.list, row.hash]));
  return files.filter((file) => loaded.get(file.list) !== file.hash);
}

async function load(tx: TransactionSql, { list, text, hash }: ListFile): Promise<void> {
  const { columns, rows } = readReferenceFile(text);
  // Not TRUNCATE: its lock would hold up readers until the commit.
  await tx`delete from ${tx(getTableName(tables[list]))}`;
  // Not COPY: postgres.js waits for ever when Postgres refuses a row of it. The rows go as text, which no client's
  // serialiser changes.
  await tx.unsafe(insertInto(tables[list], columns), [JSON.stringify(rows)]);
  await tx`
    insert into reference_loads (list, hash) values (${list}, ${hash})
    on conflict (list) do update set hash = excluded.hash, loaded_at = now()`;
}

/** The statement that inserts rows given as one JSON array of arrays of strings, each read as its column's type. */
function insertInto(table: PgTable, columns: readonly string[]): string {
  const types = new Map(
    Object.values(getTableColumns(table)).map((column) => [column.name, column.getSQLType()]),
  );
  const values = columns.map((column, at) => {
    const type = types.get(column);
    if (type === undefined) throw new Error(`${getTableName(table)} has no column ${column}`);
    return `(line ->> ${at})::${type}`;
  });
  const names = columns.map((column) => `"${column}"`).join(', ');
  return `insert into ${getTableName(table)} (${names})
    select ${values.join(', ')} from json_array_elements($1::text::json) line`;
}
