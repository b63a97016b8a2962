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

/** How long after an error that tells of a lost connection the driver may take to see its own connection close. */
const closingMs = 1_000;

/**
 * Makes the transactions of a client outlive the loss of their connection.
 *
 * postgres.js 3.4.9 goes on writing to a connection that was lost, to a socket that is null, or that by then belongs to
 * someone else's statements: a ROLLBACK after work that failed, a COMMIT after work that did not notice, and whatever
 * the work still sends (porsager/postgres issues 1154 and 1208). That throws out of a timer and ends the process. So
 * once the driver has rejected a transaction, which it does by itself when it sees the connection close, nothing
 * more of that transaction reaches it: its statements are refused here, and its work never settles.
 */
export function guardTransactions(client: Sql): void {
  const begin = client.begin.bind(client) as (...args: unknown[]) => Promise<unknown>;
  client.begin = ((...args: unknown[]) => {
    const work = args.pop() as (tx: Unsafe) => unknown;
    let isOver = false;
    const running = begin(...args, async (tx: Unsafe) => {
      refuseStatements(tx, () => isOver);
      try {
        const result = await work(tx);
        if (!isOver) return result;
      } catch (error) {
        // The error may be another connection's: this one is given the time to turn out lost as well.
        if (!isOver && isConnectionLost(error)) await Promise.race([over, pause(closingMs)]);
        if (!isOver) throw error;
      }
      return new Promise<never>(() => undefined);
    });
    const over = running.then(
      () => void (isOver = true),
      () => void (isOver = true),
    );
    return running;
  }) as typeof client.begin;
}

function refuseStatements(tx: Unsafe, isOver: () => boolean): void {
  const unsafe = tx.unsafe.bind(tx);
  tx.unsafe = ((...args: Parameters<Unsafe['unsafe']>) => {
    if (!isOver()) return unsafe(...args);
    const refusal = Promise.reject(
      Object.assign(new Error('the transaction is over'), { code: 'CONNECTION_CLOSED' }),
    );
    return Object.assign(refusal, { values: () => refusal, raw: () => refusal });
  }) as typeof tx.unsafe;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
