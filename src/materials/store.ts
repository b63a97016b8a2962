import { and, eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { insertMany, selectOfCases, updateMany } from '../../db/many-rows.ts';
import { materialRequests, type ChaserLevel } from '../../db/schema/index.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import { groupBy } from '../platform/group-by.ts';
import type { RequestChange, RequestRow } from './compare-requests.ts';
import { occasionOf } from './occasion.ts';

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

/** A step that was carried out for what is asked now. */
type Sent = { step: string; level: ChaserLevel; on: CivilDate };

/** The steps already carried out, by request, of the asking that stands once changes are saved. */
export async function readSentSteps(
  tx: Transaction,
  changes: readonly RequestChange[],
): Promise<Map<string, Sent[]>> {
  const wanted = changes.flatMap(({ replans, standing, row }) =>
    replans && standing !== null ? [{ id: row.id, occasion: occasionOf(row) }] : [],
  );
  if (wanted.length === 0) return new Map();
  const rows = await tx.execute<Sent & { id: string }>(sql`
    select c.request_id as id, c.step, c.level, (c.at at time zone 'Europe/London')::date::text as on
    from chasers c join jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) w(id uuid, occasion text)
      on c.request_id = w.id and c.occasion = w.occasion`);
  return groupBy(rows, ({ id }) => id);
}
