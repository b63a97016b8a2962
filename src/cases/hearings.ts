import { inArray } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { insertMany, selectOfCases, updateMany } from '../../db/many-rows.ts';
import { hearings } from '../../db/schema/index.ts';
import type { HearingState } from '../deadlines/case-state.ts';
import { groupBy } from '../platform/group-by.ts';

export type HearingRow = typeof hearings.$inferSelect;
export type HearingChanges = { added: HearingRow[]; changed: HearingRow[]; gone: string[] };

/** The stored hearings of several cases, by case. */
export async function readHearingsOf(
  tx: Transaction,
  caseIds: readonly string[],
): Promise<Map<string, HearingRow[]>> {
  const rows = await selectOfCases(tx, hearings, caseIds);
  return groupBy(rows, ({ caseId }) => caseId);
}

/** The differences between the hearings of a case as its events have them and those that are stored. Pure. */
export function compareHearings(
  caseId: string,
  standing: readonly HearingRow[],
  wanted: readonly HearingState[],
): HearingChanges {
  const left = new Map(standing.map((hearing) => [hearing.id, hearing]));
  const changes: HearingChanges = { added: [], changed: [], gone: [] };
  for (const { id, on, time, court, courtName, type, state } of wanted) {
    const row: HearingRow = { id, caseId, on, time: time ?? null, court, courtName, type, state };
    const stands = left.get(id);
    left.delete(id);
    if (stands === undefined) changes.added.push(row);
    else if (!isSame(row, stands)) changes.changed.push(row);
  }
  changes.gone.push(...left.keys());
  return changes;
}

function isSame(a: HearingRow, b: HearingRow): boolean {
  return (Object.keys(a) as (keyof HearingRow)[]).every((field) => a[field] === b[field]);
}

/** Saves the differences, of any number of cases. */
export async function saveHearings(tx: Transaction, changes: readonly HearingChanges[]): Promise<void> {
  await insertMany(
    tx,
    hearings,
    changes.flatMap(({ added }) => added),
  );
  await updateMany(
    tx,
    hearings,
    changes.flatMap(({ changed }) => changed),
  );
  const gone = changes.flatMap((change) => change.gone);
  if (gone.length > 0) await tx.delete(hearings).where(inArray(hearings.id, gone));
}
