import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { courtExceptions, tasks } from '../../db/schema/index.ts';
import { assignmentOf, type CaseRow, type Recording } from '../cases/settle.ts';
import { recordHistory } from '../staff/history.ts';
import { endClaims } from '../tasks/store.ts';
import { applyResults } from './apply-results.ts';
import { closeCourtTasks } from './close-court-tasks.ts';
import type { Effect } from './effects.ts';
import { sourceOf } from './save-exceptions.ts';
import { giveToCase, hold, readExceptions } from './store.ts';

/**
 * Gives a case what has been waiting for it under a URN: its results take effect, its tasks become the case's, and
 * the question which case is meant is settled. The caller holds the case, or has just made it.
 */
export async function joinCase(
  tx: Transaction,
  row: CaseRow,
  urn: string,
  recording: Recording,
): Promise<Effect[]> {
  const { now, actor } = recording;
  await hold(tx, `urn:${urn}`);
  const given = await giveToCase(tx, urn, row.id);
  const waiting = await readExceptions(tx, { urn });
  if (given === 0 && waiting.length === 0) return [];
  await moveTasks(tx, row, urn);
  const asked = waiting.filter(({ kind }) => kind === 'unknown-case' || kind === 'bad-urn');
  for (const exception of asked)
    await tx
      .update(courtExceptions)
      .set({
        ...{ caseId: row.id, state: 'settled', choice: { choice: 'link', to: row.urn } },
        ...{ settledBy: actor.id, settledAt: now, version: exception.version + 1 },
      })
      .where(eq(courtExceptions.id, exception.id));
  await closeCourtTasks(tx, row.id, asked.map(sourceOf), { state: 'done', outcome: 'linked' }, recording);
  const others = waiting.filter((one) => !asked.includes(one)).map(({ id }) => id);
  if (others.length > 0)
    await tx
      .update(courtExceptions)
      .set({ caseId: row.id, urn: row.urn })
      .where(inArray(courtExceptions.id, others));
  await recordHistory(tx, actor, now, [
    {
      action: 'court-results-joined',
      caseId: row.id,
      entity: 'case',
      entityId: row.id,
      detail: { urn, results: given },
    },
  ]);
  return applyResults(tx, row, recording);
}

/** The tasks made for a case that nobody knew become its caseworker's; whoever holds one loses the claim. */
async function moveTasks(tx: Transaction, row: CaseRow, urn: string): Promise<void> {
  const { team, assignee, visibleTo } = assignmentOf(row);
  const moved = await tx
    .update(tasks)
    .set({
      ...{ caseId: row.id, team, assignee, visibleTo },
      ...{ claimedBy: null, claimToken: null, claimUntil: null, version: sql`${tasks.version} + 1` },
    })
    .where(
      and(
        isNull(tasks.caseId),
        inArray(tasks.kind, ['court-trigger', 'court-exception']),
        sql`${tasks.subject} ->> 'urn' = ${urn}`,
      ),
    )
    .returning({ id: tasks.id });
  await endClaims(
    tx,
    moved.map(({ id }) => id),
    'reassigned',
  );
}
