import { makePgArray, parsePgArray } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { PostgresAddress } from '../src/platform/postgres-address.ts';
import { guardTransactions, prepareStatements } from './guard-client.ts';

export type Sql = postgres.Sql;
/** Drizzle over a pool, or a transaction on it: the functions of a store take either. */
export type Database = PostgresJsDatabase & {
  $client: Sql;
  /** Connections for what db/hot-statement.ts sends outside transactions. */
  $hot?: HotConnection[];
};
/** A connection, what sends a query over it, and how many statements sent over it have not been answered. */
export type HotConnection = { client: Sql; send: (query: DriverQuery) => void; unanswered: number };
/** What a query is to postgres.js 3.4.9: what is set here it reads, and what else it needs it adds. */
export type DriverQuery = {
  tagged: false;
  strings: [text: string];
  args: readonly unknown[];
  options: { prepare: boolean; simple: boolean };
  isRaw: 'values' | false;
  origin: string;
  resolve: (rows: unknown[]) => void;
  reject: (error: unknown) => void;
};
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

export type Connection = {
  db: Database;
  /**
   * A second client on the same server for raw statements, LISTEN and bulk loading: Drizzle replaces the serialisers
   * of the client that it is given, after which `sql.json` and Date parameters throw.
   */
  sql: Sql;
  address: PostgresAddress;
  close: () => Promise<void>;
};

/** The arrays that tables and statements hold. Their numbers are fixed in Postgres, so that no server need be asked. */
const arrayTypes = {
  texts: arrayType(1009, (text) => text),
  uuids: arrayType(2951, (text) => text),
  integers: arrayType(1007, Number),
};

function arrayType<T>(oid: number, parseItem: (text: string) => T) {
  return {
    to: oid,
    from: [oid],
    parse: (written: string) => parsePgArray(written).map(parseItem),
    // Drizzle has written its own already.
    serialize: (items: string | T[]) => (typeof items === 'string' ? items : makePgArray(items)),
  };
}

/** Opens the pools of a process on one server. Nothing is connected until the first query. */
export function connect(
  address: PostgresAddress,
  options: {
    /** How many transactions at a time; half as many connections besides are for single statements. */
    max?: number;
    applicationName?: string;
    /** Told every statement that is sent, for benchmarks. */
    onStatement?: (text: string, params: unknown[]) => void;
  } = {},
): Connection {
  const { onStatement } = options;
  const settings: postgres.Options<Record<string, never>> = {
    max: options.max ?? 10,
    connect_timeout: 10,
    // The default grows to many seconds, through which a server that is back would still be refused.
    backoff: () => 0.2,
    idle_timeout: 60,
    onnotice: () => undefined,
    // Asking for array types on connecting leaves a rejection that nobody handles where the server dies just then.
    fetch_types: false,
    types: arrayTypes as never,
    ...(onStatement && {
      debug: (_connection: number, text: string, params: unknown[]) => onStatement(text, params),
    }),
    connection: {
      application_name: options.applicationName ?? 'prosecution-hub',
      TimeZone: 'UTC',
      idle_in_transaction_session_timeout: 30_000,
      // Statements here take milliseconds: compiling one takes longer than running it.
      jit: 'off',
    },
  };
  // A new connection plans each statement anew, and the longest take it thirty milliseconds: so it is never given up, and
  // plans each once, where Postgres by itself would plan the first five of each.
  const ofHot = {
    ...settings,
    idle_timeout: 0,
    max_lifetime: null,
    connection: { ...settings.connection, plan_cache_mode: 'force_generic_plan' },
  };
  const open = (max: number, own: postgres.Options<Record<string, never>> = settings) =>
    address.kind === 'url'
      ? postgres(address.url, { ...own, max })
      : postgres({
          ...own,
          max,
          host: address.socketDir,
          port: address.port,
          user: address.user,
          password: address.password,
          database: address.database,
        });
  const max = options.max ?? 10;
  const client = open(Math.ceil(max / 2));
  const sql = open(3);
  // None of theirs waits behind what takes long.
  const hot = Array.from({ length: 4 }, (): HotConnection => {
    const one = open(1, ofHot);
    // A query is sent by what it was made with; this one itself is never sent.
    const { handler } = one.unsafe('') as unknown as { handler: HotConnection['send'] };
    return { client: one, send: handler, unanswered: 0 };
  });
  // postgres.js 3.4.9 does not keep a connection for a transaction that begins behind a hundred other statements, or where
  // its socket is full, and then refuses it as unsafe. Where connections have transactions alone, none begins behind anything.
  const transactions = open(max);
  // Has the side effect that rows are read as all others are.
  drizzle(transactions);
  for (const one of hot) drizzle(one.client);
  client.begin = transactions.begin.bind(transactions);
  prepareStatements(client);
  guardTransactions(client);
  guardTransactions(sql);
  // Without the tables: for its relational queries, which nothing here uses, it would go through them for each transaction.
  const db = Object.assign(drizzle(client), { $hot: hot });
  return {
    db,
    sql,
    address,
    close: async () => {
      const pools = [client, transactions, sql, ...hot.map((one) => one.client)];
      await Promise.all(pools.map((pool) => pool.end({ timeout: 5 })));
    },
  };
}
