import { eq, inArray, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { insertMany } from '../../db/many-rows.ts';
import { contactAttempts, contacts } from '../../db/schema/index.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { ruleOf, type DeadlineRow, type SavedChange } from '../deadlines/store.ts';
import type { Instant } from '../platform/clock.ts';

export type ContactRow = typeof contacts.$inferSelect;
export type AttemptRow = typeof contactAttempts.$inferSelect;

/** Why a contact is not owed any more although nothing discharged it: the person asked not to be told. */
export const optedOut = 'the person asked not to be contacted';

/**
 * Keeps the contacts of cases in step with their Victims' Code deadlines: one contact for each, of the same id. The
 * caller holds the locks on the cases.
 */
export async function saveContacts(
  tx: Transaction,
  work: readonly { saved: readonly SavedChange[]; deadlines: readonly DeadlineRow[]; state: CaseState }[],
  now: Instant,
): Promise<void> {
  const inserts: (typeof contacts.$inferInsert)[] = [];
  const next: { id: string; state: ContactRow['state'] }[] = [];
  for (const { saved, state } of work)
    for (const { change, id, row } of saved) {
      const { contact } = ruleOf(row);
      if (contact === undefined) continue;
      if (change.kind === 'added' && change.standing === null)
        inserts.push(newContact(change.state, row, contact.reason, state, now));
      else {
        const becomes = nextState[change.kind];
        if (becomes !== null) next.push({ id, state: becomes });
      }
    }
  await insertMany(tx, contacts, inserts);
  if (next.length > 0)
    await tx.execute(sql`
      update contacts c set state = n.state, stopped_why = case when n.state <> 'made' then c.stopped_why end
      from jsonb_to_recordset(${JSON.stringify(next)}::jsonb) n(id uuid, state text)
      where c.id = n.id and not (n.state = 'withdrawn' and c.state = 'made') and not (n.state = 'owed' and c.state = 'stopped')`);
  await followPeople(
    tx,
    work.flatMap(({ deadlines, state }) => standingOf(deadlines, state)),
  );
}

type Standing = { id: string; stopped: boolean; entitlement: ContactRow['entitlement'] };

/** What the people of a case want and are entitled to now, for each contact that is still open. */
function standingOf(deadlines: readonly DeadlineRow[], state: CaseState): Standing[] {
  return deadlines.flatMap((deadline) => {
    const isOpen = deadline.state === 'pending' || deadline.state === 'missed';
    if (!isOpen || ruleOf(deadline).contact === undefined) return [];
    const person = state.people.find(({ id }) => id === deadline.personId);
    if (!person) return [];
    const entitlement = person.enhanced ? 'enhanced' : 'standard';
    return [{ id: deadline.id, stopped: person.preferred === 'none', entitlement }];
  });
}

/** A person who says that they want to hear nothing is not told what was owed before they said so, and the reverse. */
async function followPeople(tx: Transaction, standing: readonly Standing[]): Promise<void> {
  if (standing.length === 0) return;
  await tx.execute(sql`
    update contacts c set entitlement = p.entitlement,
      state = case when p.stopped then 'stopped' else 'owed' end,
      stopped_why = case when p.stopped then ${optedOut} end
    from jsonb_to_recordset(${JSON.stringify(standing)}::jsonb) p(id uuid, stopped boolean, entitlement text)
    where c.id = p.id and c.state in ('owed', 'stopped')
      and ((c.state = 'stopped') <> p.stopped or c.entitlement <> p.entitlement)`);
}

function newContact(
  deadlineState: string,
  { id, caseId, personId }: DeadlineRow,
  reason: string,
  state: CaseState,
  now: Instant,
): typeof contacts.$inferInsert {
  const person = state.people.find((one) => one.id === personId);
  if (!person) throw new Error('a contact is owed to a person who is not in the case');
  const stopped = person.preferred === 'none';
  return {
    id,
    caseId,
    personId: person.id,
    reason,
    entitlement: person.enhanced ? 'enhanced' : 'standard',
    state: deadlineState === 'met' ? 'made' : stopped ? 'stopped' : 'owed',
    stoppedWhy: stopped ? optedOut : null,
    createdAt: now,
  };
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
