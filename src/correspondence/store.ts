import { eq } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { eventWords } from '../../db/schema/index.ts';

export type EventWords = typeof eventWords.$inferSelect;

/** Keeps what was written or said at an event of a case; the event is there already. */
export async function saveWords(tx: Transaction, words: typeof eventWords.$inferInsert): Promise<void> {
  await tx.insert(eventWords).values(words);
}

/** All that was written and said in a case, by the event that it belongs to. */
export async function readWords(
  db: Database | Transaction,
  caseId: string,
): Promise<Map<string, EventWords>> {
  const rows = await db.select().from(eventWords).where(eq(eventWords.caseId, caseId));
  return new Map(rows.map((row) => [row.eventId, row]));
}
