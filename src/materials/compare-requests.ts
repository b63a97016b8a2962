import type { AlertInsert, materialRequests, OutdatedAlert } from '../../db/schema/index.ts';
import type { Instant } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { DesiredRequest } from './checklist.ts';
import { occasionOf } from './occasion.ts';

export type RequestRow = typeof materialRequests.$inferSelect;

/** A request that is new or changed: the row as it is from now on, and that which stands. */
export type RequestChange = {
  row: RequestRow;
  standing: RequestRow | null;
  /** Its steps to come are planned again; otherwise they stay as they are, or stop. */
  replans: boolean;
};

/** How something that is owed is chased: its plan, and the day until which it is held. */
export type Chasing = Pick<RequestRow, 'urgent' | 'plan' | 'heldUntil' | 'heldWhy'>;

/**
 * The differences between the requests that the events of a case ask for and those that stand. A request whose due
 * date, officer, answer, hold or plan is new gets a new version, for which its steps are planned again; a closed one
 * stops being chased. Pure but for ids.
 */
export function compareRequests(
  caseId: string,
  standing: readonly RequestRow[],
  desired: readonly DesiredRequest[],
  officer: string,
  chasingOf: (request: DesiredRequest) => Chasing,
  now: Instant,
): RequestChange[] {
  const left = new Map(standing.map((row) => [row.key, row]));
  const changes: RequestChange[] = [];
  for (const request of desired) {
    const row = left.get(request.key);
    left.delete(request.key);
    const change =
      row === undefined
        ? asked(caseId, request, officer, chasingOf(request), now)
        : compareOne(row, request, officer, chasingOf, now);
    if (change !== null) changes.push(change);
  }
  for (const row of left.values())
    if (row.state !== 'withdrawn') changes.push(closed(row, 'withdrawn', null, now));
  return changes;
}

/** The requests of a case once changes are saved, those that stood first. */
export function requestsAfter(
  standing: readonly RequestRow[],
  changes: readonly RequestChange[],
): RequestRow[] {
  if (changes.length === 0) return [...standing];
  const changed = new Map(changes.map(({ row }) => [row.id, row]));
  return [
    ...standing.map((row) => changed.get(row.id) ?? row),
    ...changes.filter((change) => change.standing === null).map(({ row }) => row),
  ];
}

/** The chasers that changes put an end to, and as what. */
export function outdatedChasers(changes: readonly RequestChange[]): OutdatedAlert[] {
  return changes.flatMap(({ row, standing, replans }): OutdatedAlert[] => {
    if (standing === null) return [];
    if (row.state !== 'outstanding') return [{ obligationId: row.id, state: 'withdrawn' }];
    return replans ? [{ obligationId: row.id, state: 'superseded' }] : [];
  });
}

/**
 * Whether an officer is chased for a request: for what is not theirs or cannot be had no more. What they say has been
 * sent is held for a while, and then chased on unless it has come.
 */
export function isChased({ state, answer }: Pick<RequestRow, 'state' | 'answer'>): boolean {
  return state === 'outstanding' && answer !== 'not-mine' && answer !== 'cannot';
}

/**
 * The steps to come of requests whose steps are planned again.
 * @param stepsOf what is still to be sent of a request
 */
export function freshChasers(
  changes: readonly RequestChange[],
  stepsOf: (row: RequestRow) => { step: string; fireAt: Instant }[],
  now: Instant,
): AlertInsert[] {
  return changes
    .filter(({ row, replans }) => replans && isChased(row))
    .flatMap(({ row }) => stepsOf(row).map((step) => chaserAlert(row, step, now)));
}

/** One step of a request that is to come. */
export function chaserAlert(
  row: Pick<RequestRow, 'id' | 'version' | 'caseId'>,
  { step, fireAt }: { step: string; fireAt: Instant },
  now: Instant,
): AlertInsert {
  return {
    id: newId(),
    class: 'chasers',
    obligationId: row.id,
    version: row.version,
    step,
    caseId: row.caseId,
    fireAt,
    state: 'pending',
    createdAt: now,
  };
}

function asked(
  caseId: string,
  request: DesiredRequest,
  officer: string,
  chasing: Chasing,
  now: Instant,
): RequestChange {
  const row = {
    id: newId(),
    caseId,
    officer,
    ...request,
    ...chasing,
    failedAt: null,
    version: 1,
    createdAt: now,
    changedAt: now,
  };
  return { row, standing: null, replans: true };
}

function compareOne(
  standing: RequestRow,
  request: DesiredRequest,
  officer: string,
  chasingOf: (request: DesiredRequest) => Chasing,
  now: Instant,
): RequestChange | null {
  if (request.state !== 'outstanding')
    return standing.state === request.state ? null : closed(standing, request.state, request.closedBy, now);
  const chasing = chasingOf(request);
  const isAskedAnew =
    standing.state !== 'outstanding' || occasionOf(standing) !== occasionOf({ ...request, officer });
  const replans =
    isAskedAnew ||
    standing.answer !== request.answer ||
    (isChased(request) && (standing.plan !== chasing.plan || standing.heldUntil !== chasing.heldUntil));
  if (!replans && saysTheSame(standing, request) && standing.heldWhy === chasing.heldWhy) return null;
  const row: RequestRow = {
    ...standing,
    officer,
    why: request.why,
    note: request.note,
    dueOn: request.dueOn,
    dueWhy: request.dueWhy,
    basis: request.basis,
    rejections: request.rejections,
    requestedBy: request.requestedBy,
    defectCode: request.defectCode,
    answer: request.answer,
    ...chasing,
    failedAt: isAskedAnew ? null : standing.failedAt,
    state: 'outstanding',
    closedBy: null,
    version: standing.version + (replans ? 1 : 0),
    changedAt: now,
  };
  return { row, standing, replans };
}

/** Whether an officer who is asked still reads the same words. */
function saysTheSame(standing: RequestRow, request: DesiredRequest): boolean {
  return (
    standing.why === request.why &&
    standing.note === request.note &&
    standing.dueWhy === request.dueWhy &&
    standing.defectCode === request.defectCode &&
    standing.requestedBy === request.requestedBy &&
    sameBasis(standing.basis, request.basis)
  );
}

/** Postgres does not keep the order of fields. */
function sameBasis(standing: RequestRow['basis'], desired: RequestRow['basis']): boolean {
  const fields = (basis: RequestRow['basis']) => JSON.stringify(Object.entries(basis ?? {}).sort());
  return fields(standing) === fields(desired);
}

function closed(
  standing: RequestRow,
  state: RequestRow['state'],
  closedBy: string | null,
  now: Instant,
): RequestChange {
  return { row: { ...standing, state, closedBy, changedAt: now }, standing, replans: false };
}
