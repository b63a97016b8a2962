import { desc, eq, lte, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { standingRequests } from '../../db/schema/index.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { StandingRequest } from '../deadlines/case-state.ts';
import { inForceOn, mayConcern, type ReceivedCase } from './standing-request.ts';

export type StandingRow = typeof standingRequests.$inferSelect;

/** The standing requests that a case keeps that is received on a day: those that concern it, or may come to. */
export async function standingRequestsFor(
  tx: Transaction,
  received: ReceivedCase,
  day: CivilDate,
): Promise<StandingRequest[]> {
  const versions = await tx.select().from(standingRequests).where(lte(standingRequests.startsOn, day));
  return inForceOn(versions, day)
    .filter(({ scope }) => mayConcern(scope, received))
    .map(({ id, version, material, why, askedBy, scope, dueInWorkingDays }) => ({
      ...{ id, version, material, why, askedBy, scope, dueInWorkingDays },
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The newest version of each standing request, oldest request first, after the one with an id. */
export async function listStanding(
  db: Database | Transaction,
  limit: number,
  after?: string,
): Promise<StandingRow[]> {
  return db
    .selectDistinctOn([standingRequests.id])
    .from(standingRequests)
    .where(after === undefined ? undefined : sql`${standingRequests.id} > ${after}::uuid`)
    .orderBy(standingRequests.id, desc(standingRequests.version))
    .limit(limit);
}

/** Every version of a standing request, newest first; none where there is no such request. */
export async function readStanding(db: Database | Transaction, id: string): Promise<StandingRow[]> {
  return db
    .select()
    .from(standingRequests)
    .where(eq(standingRequests.id, id))
    .orderBy(desc(standingRequests.version));
}

/** Locks a standing request for a change, and reads its newest version; undefined where there is none. */
export async function lockStanding(tx: Transaction, id: string): Promise<StandingRow | undefined> {
  // Rows are never updated: two changes at once would both make the same version, of which one is refused by its key.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`standing-request ${id}`}, 0))`);
  const [row] = await tx
    .select()
    .from(standingRequests)
    .where(eq(standingRequests.id, id))
    .orderBy(desc(standingRequests.version))
    .limit(1);
  return row;
}

/** Adds a version of a standing request; the rows before it stay as they are. */
export async function addStanding(tx: Transaction, row: StandingRow): Promise<void> {
  await tx.insert(standingRequests).values(row);
}
