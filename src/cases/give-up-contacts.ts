import { and, eq, inArray } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { contacts, tasks } from '../../db/schema/index.ts';
import { invalidField, type Failure } from '../platform/failure.ts';
import { recordHistory } from '../staff/history.ts';
import { conversationSource } from '../tasks/conversation-task.ts';
import { closeTasksOf } from '../tasks/store.ts';
import { readContactView } from '../victims/contact-view.ts';
import { cancelMessages } from './message-person.ts';
import type { CaseRow, Recording } from './settle.ts';

/**
 * A senior decides that a person who cannot be reached is not told what they are owed now. Nobody is asked to try any
 * more; the duty stays undone, and the record says why. The caller holds the lock on the case.
 * @returns `invalid` where nobody says why
 */
export async function giveUpContacts(
  tx: Transaction,
  row: CaseRow,
  personId: string,
  why: string | null,
  { now, actor }: Pick<Recording, 'now' | 'actor'>,
): Promise<Failure | null> {
  if (why === null) return invalidField('note', 'is needed: why the person is not told');
  const { people } = await readContactView(tx, [personId]);
  const ids = (people.get(personId)?.talk ?? []).map(({ id }) => id);
  if (ids.length === 0) return null;
  await tx
    .update(contacts)
    .set({ state: 'not-made', stoppedWhy: why })
    .where(and(inArray(contacts.id, ids), eq(contacts.state, 'owed')));
  await cancelMessages(tx, personId);
  const source = conversationSource(personId);
  const open = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.caseId, row.id), eq(tasks.source, source), eq(tasks.state, 'open')));
  await closeTasksOf(
    tx,
    open.map(({ id }) => ({ id, state: 'cancelled', outcome: 'not made' })),
    actor.id,
    now,
  );
  await recordHistory(
    tx,
    actor,
    now,
    ids.map((entityId) => ({
      action: 'contact-not-made',
      caseId: row.id,
      entity: 'contact',
      entityId,
      detail: { person: personId },
    })),
  );
  return null;
}
