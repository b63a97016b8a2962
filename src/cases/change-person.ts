import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { people } from '../../db/schema/index.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { recordHistory } from '../staff/history.ts';
import type { PersonRow } from '../victims/people-store.ts';
import { recordOwnEvent } from './record-event.ts';
import type { CaseRow, Recording } from './settle.ts';

/** What can be changed of a victim or witness. What is left out stays; null takes away. */
export type PersonChanges = {
  contact?: PersonRow['contact'] | undefined;
  preferred?: PersonRow['preferred'] | undefined;
  safeContact?: PersonRow['safeContact'] | undefined;
  needsAssessment?: PersonRow['needsAssessment'] | undefined;
  unavailable?: PersonRow['unavailable'] | undefined;
  enhancedRights?: boolean | undefined;
  reasons?: string[] | undefined;
};

/**
 * Changes the details of a victim or witness. What their contacts depend on (entitlement, preference, a needs
 * assessment) is an event too, so that what they are owed is worked out anew. The caller holds the lock on the case.
 */
export async function changePerson(
  tx: Transaction,
  row: CaseRow,
  person: PersonRow,
  changes: PersonChanges,
  recording: Recording,
): Promise<PersonRow> {
  const { enhancedRights, reasons, ...columns } = changes;
  const [changed] = await tx
    .update(people)
    .set({ ...columns, version: sql`${people.version} + 1` })
    .where(eq(people.id, person.id))
    .returning();
  await recordHistory(tx, recording.actor, recording.now, [
    {
      action: 'person-changed',
      caseId: row.id,
      entity: 'person',
      entityId: person.id,
      detail: {
        fields: Object.keys(changes).filter((field) => changes[field as keyof PersonChanges] !== undefined),
      },
    },
  ]);
  const told = {
    ...(enhancedRights === undefined ? {} : { enhancedRights }),
    ...(reasons === undefined ? {} : { reasons }),
    ...(changes.preferred === undefined ? {} : { preferred: changes.preferred }),
    ...(changes.needsAssessment === undefined ? {} : { assessed: changes.needsAssessment !== null }),
  };
  if (Object.keys(told).length > 0)
    await recordOwnEvent(
      tx,
      row,
      {
        type: 'person-changed',
        on: civilDateOf(recording.now),
        at: recording.now,
        personId: person.id,
        data: told,
      },
      recording,
    );
  return changed ?? person;
}
