import { and, eq, inArray } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { alerts, materialRequests } from '../../db/schema/index.ts';
import type { Instant } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { DesiredRequest } from './checklist.ts';

export type RequestRow = typeof materialRequests.$inferSelect;

/** Every material request of a case, by when it is due. */
export async function readRequests(db: Database | Transaction, caseId: string): Promise<RequestRow[]> {
  return db
    .select()
    .from(materialRequests)
    .where(eq(materialRequests.caseId, caseId))
    .orderBy(materialRequests.dueOn, materialRequests.createdAt, materialRequests.id);
}

/** One material request, or undefined. */
export async function readRequest(db: Database | Transaction, id: string): Promise<RequestRow | undefined> {
  const [row] = await db.select().from(materialRequests).where(eq(materialRequests.id, id));
  return row;
}

/** Everything that an officer still owes, across cases, most urgent first. */
export async function readOwed(db: Database | Transaction, officer: string): Promise<RequestRow[]> {
  return db
    .select()
    .from(materialRequests)
    .where(and(eq(materialRequests.officer, officer), eq(materialRequests.state, 'outstanding')))
    .orderBy(materialRequests.dueOn, materialRequests.createdAt, materialRequests.id);
}

/** What a change of requests did: those whose chasing begins anew, and those that are closed. */
export type RequestChanges = {
  chase: { id: string; version: number; dueOn: string; done: ReadonlySet<string> }[];
  closed: { id: string; state: RequestRow['state'] }[];
};

/** The ladder of a request by its due date: its steps as alerts, and whether it is the compressed one. */
export type Chasing = {
  urgent: (dueOn: string) => boolean;
  steps: (dueOn: string) => { step: string; fireAt: Instant }[];
};

/**
 * Makes the stored requests of a case those that its events ask for. A request whose due date, officer or answer is
 * new gets a new version and a new ladder; a closed one stops being chased. The caller holds the lock on the case.
 */
export async function saveRequests(
  tx: Transaction,
  caseId: string,
  officer: string,
  desired: readonly DesiredRequest[],
  chasing: Chasing,
  now: Instant,
): Promise<RequestChanges> {
  const standing = new Map((await readRequests(tx, caseId)).map((row) => [row.key, row]));
  const changes: RequestChanges = { chase: [], closed: [] };
  const inserts: (typeof materialRequests.$inferInsert)[] = [];
  for (const request of desired) {
    const row = standing.get(request.key);
    standing.delete(request.key);
    if (row === undefined) {
      const id = newId();
      const urgent = chasing.urgent(request.dueOn);
      inserts.push({ id, caseId, officer, ...request, urgent, version: 1, createdAt: now, changedAt: now });
      if (request.state === 'outstanding')
        changes.chase.push({ id, version: 1, dueOn: request.dueOn, done: new Set() });
    } else await updateRequest(tx, row, officer, request, chasing.urgent(request.dueOn), changes, now);
  }
  for (const row of standing.values())
    if (row.state !== 'withdrawn') await closeRequest(tx, row, 'withdrawn', changes, now);
  if (inserts.length > 0) await tx.insert(materialRequests).values(inserts);
  const steps = changes.chase.flatMap(({ id, version, dueOn, done }) =>
    chasing
      .steps(dueOn)
      .filter(({ step }) => !done.has(step))
      .map(({ step, fireAt }) => ({
        id: newId(),
        class: 'chasers' as const,
        obligationId: id,
        version,
        step,
        caseId,
        fireAt,
        state: 'pending' as const,
        createdAt: now,
      })),
  );
  if (steps.length > 0) await tx.insert(alerts).values(steps);
  return changes;
}

async function updateRequest(
  tx: Transaction,
  row: RequestRow,
  officer: string,
  request: DesiredRequest,
  urgent: boolean,
  changes: RequestChanges,
  now: Instant,
): Promise<void> {
  if (request.state !== 'outstanding') {
    if (row.state !== request.state)
      await closeRequest(tx, row, request.state, changes, now, request.closedBy);
    return;
  }
  const begins =
    row.state !== 'outstanding' ||
    row.dueOn !== request.dueOn ||
    row.officer !== officer ||
    row.answer !== request.answer;
  const restarts = begins || row.urgent !== urgent;
  if (!restarts && row.why === request.why && row.defectCode === request.defectCode) return;
  const version = row.version + (restarts ? 1 : 0);
  if (restarts) {
    await stopChasing(tx, [row.id], 'superseded');
    const isAnswered = request.answer !== null && request.answer !== 'late';
    const done = begins ? new Set<string>() : await firedSteps(tx, row.id, row.version);
    if (!isAnswered) changes.chase.push({ id: row.id, version, dueOn: request.dueOn, done });
  }
  await tx
    .update(materialRequests)
    .set({
      officer,
      why: request.why,
      dueOn: request.dueOn,
      defectCode: request.defectCode,
      answer: request.answer,
      state: 'outstanding',
      closedBy: null,
      urgent,
      version,
      changedAt: now,
    })
    .where(eq(materialRequests.id, row.id));
}

async function closeRequest(
  tx: Transaction,
  row: RequestRow,
  state: RequestRow['state'],
  changes: RequestChanges,
  now: Instant,
  closedBy: string | null = null,
): Promise<void> {
  await stopChasing(tx, [row.id], 'withdrawn');
  await tx
    .update(materialRequests)
    .set({ state, closedBy, changedAt: now })
    .where(eq(materialRequests.id, row.id));
  changes.closed.push({ id: row.id, state });
}

/** Chasing stops the moment that material is received, not required, or the case ends. */
async function stopChasing(tx: Transaction, ids: string[], state: 'superseded' | 'withdrawn'): Promise<void> {
  await tx
    .update(alerts)
    .set({ state })
    .where(and(inArray(alerts.obligationId, ids), eq(alerts.state, 'pending'), eq(alerts.class, 'chasers')));
}

/** Steps already sent for a due date: a ladder that is only compressed does not say them twice. */
async function firedSteps(tx: Transaction, requestId: string, version: number): Promise<Set<string>> {
  const rows = await tx
    .select({ step: alerts.step })
    .from(alerts)
    .where(and(eq(alerts.obligationId, requestId), eq(alerts.version, version), eq(alerts.state, 'fired')));
  return new Set(rows.map(({ step }) => step));
}
