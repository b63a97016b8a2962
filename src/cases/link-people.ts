import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { people } from '../../db/schema/index.ts';
import { invalidField, type Failure } from '../platform/failure.ts';
import { newId } from '../platform/ids.ts';
import { recordHistory } from '../staff/history.ts';
import { readSamePerson, type PersonRow } from '../victims/people-store.ts';
import type { Recording } from './settle.ts';

type Recorder = Pick<Recording, 'now' | 'actor'>;

/**
 * Says that two rows are one human being, as a victim of two cases is: what keeps them safe in one then counts in the
 * other. The caller holds the locks on both cases.
 * @returns `invalid` where both are of one case
 */
export async function linkPeople(
  tx: Transaction,
  person: PersonRow,
  other: PersonRow,
  { now, actor }: Recorder,
): Promise<PersonRow | Failure> {
  const [mine, theirs] = [await readSamePerson(tx, person), await readSamePerson(tx, other)];
  const cases = new Set(mine.map((one) => one.case.id));
  const isSame = person.identity !== null && person.identity === other.identity;
  if (!isSame && theirs.some((one) => cases.has(one.case.id)))
    return invalidField('person', 'is in a case in which this person is already');
  const identity = person.identity ?? other.identity ?? newId();
  const ids = [...mine, ...theirs].map((one) => one.person.id);
  await tx
    .update(people)
    .set({ identity, version: sql`${people.version} + 1` })
    .where(and(inArray(people.id, ids), sql`${people.identity} is distinct from ${identity}`));
  await recordHistory(
    tx,
    actor,
    now,
    [person, other].map((one) => ({
      action: 'person-linked',
      caseId: one.caseId,
      entity: 'person',
      entityId: one.id,
      detail: { identity },
    })),
  );
  return reread(tx, person);
}

/** Says that a person is nobody of another case after all. The caller holds the lock on the case. */
export async function unlinkPerson(
  tx: Transaction,
  person: PersonRow,
  { now, actor }: Recorder,
): Promise<PersonRow> {
  await tx
    .update(people)
    .set({ identity: null, version: sql`${people.version} + 1` })
    .where(eq(people.id, person.id));
  const { id: entityId, caseId, identity } = person;
  await recordHistory(tx, actor, now, [
    { action: 'person-unlinked', caseId, entity: 'person', entityId, detail: { identity } },
  ]);
  return reread(tx, person);
}

async function reread(tx: Transaction, person: PersonRow): Promise<PersonRow> {
  const [row] = await tx.select().from(people).where(eq(people.id, person.id));
  return row ?? person;
}
