import { isConnectionLost } from '../src/platform/database-outage.ts';
import type { Database, Transaction } from './connect.ts';

/**
 * Runs work in one transaction, as `db.transaction` does, and outlives the loss of its connection.
 *
 * postgres.js 3.4.9 answers a failure of the work by writing ROLLBACK, to a socket that is null where the connection
 * was lost; that throws out of a timer and ends the process (porsager/postgres issues 1154 and 1208). So after such a
 * loss the work never settles: the driver rejects the transaction by itself when it sees the connection close, and
 * writes nothing more to it.
 */
export async function inTransaction<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    try {
      return await work(tx);
    } catch (error) {
      if (isConnectionLost(error)) return new Promise<never>(() => undefined);
      throw error;
    }
  });
}
