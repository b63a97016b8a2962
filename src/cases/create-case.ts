import { and, eq, inArray } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { caseEvents, cases, defendants, officers, offences, people, staff } from '../../db/schema/index.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import type { Instant } from '../platform/clock.ts';
import { invalid, isFailure, type Failure } from '../platform/failure.ts';
import { newId } from '../platform/ids.ts';
import { standingRequestsFor } from '../materials/standing-request-store.ts';
import { findOffences } from '../reference/store.ts';
import { recordHistory } from '../staff/history.ts';
import { assignCaseworker } from './assign-caseworker.ts';
import type { CaseBody, PersonBody } from './case-body.ts';
import { checkCase, type KnownToHub } from './check-case.ts';
import type { CaseEvent, Registration } from './events.ts';
import { foldCase } from './fold.ts';
import { personRow, registrationOf } from './registration.ts';
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
  const draft = await draftCase(tx, body, recording);
  if (isFailure(draft)) return draft;
  const { known, registration, event, state } = draft;
  const id = newId();
  const { now, actor } = recording;
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
      defendantNames: body.defendants.map(({ name }) => name),
      receivedAt: body.receivedAt,
      createdAt: now,
      createdBy: actor.id,
    })
    .onConflictDoNothing({ target: cases.urn })
    .returning();
  if (row === undefined) return urnTaken;
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

/** The failure of a case whose URN another one has. */
export const urnTaken: Failure = {
  kind: 'conflict',
  detail: 'There is a case with this URN already.',
  errors: [{ path: 'urn', message: 'belongs to a case that is here already' }],
};

/** A case that has been checked and not been stored: the event with which it begins, and its state by that alone. */
export type CaseDraft = {
  known: KnownToHub;
  registration: Registration;
  event: CaseEvent;
  state: CaseState;
};

/** What a new case would begin with, or what is wrong with it (`invalid`). Writes nothing. */
export async function draftCase(
  tx: Transaction,
  body: CaseBody,
  { actor, now }: Pick<Recording, 'actor' | 'now'>,
): Promise<CaseDraft | Failure> {
  const known = await whatIsKnown(tx, body, now);
  const errors = checkCase(body, known);
  if (errors.length > 0) return invalid(errors);
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
  return { known, registration, event, state: foldCase([event]) };
}

async function whatIsKnown(tx: Transaction, body: CaseBody, now: Instant): Promise<KnownToHub> {
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
    now,
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
  await tx
    .insert(people)
    .values(
      bodies.map((person, position) =>
        personRow(person, { id: registered[position]?.id ?? '', caseId, role, position }),
      ),
    );
}
