import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Database, Sql, Transaction } from './connect.ts';

type Param = string | number | boolean | null | readonly string[];

/**
 * Sends a statement that was written by hand, for what every request does: building one of Drizzle's takes longer than
 * sending it. The text never changes, so that Postgres plans it once for each connection.
 * @param params for `$1`, `$2` ..., each with its type said in the text
 * @returns the rows as the driver reads them, instants as Postgres writes them
 */
export async function runHot<Row extends Record<string, unknown>>(
  db: Database | Transaction,
  text: string,
  params: readonly Param[],
): Promise<Row[]> {
  // Sent at once, so that statements of one transaction reach the server in the order in which they were asked for.
  const sent = clientOf(db)
    .unsafe(text, params as never[], { prepare: true, simple: false } as object)
    .execute();
  return [...(await sent)] as unknown as Row[];
}

function clientOf(db: Database | Transaction): Pick<Sql, 'unsafe'> {
  // Drizzle keeps the connection of a transaction there, and has no other way to it.
  return (db as unknown as { session: { client: Sql } }).session.client;
}

/** One column of a row as it comes from the driver, and how it becomes what `select()` gives. */
type Column = { field: string; name: string; read: ((value: unknown) => unknown) | null };

/** The columns of a table. Only instants have to be read: the rest the driver has read already. */
export function columnsOf(table: PgTable, wanted?: ReadonlySet<string>): Column[] {
  return Object.entries(getTableColumns(table))
    .filter(([field]) => wanted?.has(field) ?? true)
    .map(([field, column]) => ({
      field,
      name: column.name,
      read: column.getSQLType().startsWith('timestamptz')
        ? (value: unknown) => column.mapFromDriverValue(value)
        : null,
    }));
}

/** Makes of a row of the driver what `select()` makes of it, in a fraction of the time. */
export function readRow<Row>(columns: readonly Column[], row: Record<string, unknown>): Row {
  const out: Record<string, unknown> = {};
  for (const { field, name, read } of columns) {
    const value = row[name];
    out[field] = read !== null && value !== null ? read(value) : value;
  }
  return out as Row;
}
