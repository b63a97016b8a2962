import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { PersonDetails } from '../../db/schema/person-details.ts';
import { people } from '../../db/schema/index.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { PersonState } from '../deadlines/case-state.ts';
import { invalid, type Failure } from '../platform/failure.ts';
import { recordHistory } from '../staff/history.ts';
import { checkPerson } from '../victims/check-person.ts';
import type { PersonRow } from '../victims/people-store.ts';
import { stopMessages } from './message-person.ts';
import { recordOwnEvent } from './record-event.ts';
import type { CaseRow, Recording } from './settle.ts';

type Details = { [Field in Exclude<keyof PersonDetails, 'optOut'>]?: PersonDetails[Field] | null };

/** What can be changed of a victim or witness. What is left out stays; null takes away. */
export type PersonChanges = {
  contact?: PersonRow['contact'] | undefined;
  preferred?: PersonRow['preferred'] | undefined;
  safeContact?: PersonRow['safeContact'] | undefined;
  needsAssessment?: PersonRow['needsAssessment'] | undefined;
  unavailable?: PersonRow['unavailable'] | undefined;
  enhancedRights?: boolean | undefined;
  reasons?: string[] | undefined;
  details?: Details;
  /** Null: they want to hear again. */
  optOut?: { on: string; why?: string } | null | undefined;
};

/**
 * Changes the details of a victim or witness. What their contacts depend on (entitlement, preference, a needs
 * assessment) is an event too, so that what they are owed is worked out anew. The caller holds the lock on the case.
 * @param known the person as the case has them
 * @returns `invalid` where what they would be contradicts itself
 */
export async function changePerson(
  tx: Transaction,
  row: CaseRow,
  person: PersonRow,
  known: PersonState | undefined,
  given: PersonChanges,
  recording: Recording,
): Promise<PersonRow | Failure> {
  const { now, actor } = recording;
  const columns = columnsAfter(person, given);
  const changes = { ...given, enhancedRights: given.enhancedRights ?? impliedBy(given) };
  const errors = checkPerson(
    {
      ...person,
      ...columns,
      details: columns.details,
      enhancedRights: changes.enhancedRights ?? (known?.enhancedRights === true && mattersAnew(changes)),
      reasons: changes.reasons ?? known?.reasons ?? [],
    },
    civilDateOf(now),
  );
  if (given.enhancedRights === false && (columns.details.grounds ?? []).length > 0)
    errors.push({
      path: 'enhancedRights',
      message: 'contradicts the grounds that stand: take those away too',
    });
  if (errors.length > 0) return invalid(errors);
  const [changed] = await tx
    .update(people)
    .set({ ...columns, version: sql`${people.version} + 1` })
    .where(eq(people.id, person.id))
    .returning();
  const { details = {}, ...others } = changes;
  const fields = Object.entries({ ...others, ...details }).flatMap(([field, value]) =>
    value === undefined ? [] : [field],
  );
  await recordHistory(tx, actor, now, [
    { action: 'person-changed', caseId: row.id, entity: 'person', entityId: person.id, detail: { fields } },
  ]);
  await stopMessages(tx, row, person.id);
  const told = toldOf(person, changes, columns);
  if (Object.keys(told).length > 0)
    await recordOwnEvent(
      tx,
      row,
      { type: 'person-changed', on: civilDateOf(now), at: now, personId: person.id, data: told },
      recording,
    );
  return changed ?? person;
}

/** A ground of the Code is a ground, whether or not somebody drew the conclusion. */
function impliedBy({ details }: PersonChanges): true | undefined {
  return (details?.grounds ?? []).length > 0 ? true : undefined;
}

/** Enhanced rights that stood without a reason are left alone by changes of other things. */
function mattersAnew({ reasons, details }: PersonChanges): boolean {
  return reasons !== undefined || details?.grounds !== undefined;
}

function columnsAfter(person: PersonRow, changes: PersonChanges) {
  const { contact, safeContact, needsAssessment, unavailable, optOut } = changes;
  const details: PersonDetails = { ...person.details };
  for (const [field, value] of Object.entries(changes.details ?? {})) {
    if (value === null) delete details[field as keyof Details];
    else if (value !== undefined) Object.assign(details, { [field]: value });
  }
  const before = details.optOut?.before ?? person.preferred;
  let preferred = changes.preferred ?? person.preferred;
  if (optOut) {
    details.optOut = { ...optOut, before };
    preferred = 'none';
  } else if (optOut === null || preferred !== 'none') {
    delete details.optOut;
    if (optOut === null && changes.preferred === undefined) preferred = before === 'none' ? 'phone' : before;
  }
  return {
    details,
    preferred,
    contact: contact ?? person.contact,
    safeContact: safeContact === undefined ? person.safeContact : safeContact,
    needsAssessment: needsAssessment === undefined ? person.needsAssessment : needsAssessment,
    unavailable: unavailable === undefined ? person.unavailable : unavailable,
  };
}

/** What the events say of it: what a person is owed, never what is personal. */
function toldOf(
  person: PersonRow,
  { enhancedRights, reasons, needsAssessment, preferred, unavailable }: PersonChanges,
  columns: ReturnType<typeof columnsAfter>,
): Record<string, unknown> {
  return {
    ...(enhancedRights === undefined ? {} : { enhancedRights }),
    ...(reasons === undefined ? {} : { reasons }),
    ...(preferred === undefined && columns.preferred === person.preferred
      ? {}
      : { preferred: columns.preferred }),
    ...(unavailable ? { availability: true } : {}),
    ...(needsAssessment === undefined
      ? {}
      : { assessed: needsAssessment !== null, reassessOn: needsAssessment?.reassessOn ?? null }),
  };
}
