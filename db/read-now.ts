import { sql } from 'drizzle-orm';
import type { Database, Transaction } from './connect.ts';

/**
 * The hub's time by Postgres's clock, by which everything is judged: machine time, moved forward in a demo. One answer
 * serves a whole transaction.
 */
export async function readNow(db: Database | Transaction): Promise<string> {
  const [row] = await db.execute<{ now: string }>(sql`select hub_now()::text as now`);
  if (!row) throw new Error('the database did not tell the time');
  return new Date(row.now).toISOString();
}
