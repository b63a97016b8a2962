import type { Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import type { ChasingLadder } from '../chasers/ladder.ts';
import { loadLadder, saveLadder, type LadderRow } from '../chasers/store.ts';
import { readCalendarRow } from '../deadlines/store-calendar.ts';
import { recordHistory, type Actor } from '../staff/history.ts';
import { beginRecomputation, type RecomputationRow } from './store-recomputations.ts';

/**
 * Sets how the force chases, and puts every live case on the list to have its steps to come planned anew. The caller has
 * locked the calendar, so that nobody is planning by the ladder as it was, and has checked it (`checkLadder`).
 */
export async function setLadder(
  tx: Transaction,
  body: Omit<ChasingLadder, 'version'> & { note: string },
  actor: Actor,
): Promise<{ row: LadderRow; recomputation: RecomputationRow }> {
  const now = await readNow(tx);
  const before = await loadLadder(tx);
  const row: LadderRow = {
    ...body,
    ordinary: [...body.ordinary],
    compressed: [...body.compressed],
    version: before.version + 1,
    changedBy: actor.id,
    changedAt: now,
  };
  await saveLadder(tx, row);
  const { version: calendarVersion } = await readCalendarRow(tx);
  const why = 'Your force has changed how officers are chased';
  const recomputation = await beginRecomputation(
    tx,
    { cause: 'rules', why: [why], calendarVersion, rules: null, requestedBy: actor.id },
    now,
  );
  await recordHistory(tx, actor, now, [
    {
      action: 'chasing-ladder-set',
      caseId: null,
      entity: 'chasing-ladder',
      entityId: String(row.version),
      detail: { version: row.version, note: row.note, recomputation: recomputation.id },
    },
  ]);
  return { row, recomputation };
}
