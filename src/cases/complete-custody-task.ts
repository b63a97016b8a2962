import type { Transaction } from '../../db/connect.ts';
import { isFailure, type Failure } from '../platform/failure.ts';
import type { TaskRow } from '../tasks/store.ts';
import { judgeCustodyLimit } from './confirm-custody-limit.ts';
import type { OwnEvent } from './record-event.ts';
import type { CaseRow, Recording } from './settle.ts';

/** Tasks to count a custody time limit: they are done by confirming it, or by saying that the count differs. */
export function isCustodyTask({ kind }: TaskRow): boolean {
  return kind === 'confirm-custody-limit' || kind === 'settle-custody-limit';
}

/**
 * What completing such a task says of its case. The date that the task shows is the person's own figure, unless the
 * outcome is `differs`.
 * @param gaveUp whether the outcome is one that leaves the thing undone: a limit does not go unconfirmed
 */
export async function custodyEvent(
  tx: Transaction,
  row: CaseRow,
  task: TaskRow,
  { outcome, note, gaveUp }: { outcome: string; note: string | null; gaveUp: boolean },
  recording: Recording,
): Promise<OwnEvent | Failure> {
  const differs = outcome === 'differs';
  if (gaveUp || (differs && task.kind === 'settle-custody-limit'))
    return {
      kind: 'conflict',
      detail:
        'A custody time limit does not go unconfirmed: confirm it, correct what is recorded, or give the task back.',
    };
  const judged = await judgeCustodyLimit(
    tx,
    row,
    task.subject['defendantId'] ?? '',
    { dueOn: differs ? null : (task.source.split(':').at(-1) ?? ''), note: note ?? undefined },
    recording,
  );
  if (isFailure(judged)) return judged;
  if (!judged.agrees && !differs)
    return { kind: 'conflict', detail: 'The limit has moved since the task was made. Pull the task anew.' };
  return judged.event;
}
