import { and, eq, isNotNull, or } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { cases, people } from '../../db/schema/index.ts';

export type PersonRow = typeof people.$inferSelect;

/** A victim or witness, or undefined. */
export async function readPerson(db: Database | Transaction, id: string): Promise<PersonRow | undefined> {
  const [row] = await db.select().from(people).where(eq(people.id, id));
  return row;
}

export type PersonInCase = { person: PersonRow; case: typeof cases.$inferSelect };

/** A person in each case in which they are known to be, their own row among them, oldest case first. */
export async function readSamePerson(
  db: Database | Transaction,
  { id, identity }: Pick<PersonRow, 'id' | 'identity'>,
): Promise<PersonInCase[]> {
  const isSame =
    identity === null ? undefined : and(isNotNull(people.identity), eq(people.identity, identity));
  return db
    .select({ person: people, case: cases })
    .from(people)
    .innerJoin(cases, eq(cases.id, people.caseId))
    .where(or(eq(people.id, id), isSame))
    .orderBy(cases.createdAt, people.id);
}
