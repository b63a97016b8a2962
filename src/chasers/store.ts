import { desc } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { chasingLadders } from '../../db/schema/chasing.ts';
import { defaultLadder, type ChasingLadder } from './ladder.ts';

export type LadderRow = typeof chasingLadders.$inferSelect;

/** The ladder that the force has set last, with who set it and why, or undefined. */
export async function readLadderRow(db: Database | Transaction): Promise<LadderRow | undefined> {
  const [row] = await db.select().from(chasingLadders).orderBy(desc(chasingLadders.version)).limit(1);
  return row;
}

/** The ladder by which this hub chases now. */
export async function loadLadder(db: Database | Transaction): Promise<ChasingLadder> {
  return (await readLadderRow(db)) ?? defaultLadder;
}

/** Keeps a ladder as the one in force. The caller has locked the calendar, so that nobody is planning. */
export async function saveLadder(tx: Transaction, row: LadderRow): Promise<void> {
  await tx.insert(chasingLadders).values(row);
}
