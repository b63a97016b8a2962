import { eq } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { contactWords } from '../../db/schema/index.ts';
import type { Words } from './draft-words.ts';

export type WordsRow = typeof contactWords.$inferSelect;

/** What the force has set of the words for contacts. */
export async function readWords(db: Database | Transaction): Promise<WordsRow[]> {
  return db.select().from(contactWords);
}

/** The words that the force has set, by reason. */
export async function loadWords(db: Database | Transaction): Promise<Words> {
  return new Map((await readWords(db)).map(({ reason, words }) => [reason, words]));
}

/** What the force has set for one reason, locked; undefined where it has set nothing. */
export async function lockWords(tx: Transaction, reason: string): Promise<WordsRow | undefined> {
  const [row] = await tx.select().from(contactWords).where(eq(contactWords.reason, reason)).for('update');
  return row;
}

/** Sets the words for a reason. */
export async function saveWordsOf(tx: Transaction, row: WordsRow): Promise<void> {
  await tx.insert(contactWords).values(row).onConflictDoUpdate({ target: contactWords.reason, set: row });
}
