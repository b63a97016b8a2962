import { and, eq, inArray } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { caseEvents, cases, defendants, officers, offences, people, staff } from '../../db/schema/index.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { invalid, type Failure } from '../platform/failure.ts';
import { newId } from '../platform/ids.ts';
import { standingRequestsFor } from '../materials/standing-request-store.ts';
import { findOffences } from '../reference/store.ts';
import { recordHistory } from '../staff/history.ts';
import { assignCaseworker } from './assign-caseworker.ts';
import { detailsOf, type CaseBody, type PersonBody } from './case-body.ts';
import { checkCase, type KnownToHub } from './check-case.ts';
import type { CaseEvent, Registration } from './events.ts';
import { foldCase } from './fold.ts';
import { registrationOf } from './registration.ts';
import { settle, type CaseRow, type Recording, type Settled } from './settle.ts';

/**
 * Creates a case with everything that follows from it: deadlines and their alerts, first tasks, material requests and
 * contacts, a caseworker of the right team. All in the caller's transaction, or nothing.
 * @returns the case and what was made; a failure where a field is wrong (`invalid`) or the URN is taken (`conflict`)
 */
export async function createCase(
  tx: Transaction,
  body: CaseBody,
  recording: Recording,
): Promise<{ row: CaseRow; settled: Settled } | Failure> {
  const known = await whatIsKnown(tx, body);
  const errors = checkCase(body, known);
  if (errors.length > 0) return invalid(errors);
  const id = newId();
  const { now, actor } = recording;
  const registration = registrationOf(body, known);
  const standing = await standingRequestsFor(tx, registration, civilDateOf(body.receivedAt));
  if (standing.length > 0) registration.standingRequests = standing;
  const event: CaseEvent = {
    id: newId(),
    seq: 1,
    type: 'case-received',
    on: civilDateOf(body.receivedAt),
    at: body.receivedAt,
    receivedAt: body.receivedAt,
    recordedBy: actor.id,
    defendantId: null,
    offenceId: null,
    hearingId: null,
    personId: null,
    data: registration,
    supersedes: null,
  };
  const state = foldCase([event]);
  const { caseworker, visibleTo, giving } = await assignCaseworker(tx, { id, body, state }, recording);
  const [row] = await tx
    .insert(cases)
    .values({
      id,
      urn: body.urn,
      kind: body.kind,
      officer: body.officer,
      caseworker,
      team: body.kind,
      restricted: body.restricted,
      visibleTo,
      ...giving,
      receivedAt: body.receivedAt,
      createdAt: now,
      createdBy: actor.id,
    })
    .onConflictDoNothing({ target: cases.urn })
    .returning();
  if (row === undefined)
    return {
      kind: 'conflict',
      detail: 'There is a case with this URN already.',
      errors: [{ path: 'urn', message: 'belongs to a case that is here already' }],
    };
  await insertParts(tx, id, body, known, registration);
  await tx.insert(caseEvents).values({ ...event, caseId: id, recordedAt: now });
  await recordHistory(tx, actor, now, [
    {
      action: 'case-created',
      caseId: id,
      entity: 'case',
      entityId: id,
      detail: { urn: body.urn, caseworker, officer: body.officer },
    },
  ]);
  return { row, settled: await settle(tx, row, state, recording) };
}

async function whatIsKnown(tx: Transaction, body: CaseBody): Promise<KnownToHub> {
  const codes = body.defendants.flatMap((defendant) => defendant.offences.map(({ code }) => code));
  const found = await tx
    .select({ collar: officers.collar })
    .from(officers)
    .where(eq(officers.collar, body.officer));
  const named =
    body.visibleTo.length === 0
      ? []
      : await tx
          .select({ id: staff.id })
          .from(staff)
          .where(and(inArray(staff.id, body.visibleTo), eq(staff.active, true)));
  return {
    offences: await findOffences(tx, codes),
    officerExists: found.length > 0,
    unknownStaff: new Set(body.visibleTo.filter((id) => !named.some((one) => one.id === id))),
  };
}

/** Writes the rows that hold names and personal details, under the ids that the registration gave them. */
async function insertParts(
  tx: Transaction,
  caseId: string,
  body: CaseBody,
  known: KnownToHub,
  registration: Registration,
): Promise<void> {
  await tx.insert(defendants).values(
    body.defendants.map(({ name, dateOfBirth }, position) => ({
      id: registration.defendants[position]?.id ?? '',
      caseId,
      position,
      name,
      dateOfBirth: dateOfBirth ?? null,
    })),
  );
  await tx.insert(offences).values(
    body.defendants.flatMap((defendant, d) =>
      defendant.offences.map((offence, position) => ({
        id: registration.defendants[d]?.offences[position]?.id ?? '',
        defendantId: registration.defendants[d]?.id ?? '',
        caseId,
        position,
        code: offence.code,
        title: offence.title ?? known.offences.get(offence.code)?.title ?? offence.code,
      })),
    ),
  );
  await insertPeople(tx, caseId, 'victim', body.victims, registration);
  await insertPeople(tx, caseId, 'witness', body.witnesses, registration);
}

async function insertPeople(
  tx: Transaction,
  caseId: string,
  role: 'victim' | 'witness',
  bodies: readonly PersonBody[],
  registration: Registration,
): Promise<void> {
  if (bodies.length === 0) return;
  const registered = registration.people.filter((person) => person.role === role);
  await tx.insert(people).values(
    bodies.map((person, position) => ({
      id: registered[position]?.id ?? '',
      caseId,
      position,
      role,
      name: person.name,
      dateOfBirth: person.dateOfBirth ?? null,
      contact: person.contact,
      preferred: person.preferred,
      safeContact: person.safeContact ?? null,
      details: detailsOf(person),
    })),
  );
}
