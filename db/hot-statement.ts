import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Database, HotConnection, Sql, Transaction } from './connect.ts';

type Client = Pick<Sql, 'unsafe' | 'typed'>;
type Param = string | number | boolean | null | readonly string[];

/**
 * Sends a statement that was written by hand, for what every request does: building one of Drizzle's takes longer than
 * sending it. The text never changes, so that Postgres plans it once for each connection. Outside a transaction it goes over
 * connections kept for such statements.
 * @param params for `$1`, `$2` ..., each with its type said in the text
 * @returns the rows as the driver reads them, instants as Postgres writes them
 */
export async function runHot<Row extends Record<string, unknown>>(
  db: Database | Transaction,
  text: string,
  params: readonly Param[],
): Promise<Row[]> {
  return (await answer(db, text, params, false)) as Row[];
}

/**
 * `runHot` for rows with many columns, each as the list of its values in the order of the columns: to build an object of
 * names that the driver does not know beforehand takes it longer than to read them.
 */
export async function runHotForValues<Values extends readonly unknown[]>(
  db: Database | Transaction,
  text: string,
  params: readonly Param[],
): Promise<Values[]> {
  return (await answer(db, text, params, true)) as Values[];
}

/** `runHot` for what takes longer than a page may, over the connections of all other statements. */
export async function runSlow<Row extends Record<string, unknown>>(
  db: Database,
  text: string,
  params: readonly Param[],
): Promise<Row[]> {
  return (await takeRows(send(ownClient(db), text, params, false))) as Row[];
}

/** Works over each of the connections for such statements, at the same time. */
export async function onEachHotConnection(
  db: Database,
  work: (one: Database) => Promise<void>,
): Promise<void> {
  const hot = db.$hot ?? [];
  await Promise.all(hot.map((one) => work(Object.create(db, { $hot: { value: [one] } }) as Database)));
}

async function answer(
  db: Database | Transaction,
  text: string,
  params: readonly Param[],
  asValues: boolean,
): Promise<unknown[]> {
  const hot = (db as Database).$hot;
  if (hot === undefined) return takeRows(send(ownClient(db), text, params, asValues));
  const connection = leastBusy(hot);
  connection.unanswered++;
  try {
    return await sendOver(connection, text, params, asValues);
  } finally {
    connection.unanswered--;
  }
}

/**
 * Sends a query that is not one of postgres.js 3.4.9 itself. That gives each of its own two functions by assignment to
 * properties, and V8 makes such functions in the old generation at once: to short collections of garbage they, their query
 * and all that it holds are alive until the next full one. What is left there is copied about by two collections, each of
 * which stops the process twice as long as it otherwise would, for three kilobytes of each page.
 */
function sendOver(
  { client, send: sendQuery }: HotConnection,
  text: string,
  params: readonly Param[],
  asValues: boolean,
): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const args = argsOf(client, params);
    const isRaw = asValues && 'values';
    sendQuery({
      tagged: false,
      strings: [text],
      args,
      options: prepared,
      isRaw,
      origin: '',
      resolve,
      reject,
    });
  });
}

const prepared = { prepare: true, simple: false };

/**
 * The first of those that have the least to answer, and not each in turn: a process of Postgres that was asked just now
 * still has in its processor's memory what the same statement needs again.
 */
function leastBusy(connections: readonly HotConnection[]): HotConnection {
  return connections.reduce((least, one) => (one.unanswered < least.unanswered ? one : least));
}

/** The rows that a query of postgres.js is answered with. As it lives on (see `sendOver`), it is left nothing to keep. */
async function takeRows(query: Promise<unknown[]>): Promise<unknown[]> {
  const result = await query;
  void Object.assign(query, sentWithNothing);
  return result.splice(0);
}

const sentWithNothing = { args: null, parameters: null, options: null };

// Executed at once, so that statements of one transaction reach the server in the order in which they were asked for.
function send(client: Client, text: string, params: readonly Param[], asValues: boolean) {
  const query = client.unsafe(text, argsOf(client, params) as never[], prepared);
  return asValues ? query.values().execute() : query.execute();
}

// The driver knows a statement by the types of its parameters and its text, put together anew each time it is sent. Of one
// parameter without a type it puts nothing together: with a text of ten kilobytes a fifth of what sending it costs.
function argsOf(client: Client, params: readonly Param[]): readonly unknown[] {
  return params.length === 1 ? [client.typed(params[0] as never, undefined as never)] : params;
}

function ownClient(db: Database | Transaction): Client {
  // Drizzle keeps the connection of a transaction there, and has no other way to it.
  return (db as unknown as { session: { client: Client } }).session.client;
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
