import { getTableColumns, getTableName, type SQL } from 'drizzle-orm';
import { PgDialect, type PgTable } from 'drizzle-orm/pg-core';
import type { Database, Transaction } from './connect.ts';
import { columnsOf, readRow, runHot } from './hot-statement.ts';

type Row = Record<string, unknown>;

/**
 * Inserts any number of rows in one statement with one parameter, where `insert().values()` has a parameter for each
 * value and Postgres takes 65,535 of them.
 * @param rows all with the fields of the first one
 * @param ending what follows the rows, such as `on conflict ...`
 */
export async function insertMany<T extends PgTable, Returned extends Row = Row>(
  tx: Transaction,
  table: T,
  rows: readonly T['$inferInsert'][],
  ending?: SQL,
): Promise<Returned[]> {
  if (rows.length === 0) return [];
  const { name, columns, json } = asRecords(table, rows);
  const names = columns.join();
  const { sql: text, params } = ended(ending);
  return runHot<Returned>(
    tx,
    `insert into ${name} (${names}) select ${names} from jsonb_populate_recordset(null::${name}, $${params.length + 1}::jsonb) ${text}`,
    [...(params as string[]), json],
  );
}

/**
 * Updates any number of rows, found by their `id`, in one statement: each field given is set.
 * @param rows all with the fields of the first one
 */
export async function updateMany<T extends PgTable>(
  tx: Transaction,
  table: T,
  rows: readonly (Partial<T['$inferSelect']> & { id: string })[],
): Promise<void> {
  if (rows.length === 0) return;
  const { name, columns, json } = asRecords(table, rows);
  const settings = columns.filter((column) => column !== '"id"').map((column) => `${column} = r.${column}`);
  await runHot(
    tx,
    `update ${name} t set ${settings.join()} from jsonb_populate_recordset(null::${name}, $1::jsonb) r where t.id = r.id`,
    [json],
  );
}

/**
 * Reads the rows of a table that belong to some cases, as `select()` does. For thousands of rows that takes Drizzle
 * longer than it takes Postgres, since it looks at each value by itself; here only instants are.
 * @param ending what follows the condition, such as `order by ...`
 * @param fields all of the table unless given
 */
export async function selectOfCases<T extends PgTable, Field extends keyof T['$inferSelect'] & string>(
  tx: Database | Transaction,
  table: T,
  caseIds: readonly string[],
  ending?: SQL,
  fields?: readonly Field[],
): Promise<Pick<T['$inferSelect'], Field>[]> {
  const columns = columnsOf(table, fields && new Set<string>(fields));
  const { sql: text, params } = ended(ending);
  const rows = await runHot(
    tx,
    `select ${columns.map(({ name }) => `"${name}"`).join()} from ${nameOf(table)}
      where case_id = any (array(select jsonb_array_elements_text($${params.length + 1}::jsonb)::uuid)) ${text}`,
    [...(params as string[]), JSON.stringify(caseIds)],
  );
  return rows.map((row) => readRow<Pick<T['$inferSelect'], Field>>(columns, row));
}

const dialect = new PgDialect();
const nothing = { sql: '', params: [] };

/** How a statement ends, and the parameters of that, which come first. */
function ended(ending: SQL | undefined): { sql: string; params: unknown[] } {
  return ending === undefined ? nothing : dialect.sqlToQuery(ending);
}

const nameOf = (table: PgTable): string => `"${getTableName(table)}"`;

function asRecords(table: PgTable, rows: readonly Row[]): { name: string; columns: string[]; json: string } {
  const known = getTableColumns(table);
  const fields = Object.keys(rows[0] ?? {}).flatMap((field) => {
    const column = known[field];
    return column === undefined ? [] : [{ field, column: column.name }];
  });
  const records = rows.map((row) => {
    const record: Row = {};
    for (const { field, column } of fields) record[column] = row[field];
    return record;
  });
  const columns = fields.map(({ column }) => `"${column}"`);
  return { name: nameOf(table), columns, json: JSON.stringify(records) };
}
