import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import { isConnectionLost } from '../src/platform/database-outage.ts';

/** A statement with more parameters has a text of its own each time, and would fill the server's cache. */
const mostPrepared = 40;

type Unsafe = Pick<Sql, 'unsafe'>;

/**
 * Makes every statement of a client that Drizzle is given a prepared one. Drizzle asks postgres.js not to prepare,
 * which costs a second round trip for each statement with parameters, and planning it anew.
 */
export function prepareStatements(client: Sql): void {
  prepareOn(client);
  const begin = client.begin.bind(client) as (...args: unknown[]) => Promise<unknown>;
  client.begin = ((...args: unknown[]) => {
    const work = args.pop() as (tx: Unsafe) => unknown;
    return begin(...args, (tx: Unsafe) => {
      prepareOn(tx);
      return work(tx);
    });
  }) as typeof client.begin;
}

function prepareOn(client: Unsafe): void {
  const unsafe = client.unsafe.bind(client);
  client.unsafe = ((text: string, params?: never[], options?: object) =>
    unsafe(text, params, {
      prepare: params !== undefined && params.length > 0 && params.length <= mostPrepared,
      ...options,
    })) as typeof client.unsafe;
}

/**
 * Makes the transactions of a handle outlive the loss of their connection.
 *
 * postgres.js 3.4.9 answers a failure of the work by writing ROLLBACK, to a socket that is null where the connection
 * was lost; that throws out of a timer and ends the process (porsager/postgres issues 1154 and 1208). So after such a
 * loss the work never settles: the driver rejects the transaction by itself when it sees the connection close, and
 * writes nothing more to it.
 */
export function guardTransactions<Schema extends Record<string, unknown>>(
  db: PostgresJsDatabase<Schema>,
): void {
  const transaction = db.transaction.bind(db);
  db.transaction = (work, config) =>
    transaction(async (tx) => {
      try {
        return await work(tx);
      } catch (error) {
        if (isConnectionLost(error)) return new Promise<never>(() => undefined);
        throw error;
      }
    }, config);
}
