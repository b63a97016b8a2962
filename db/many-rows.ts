import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Database, Transaction } from './connect.ts';

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
  ending: SQL = sql``,
): Promise<Returned[]> {
  if (rows.length === 0) return [];
  const { columns, json } = asRecords(table, rows);
  const names = sql.join(columns.map(sql.identifier), sql`, `);
  const inserted = await tx.execute(
    sql`insert into ${table} (${names}) select ${names} from jsonb_populate_recordset(null::${table}, ${json}::jsonb) ${ending}`,
  );
  return [...inserted] as Returned[];
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
  const { columns, json } = asRecords(table, rows);
  const settings = columns
    .filter((column) => column !== 'id')
    .map((column) => sql`${sql.identifier(column)} = r.${sql.identifier(column)}`);
  await tx.execute(
    sql`update ${table} t set ${sql.join(settings, sql`, `)}
        from jsonb_populate_recordset(null::${table}, ${json}::jsonb) r where t.id = r.id`,
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
  ending: SQL = sql``,
  fields?: readonly Field[],
): Promise<Pick<T['$inferSelect'], Field>[]> {
  const wanted: ReadonlySet<string> | undefined = fields && new Set(fields);
  const all = Object.entries(getTableColumns(table)).filter(([field]) => wanted?.has(field) ?? true);
  const columns = all.map(([field, column]) => ({
    field,
    name: column.name,
    isInstant: column.getSQLType().startsWith('timestamptz'),
    read: (value: unknown) => column.mapFromDriverValue(value),
  }));
  const names = sql.join(
    columns.map(({ name }) => sql.identifier(name)),
    sql`, `,
  );
  const ids = JSON.stringify(caseIds);
  const rows = await tx.execute<Row>(
    sql`select ${names} from ${table}
        where case_id = any (array(select jsonb_array_elements_text(${ids}::jsonb)::uuid)) ${ending}`,
  );
  return rows.map((row) => {
    const out: Row = {};
    for (const { field, name, isInstant, read } of columns) {
      const value = row[name];
      out[field] = isInstant && value !== null ? read(value) : value;
    }
    return out as Pick<T['$inferSelect'], Field>;
  });
}

function asRecords(table: PgTable, rows: readonly Row[]): { columns: string[]; json: string } {
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
  return { columns: fields.map(({ column }) => column), json: JSON.stringify(records) };
}
