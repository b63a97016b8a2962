import { eq } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { people } from '../../db/schema/index.ts';

export type PersonRow = typeof people.$inferSelect;

/** A victim or witness, or undefined. */
export async function readPerson(db: Database | Transaction, id: string): Promise<PersonRow | undefined> {
  const [row] = await db.select().from(people).where(eq(people.id, id));
  return row;
}
