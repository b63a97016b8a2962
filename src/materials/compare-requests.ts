import type { AlertInsert, materialRequests, OutdatedAlert } from '../../db/schema/index.ts';
import type { Instant } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { DesiredRequest } from './checklist.ts';

export type RequestRow = typeof materialRequests.$inferSelect;

/** A request that is new or changed: the row as it is from now on, and that which stands. */
export type RequestChange = {
  row: RequestRow;
  standing: RequestRow | null;
  /** Chasing begins anew, or goes on by another ladder; null where it stays or stops. */
  restarts: 'anew' | 'compressed' | null;
};

/**
 * The differences between the requests that the events of a case ask for and those that stand. A request whose due
 * date, officer or answer is new gets a new version and a new ladder; a closed one stops being chased. Pure but for ids.
 */
export function compareRequests(
  caseId: string,
  standing: readonly RequestRow[],
  desired: readonly DesiredRequest[],
  officer: string,
  isUrgent: (dueOn: string) => boolean,
  now: Instant,
): RequestChange[] {
  const left = new Map(standing.map((row) => [row.key, row]));
  const changes: RequestChange[] = [];
  for (const request of desired) {
    const row = left.get(request.key);
    left.delete(request.key);
    const urgent = isUrgent(request.dueOn);
    const change =
      row === undefined
        ? asked(caseId, request, officer, urgent, now)
        : compareOne(row, request, officer, urgent, now);
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
  return changes.flatMap(({ row, standing, restarts }): OutdatedAlert[] => {
    if (standing === null) return [];
    if (row.state !== 'outstanding') return [{ obligationId: row.id, state: 'withdrawn' }];
    return restarts === null ? [] : [{ obligationId: row.id, state: 'superseded' }];
  });
}

/**
 * The ladders of requests that are chased from now on. An officer who has answered is chased no more, unless it was
 * that it will be late.
 * @param stepsOf the ladder of a request
 * @param fired steps already sent, by request: a ladder that is only compressed does not say them twice
 */
export function freshChasers(
  changes: readonly RequestChange[],
  stepsOf: (row: RequestRow) => { step: string; fireAt: Instant }[],
  fired: ReadonlyMap<string, ReadonlySet<string>>,
  now: Instant,
): AlertInsert[] {
  return changes
    .filter(
      ({ row, restarts }) =>
        restarts !== null && row.state === 'outstanding' && (row.answer === null || row.answer === 'late'),
    )
    .flatMap(({ row, restarts }) =>
      stepsOf(row)
        .filter(({ step }) => restarts === 'anew' || fired.get(row.id)?.has(step) !== true)
        .map(({ step, fireAt }) => ({
          id: newId(),
          class: 'chasers' as const,
          obligationId: row.id,
          version: row.version,
          step,
          caseId: row.caseId,
          fireAt,
          state: 'pending' as const,
          createdAt: now,
        })),
    );
}

function asked(
  caseId: string,
  request: DesiredRequest,
  officer: string,
  urgent: boolean,
  now: Instant,
): RequestChange {
  const row = {
    id: newId(),
    caseId,
    officer,
    ...request,
    urgent,
    version: 1,
    createdAt: now,
    changedAt: now,
  };
  return { row, standing: null, restarts: 'anew' };
}

function compareOne(
  standing: RequestRow,
  request: DesiredRequest,
  officer: string,
  urgent: boolean,
  now: Instant,
): RequestChange | null {
  if (request.state !== 'outstanding')
    return standing.state === request.state ? null : closed(standing, request.state, request.closedBy, now);
  const begins =
    standing.state !== 'outstanding' ||
    standing.dueOn !== request.dueOn ||
    standing.officer !== officer ||
    standing.answer !== request.answer;
  const restarts = begins ? 'anew' : standing.urgent === urgent ? null : 'compressed';
  if (restarts === null && standing.why === request.why && standing.defectCode === request.defectCode)
    return null;
  const row: RequestRow = {
    ...standing,
    officer,
    why: request.why,
    dueOn: request.dueOn,
    defectCode: request.defectCode,
    answer: request.answer,
    state: 'outstanding',
    closedBy: null,
    urgent,
    version: standing.version + (restarts === null ? 0 : 1),
    changedAt: now,
  };
  return { row, standing, restarts };
}

function closed(
  standing: RequestRow,
  state: RequestRow['state'],
  closedBy: string | null,
  now: Instant,
): RequestChange {
  return { row: { ...standing, state, closedBy, changedAt: now }, standing, restarts: null };
}
