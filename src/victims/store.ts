import { and, eq, inArray, ne } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { contactAttempts, contacts } from '../../db/schema/index.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { ruleOf, type SavedChange } from '../deadlines/store.ts';
import type { Instant } from '../platform/clock.ts';

export type ContactRow = typeof contacts.$inferSelect;
export type AttemptRow = typeof contactAttempts.$inferSelect;

/** Why a contact is not owed any more although nothing discharged it: the person asked not to be told. */
export const optedOut = 'the person asked not to be contacted';

/**
 * Keeps the contacts of a case in step with its Victims' Code deadlines: one contact for each, of the same id. The
 * caller holds the lock on the case.
 */
export async function saveContacts(
  tx: Transaction,
  caseId: string,
  saved: readonly SavedChange[],
  state: CaseState,
  now: Instant,
): Promise<void> {
  const inserts: (typeof contacts.$inferInsert)[] = [];
  const states = new Map<ContactRow['state'], string[]>();
  for (const { change, id } of saved) {
    const deadline = change.computed ?? change.standing;
    if (deadline === null || ruleOf(deadline).contact === undefined) continue;
    if (change.kind === 'added' && change.standing === null) {
      const person = state.people.find((one) => one.id === change.computed.subject.personId);
      if (!person) throw new Error('a contact is owed to a person who is not in the case');
      const stopped = person.preferred === 'none';
      inserts.push({
        id,
        caseId,
        personId: person.id,
        reason: ruleOf(deadline).contact?.reason ?? '',
        entitlement: person.enhanced ? 'enhanced' : 'standard',
        state: change.state === 'met' ? 'made' : stopped ? 'stopped' : 'owed',
        stoppedWhy: stopped ? optedOut : null,
        createdAt: now,
      });
    } else {
      const next = nextState[change.kind];
      if (next !== null) states.set(next, [...(states.get(next) ?? []), id]);
    }
  }
  if (inserts.length > 0) await tx.insert(contacts).values(inserts);
  for (const [next, ids] of states)
    await tx
      .update(contacts)
      .set({ state: next })
      .where(
        and(
          inArray(contacts.id, ids),
          next === 'withdrawn' ? ne(contacts.state, 'made') : undefined,
          next === 'owed' ? ne(contacts.state, 'stopped') : undefined,
        ),
      );
}

/** What a change of its deadline makes of a contact: one that only moved is owed as before, one made stays made. */
const nextState: Record<SavedChange['change']['kind'], ContactRow['state'] | null> = {
  added: 'owed',
  met: 'made',
  withdrawn: 'withdrawn',
  moved: null,
  restated: null,
};

/** The contacts of a case with their attempts. */
export async function readContacts(
  db: Database | Transaction,
  caseId: string,
): Promise<(ContactRow & { attempts: AttemptRow[] })[]> {
  const rows = await db
    .select()
    .from(contacts)
    .where(eq(contacts.caseId, caseId))
    .orderBy(contacts.createdAt, contacts.id);
  return withAttempts(db, rows);
}

/** Adds the attempts to contacts, oldest first. */
export async function withAttempts<Row extends { id: string }>(
  db: Database | Transaction,
  rows: readonly Row[],
): Promise<(Row & { attempts: AttemptRow[] })[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const attempts = await db
    .select()
    .from(contactAttempts)
    .where(inArray(contactAttempts.contactId, ids))
    .orderBy(contactAttempts.at, contactAttempts.id);
  return rows.map((row) => ({ ...row, attempts: attempts.filter(({ contactId }) => contactId === row.id) }));
}
