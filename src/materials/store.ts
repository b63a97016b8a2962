import { and, eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { insertMany, selectOfCases, updateMany } from '../../db/many-rows.ts';
import { materialRequests } from '../../db/schema/index.ts';
import { groupBy } from '../platform/group-by.ts';
import type { RequestChange, RequestRow } from './compare-requests.ts';

export type { RequestRow } from './compare-requests.ts';

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

/** The requests of several cases, by case. */
export async function readRequestsOf(
  db: Database | Transaction,
  caseIds: readonly string[],
): Promise<Map<string, RequestRow[]>> {
  const rows = await selectOfCases(db, materialRequests, caseIds, sql`order by due_on, created_at, id`);
  return groupBy(rows, ({ caseId }) => caseId);
}

/** Saves the rows of changes, of any number of cases. The caller holds the locks on the cases. */
export async function saveRequestChanges(tx: Transaction, changes: readonly RequestChange[]): Promise<void> {
  const rows = (which: (change: RequestChange) => boolean) => changes.filter(which).map(({ row }) => row);
  await insertMany(
    tx,
    materialRequests,
    rows(({ standing }) => standing === null),
  );
  await updateMany(
    tx,
    materialRequests,
    rows(({ standing }) => standing !== null),
  );
}

/** The steps already sent of requests that are only chased faster from now on, by request. */
export async function readFiredSteps(
  tx: Transaction,
  changes: readonly RequestChange[],
): Promise<Map<string, Set<string>>> {
  const wanted = changes.flatMap(({ restarts, standing }) =>
    restarts === 'compressed' && standing !== null ? [{ id: standing.id, version: standing.version }] : [],
  );
  if (wanted.length === 0) return new Map();
  const rows = await tx.execute<{ id: string; step: string }>(sql`
    select a.obligation_id as id, a.step from alerts a
    join jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) w(id uuid, version int)
      on a.obligation_id = w.id and a.version = w.version
    where a.state = 'fired'`);
  const steps = groupBy(rows, ({ id }) => id);
  return new Map([...steps].map(([id, fired]) => [id, new Set(fired.map(({ step }) => step))]));
}
