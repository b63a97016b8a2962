import type { Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import type { Failure } from '../platform/failure.ts';
import { recordHistory, type Actor } from '../staff/history.ts';
import { countCases, updateImport, type ImportRow } from './store.ts';

/**
 * Confirms a file that has been checked: its cases are created from now on, in the background. Confirming it again
 * changes nothing. The caller has locked the file.
 * @param leaveOut whether cases with errors, and those that differ from the hub's, may be left out
 * @returns `conflict` where the file is not checked yet, was thrown away, or has cases that would be left out
 */
export async function confirmImport(
  tx: Transaction,
  row: ImportRow,
  leaveOut: boolean,
  actor: Actor,
): Promise<ImportRow | Failure> {
  if (row.state === 'importing' || row.state === 'done') return row;
  if (row.state === 'discarded')
    return { kind: 'conflict', detail: 'The file was thrown away: send it in again.' };
  if (row.state === 'checking')
    return { kind: 'conflict', detail: 'The file is still being checked: read it again in a moment.' };
  const { counts } = await countCases(tx, row.id);
  const left = counts.wrong + counts.differs + counts.failed;
  if (left > 0 && !leaveOut)
    return {
      kind: 'conflict',
      detail: `${left} of ${row.cases} cases cannot be created. Put them right and send the file in again, or confirm that they are left out.`,
      errors: [{ path: 'leaveOut', message: 'must be true for cases to be left out' }],
    };
  const now = await readNow(tx);
  await recordHistory(tx, actor, now, [
    {
      ...{ action: 'import-confirmed', caseId: null, entity: 'import', entityId: row.id },
      detail: { cases: counts.ready, leftOut: left },
    },
  ]);
  return updateImport(tx, row.id, { state: 'importing', confirmedAt: now, confirmedIn: actor.requestId });
}
