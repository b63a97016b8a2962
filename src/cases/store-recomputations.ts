import { and, desc, eq, gt, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { insertMany } from '../../db/many-rows.ts';
import { cases } from '../../db/schema/cases.ts';
import { recomputationMoves, recomputations } from '../../db/schema/recomputations.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { Instant } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { CaseRow } from './case-row.ts';
import { isReachedBy } from './store-reaches.ts';

export type RecomputationRow = typeof recomputations.$inferSelect;
export type MoveRow = typeof recomputationMoves.$inferSelect;

/** After so many failures by itself a case is left to a person, and delays nothing else. */
export const mostFailures = 3;

/**
 * Puts live cases on the list of a new recomputation, in the transaction that makes it necessary.
 * @param days every live case for `all`; otherwise those whose counting looked at one of the days. The caller has
 *   locked the calendar, so that nobody is counting by it as it was
 */
export async function beginRecomputation(
  tx: Transaction,
  wanted: Pick<RecomputationRow, 'cause' | 'why' | 'calendarVersion' | 'rules' | 'requestedBy'>,
  now: Instant,
  days: readonly CivilDate[] | 'all' = 'all',
): Promise<RecomputationRow> {
  const id = newId();
  await tx.insert(recomputations).values({ id, ...wanted, casesTotal: 0, requestedAt: now });
  const isTouched = days === 'all' ? sql`` : sql`and ${isReachedBy(days)}`;
  await tx.execute(sql`
    insert into recomputation_cases (recomputation_id, case_id)
    select ${id}::uuid, c.id from cases c where c.state = 'open' ${isTouched}
    union all
    select ${id}::uuid, c.id from cases c where c.state <> 'open' ${isTouched}
      and exists (select from deadlines d where d.case_id = c.id and d.state = 'pending')`);
  const [row] = await tx
    .update(recomputations)
    .set({ casesTotal: sql`(select count(*) from recomputation_cases where recomputation_id = ${id})` })
    .where(eq(recomputations.id, id))
    .returning();
  if (!row) throw new Error('a recomputation that was just begun is gone');
  return row;
}

/** The oldest recomputation that is not finished, of those that a worker with these rules may do. */
export async function nextRecomputation(db: Database, rules: string): Promise<RecomputationRow | undefined> {
  const [row] = await db
    .select()
    .from(recomputations)
    .where(
      sql`${recomputations.finishedAt} is null and (${recomputations.rules} is null or ${recomputations.rules} = ${rules})`,
    )
    .orderBy(recomputations.requestedAt, recomputations.id)
    .limit(1);
  return row;
}

/**
 * Takes cases off the list and locks them, in the transaction that does them: when it fails they are back. Cases that
 * others hold are skipped. In the order of the index: another order would read the whole list for every batch.
 * @param onlyCase one case alone, that failed with others
 */
export async function takeCases(
  tx: Transaction,
  recomputationId: string,
  limit: number,
  onlyCase?: string,
): Promise<CaseRow[]> {
  const which = onlyCase === undefined ? sql`` : sql`and w.case_id = ${onlyCase}`;
  const taken = await tx.execute<{ id: string }>(sql`
    with picked as materialized (
      select w.recomputation_id, w.case_id from recomputation_cases w join cases c on c.id = w.case_id
      where w.recomputation_id = ${recomputationId} and w.failures < ${mostFailures} ${which}
      order by w.case_id limit ${limit} for update of w, c skip locked
    )
    delete from recomputation_cases w using picked p
    where w.recomputation_id = p.recomputation_id and w.case_id = p.case_id returning w.case_id as id`);
  if (taken.length === 0) return [];
  const ids = taken.map(({ id }) => id);
  return tx
    .select()
    .from(cases)
    .where(sql`${cases.id} in ${ids}`)
    .orderBy(cases.id);
}

/** Records when the first case is taken; later ones find it recorded. */
export async function markStarted(db: Database, id: string): Promise<void> {
  await db
    .update(recomputations)
    .set({ startedAt: sql`hub_now()` })
    .where(sql`${recomputations.id} = ${id} and ${recomputations.startedAt} is null`);
}

/** Records that nothing is left on the list but what was given up. What another worker has taken is still on it. */
export async function markFinished(db: Database, id: string): Promise<void> {
  await db.execute(sql`
    update recomputations r set started_at = coalesce(started_at, hub_now()), finished_at = hub_now()
    where r.id = ${id} and r.finished_at is null and not exists (
      select from recomputation_cases w where w.recomputation_id = r.id and w.failures < ${mostFailures})`);
}

/** Counts a failure of one case. @returns how often it has failed now */
export async function countFailure(
  tx: Transaction,
  recomputationId: string,
  caseId: string,
  error: string,
): Promise<number> {
  const [row] = await tx.execute<{ failures: number }>(sql`
    update recomputation_cases set failures = failures + 1, last_error = ${error}
    where recomputation_id = ${recomputationId} and case_id = ${caseId} returning failures`);
  return row?.failures ?? 0;
}

export async function saveMoves(
  tx: Transaction,
  moves: readonly (typeof recomputationMoves.$inferInsert)[],
): Promise<void> {
  await insertMany(tx, recomputationMoves, moves);
}

export type Progress = RecomputationRow & { casesLeft: number; casesFailed: number; movedTotal: number };

/** A recomputation and how far it is. */
export async function readProgress(db: Database, id: string): Promise<Progress | undefined> {
  const rows = await db.select().from(recomputations).where(eq(recomputations.id, id));
  return (await withProgress(db, rows))[0];
}

/** The recomputations that were asked for last, newest first, and how far each is. */
export async function readLatestProgress(db: Database, most: number): Promise<Progress[]> {
  const rows = await db.select().from(recomputations).orderBy(desc(recomputations.id)).limit(most);
  return withProgress(db, rows);
}

async function withProgress(db: Database, rows: readonly RecomputationRow[]): Promise<Progress[]> {
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const counted = await db.execute<{ id: string; left: number; failed: number; moved: number }>(sql`
    select r.id,
      (select count(*)::int from recomputation_cases w where w.recomputation_id = r.id and failures < ${mostFailures}) as left,
      (select count(*)::int from recomputation_cases w where w.recomputation_id = r.id and failures >= ${mostFailures}) as failed,
      (select count(*)::int from recomputation_moves m where m.recomputation_id = r.id) as moved
    from recomputations r where r.id = any (array(select jsonb_array_elements_text(${ids}::jsonb)::uuid))`);
  const counts = new Map(counted.map((one) => [one.id, one]));
  return rows.map((row) => {
    const { left = 0, failed = 0, moved = 0 } = counts.get(row.id) ?? {};
    return { ...row, casesLeft: left, casesFailed: failed, movedTotal: moved };
  });
}

/** A page of what a recomputation moved, in the order in which it was done; of a restricted case without its URN. */
export async function readMoves(
  db: Database,
  id: string,
  limit: number,
  after = 0,
): Promise<(Omit<MoveRow, 'caseUrn'> & { caseUrn: string | null })[]> {
  const rows = await db
    .select({ move: recomputationMoves, restricted: cases.restricted })
    .from(recomputationMoves)
    .leftJoin(cases, eq(cases.urn, recomputationMoves.caseUrn))
    .where(and(eq(recomputationMoves.recomputationId, id), gt(recomputationMoves.id, after)))
    .orderBy(recomputationMoves.id)
    .limit(limit);
  return rows.map(({ move, restricted }) => ({
    ...move,
    caseUrn: restricted === false ? move.caseUrn : null,
  }));
}
