import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { cases, conflicts } from '../../db/schema/index.ts';
import type { Failure } from '../platform/failure.ts';
import { newId } from '../platform/ids.ts';
import type { Recording } from '../cases/settle.ts';
import { recordHistory } from '../staff/history.ts';
import { readCandidates } from './candidates.ts';
import { chooseCaseworker } from './choose-caseworker.ts';
import { moveCase } from './rebalance/move-case.ts';
import { followCases } from './save-traits.ts';
import { barredFrom } from './store-conflicts.ts';

export type ConflictRow = typeof conflicts.$inferSelect;

/**
 * Records that somebody is not to work a case, or any case of an officer. None of that work is given to them from
 * then on, and cases that are theirs go to whoever of the team has most capacity.
 * @param of the case or the officer; who asks may know of it
 * @returns the conflict, and the cases that went to somebody else; `conflict` where it is recorded already
 */
export async function declareConflict(
  tx: Transaction,
  of: { staffId: string; caseId: string | null; officer: string | null; reason: string },
  by: Recording,
): Promise<{ row: ConflictRow; moved: CaseRow[] } | Failure> {
  const concerned = await lockConcerned(tx, of);
  const [row] = await tx
    .insert(conflicts)
    .values({ id: newId(), ...of, recordedBy: by.actor.id, recordedAt: by.now })
    .onConflictDoNothing()
    .returning();
  if (row === undefined)
    return { kind: 'conflict', detail: 'This conflict of interest is recorded already.' };
  await saveBarred(tx, concerned);
  await note(tx, row, 'conflict-declared', by);
  const moved = concerned.filter((one) => one.caseworker === of.staffId && one.state === 'open');
  for (const one of moved) await passOn(tx, one, by);
  await letGo(tx, of.staffId, idsOf(concerned));
  await followCases(tx, idsOf(concerned));
  return { row, moved };
}

/** Ends a conflict of interest: the work can be given to them again. What was moved stays where it is. */
export async function endConflict(
  tx: Transaction,
  row: ConflictRow,
  why: string,
  by: Recording,
): Promise<ConflictRow | Failure> {
  const concerned = await lockConcerned(tx, row);
  const [ended] = await tx
    .update(conflicts)
    .set({ endedAt: by.now, endedBy: by.actor.id })
    .where(and(eq(conflicts.id, row.id), isNull(conflicts.endedAt)))
    .returning();
  if (ended === undefined) return { kind: 'conflict', detail: 'It was ended already.' };
  await saveBarred(tx, concerned);
  await followCases(tx, idsOf(concerned));
  await note(tx, row, 'conflict-ended', by, { why });
  return ended;
}

type CaseRow = typeof cases.$inferSelect;

async function lockConcerned(
  tx: Transaction,
  { caseId, officer }: { caseId: string | null; officer: string | null },
): Promise<CaseRow[]> {
  const isIt = or(
    ...(caseId === null ? [] : [eq(cases.id, caseId)]),
    ...(officer === null ? [] : [and(eq(cases.officer, officer), eq(cases.state, 'open'))]),
  );
  return tx.select().from(cases).where(isIt).orderBy(cases.id).for('update');
}

async function saveBarred(tx: Transaction, concerned: readonly CaseRow[]): Promise<void> {
  const barred = await barredFrom(tx, concerned);
  for (const { id } of concerned)
    await tx
      .update(cases)
      .set({ barred: barred(id), version: sql`${cases.version} + 1` })
      .where(eq(cases.id, id));
}

const idsOf = (rows: readonly CaseRow[]) => rows.map(({ id }) => id);

/** Whoever holds a task of a case that they are not to work holds it no more. */
async function letGo(tx: Transaction, staffId: string, caseIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    with dropped as (
      update tasks set claimed_by = null, claim_token = null, claim_until = null, version = version + 1
      where state = 'open' and claimed_by = ${staffId}
        and case_id = any (array(select jsonb_array_elements_text(${JSON.stringify(caseIds)}::jsonb)::uuid))
      returning id
    )
    update claims set ended_at = clock_timestamp(), how = 'reassigned'
    from dropped where task_id = dropped.id and ended_at is null`);
}

async function passOn(tx: Transaction, row: CaseRow, by: Recording): Promise<void> {
  const candidates = await readCandidates(tx, row.team, by.calendar, by.now);
  const [{ barred } = row] = await tx
    .select({ barred: cases.barred })
    .from(cases)
    .where(eq(cases.id, row.id));
  const named = row.restricted ? row.visibleTo : [];
  const to = chooseCaseworker(candidates, { skills: row.skills, barred, named, to: [] });
  await moveCase(tx, { row, to, kind: 'conflict', why: 'conflict of interest' }, by);
}

async function note(
  tx: Transaction,
  row: ConflictRow,
  action: string,
  { actor, now }: Recording,
  more: Record<string, unknown> = {},
): Promise<void> {
  const { id, staffId, caseId, officer } = row;
  await recordHistory(tx, actor, now, [
    { action, caseId, entity: 'conflict', entityId: id, detail: { staff: staffId, officer, ...more } },
  ]);
}
