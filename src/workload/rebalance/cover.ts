import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../../db/connect.ts';
import { readNow } from '../../../db/read-now.ts';
import { caseCovers, rebalanceMoves } from '../../../db/schema/index.ts';
import type { HadTask } from '../../../db/schema/rebalances.ts';
import type { CivilDate } from '../../calendar/civil-date.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { recordOwnEvent } from '../../cases/record-event.ts';
import { lockCase, type CaseRow, type Recording } from '../../cases/settle.ts';
import { touchCases } from '../../cases/store.ts';
import type { Instant } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { hubActor, recordHistory, type Actor } from '../../staff/history.ts';
import { readHad, saveNote } from './move-case.ts';

/** Who does whose work, in which days. */
export type Covering = { rebalanceId: string; absent: string; by: string; from: CivilDate; to: CivilDate };

/**
 * Gives what falls due in a case while its caseworker is away to somebody else; what comes up meanwhile goes to them
 * too (`src/tasks/store.ts`). The case stays its caseworker's, and victims keep whom they know. What is due before
 * they leave they do themselves; once they are gone what is overdue goes as well. The caller holds the locks.
 */
export async function coverCase(
  tx: Transaction,
  row: CaseRow,
  { rebalanceId, absent, by, from, to }: Covering,
  note: string | undefined,
  recording: Recording,
): Promise<{ had: HadTask[]; eventId: string | null }> {
  const { now, actor } = recording;
  const had = await readHad(tx, row.id);
  const today = civilDateOf(now);
  await tx.insert(caseCovers).values({ caseId: row.id, rebalanceId, absent, by, from, to });
  await tx.execute(sql`
    update tasks t set assignee = ${by}, version = t.version + 1
    where t.case_id = ${row.id} and t.state = 'open' and t.assignee = ${absent}
      and not (${by} = any(t.not_for || t.barred))
      and (t.due_at at time zone 'Europe/London')::date <= ${to}::date
      and ((t.due_at at time zone 'Europe/London')::date >= ${from}::date or ${from}::date <= ${today}::date)`);
  await touchCases(tx, [row.id]);
  const detail = { absent, by, from, to };
  await recordHistory(tx, actor, now, [
    { action: 'case-covered', caseId: row.id, entity: 'case', entityId: row.id, detail },
  ]);
  if (note === undefined) return { had, eventId: null };
  const eventId = newId();
  const event = {
    id: eventId,
    type: 'hand-over-noted',
    on: today,
    at: now,
    data: { cover: rebalanceId },
  } as const;
  await recordOwnEvent(tx, row, event, recording);
  await saveNote(tx, row.id, eventId, note, recording);
  return { had, eventId };
}

/**
 * Ends the cover of a case: what is open of it goes back to its caseworker. What whoever covered had before stays
 * theirs, and what they have in hand they finish. The caller holds the lock on the case.
 */
export async function endCover(
  tx: Transaction,
  row: CaseRow,
  { rebalanceId, by }: Pick<Covering, 'rebalanceId' | 'by'>,
  { actor, now }: { actor: Actor; now: Instant },
): Promise<void> {
  const [move] = await tx
    .select({ had: rebalanceMoves.had })
    .from(rebalanceMoves)
    .where(and(eq(rebalanceMoves.rebalanceId, rebalanceId), eq(rebalanceMoves.caseId, row.id)));
  const theirs = (move?.had ?? []).filter(({ assignee }) => assignee === by).map(({ id }) => id);
  await tx.execute(sql`
    update tasks t set assignee = case when ${row.caseworker}::text = any(t.not_for || t.barred) then null
        else ${row.caseworker}::text end, version = t.version + 1
    where t.case_id = ${row.id} and t.state = 'open' and t.assignee = ${by}
      and (t.claim_until is null or t.claim_until <= clock_timestamp())
      and not t.id = any (array(select jsonb_array_elements_text(${JSON.stringify(theirs)}::jsonb)::uuid))`);
  await tx
    .update(caseCovers)
    .set({ endedAt: now })
    .where(and(eq(caseCovers.rebalanceId, rebalanceId), eq(caseCovers.caseId, row.id)));
  await touchCases(tx, [row.id]);
  await recordHistory(tx, actor, now, [
    { action: 'cover-ended', caseId: row.id, entity: 'case', entityId: row.id, detail: { by } },
  ]);
}

/** Ends all cover whose last day is past: each case in a transaction of its own. Any worker may do it at any time. */
export async function endPastCover(db: Database): Promise<number> {
  const today = civilDateOf(await readNow(db));
  const past = and(isNull(caseCovers.endedAt), lt(caseCovers.to, today));
  const due = await db.select().from(caseCovers).where(past).orderBy(caseCovers.caseId);
  for (const { caseId, rebalanceId } of due)
    await db.transaction(async (tx) => {
      const row = await lockCase(tx, caseId);
      const isIt = and(past, eq(caseCovers.caseId, caseId), eq(caseCovers.rebalanceId, rebalanceId));
      const [cover] = await tx.select().from(caseCovers).where(isIt);
      // Another worker has ended it meanwhile.
      if (row === undefined || cover === undefined) return;
      await endCover(tx, row, cover, { actor: hubActor, now: await readNow(tx) });
    });
  return due.length;
}
