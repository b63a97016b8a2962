import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { selectOfCases } from '../../db/many-rows.ts';
import { caseEvents, cases, defendants, offences, people } from '../../db/schema/index.ts';
import { groupBy } from '../platform/group-by.ts';
import type { CaseRow } from './case-row.ts';
import type { EventType } from './event-types.ts';
import type { CaseEvent } from './events.ts';

export type EventRow = typeof caseEvents.$inferSelect;

/** The case with a URN, in whatever letters, or undefined. */
export async function findCase(db: Database | Transaction, urn: string): Promise<CaseRow | undefined> {
  const [row] = await db.select().from(cases).where(eq(cases.urn, urn.toUpperCase()));
  return row;
}

/** The case with an id, or undefined. */
export async function readCase(db: Database | Transaction, id: string): Promise<CaseRow | undefined> {
  const [row] = await db.select().from(cases).where(eq(cases.id, id));
  return row;
}

/** Every event of a case as it was recorded, oldest first, also those superseded. */
export async function readEvents(
  db: Database | Transaction,
  caseId: string,
): Promise<(EventRow & CaseEvent)[]> {
  const rows = await db
    .select()
    .from(caseEvents)
    .where(eq(caseEvents.caseId, caseId))
    .orderBy(caseEvents.seq);
  return rows.map((row) => ({
    ...row,
    type: row.type as EventType,
    data: row.data as Record<string, unknown>,
  }));
}

/** The events of several cases, by case, each oldest first: as much of them as the fold reads. */
export async function readEventsOf(
  db: Database | Transaction,
  caseIds: readonly string[],
): Promise<Map<string, CaseEvent[]>> {
  const rows = await selectOfCases(db, caseEvents, caseIds, sql`order by case_id, seq`);
  return groupBy(rows as (CaseEvent & { caseId: string })[], (row) => row.caseId);
}

export type CasePeople = {
  defendants: (typeof defendants.$inferSelect)[];
  offences: (typeof offences.$inferSelect)[];
  people: (typeof people.$inferSelect)[];
};

/** Names and personal details of a case, which the events leave out. */
export async function readPeople(db: Database | Transaction, caseId: string): Promise<CasePeople> {
  return {
    defendants: await db
      .select()
      .from(defendants)
      .where(eq(defendants.caseId, caseId))
      .orderBy(defendants.position),
    offences: await db.select().from(offences).where(eq(offences.caseId, caseId)).orderBy(offences.position),
    people: await db
      .select()
      .from(people)
      .where(eq(people.caseId, caseId))
      .orderBy(people.role, people.position),
  };
}

/** Whether a case is restricted and this member of staff is not named on it. */
export function isHidden(row: Pick<CaseRow, 'restricted' | 'visibleTo'>, staffId: string): boolean {
  return row.restricted && !row.visibleTo.includes(staffId);
}

/** Those of some cases that are restricted and that a member of staff is not named on. */
export async function readHiddenCases(
  db: Database | Transaction,
  ids: readonly string[],
  staffId: string,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { id, restricted, visibleTo } = cases;
  const rows = await db
    .select({ id, restricted, visibleTo })
    .from(cases)
    .where(and(inArray(id, [...ids]), restricted));
  return new Set(rows.filter((row) => isHidden(row, staffId)).map((row) => row.id));
}

/** Counts a change of each of several cases, so that their ETags are new. */
export async function touchCases(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(cases)
    .set({ version: sql`${cases.version} + 1` })
    .where(inArray(cases.id, [...ids]));
}

/** Counts a change of each of several cases, and keeps the columns that are searched in step with them. */
export async function touchCasesAs(
  tx: Transaction,
  rows: readonly Pick<CaseRow, 'id' | 'state' | 'officer'>[],
): Promise<void> {
  await tx.execute(sql`
    update cases c set state = r.state, officer = r.officer, version = c.version + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r(id uuid, state text, officer text)
    where c.id = r.id`);
}
