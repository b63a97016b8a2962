import type { Transaction } from '../../db/connect.ts';
import { sayDate } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import type { FinalisationItem, Override } from '../finalisation/items.ts';
import { invalidField, type Failure } from '../platform/failure.ts';
import { recordHistory } from '../staff/history.ts';
import type { CaseEvent } from './events.ts';
import { readFinalisation } from './read-finalisation.ts';
import type { CaseRow, Recording } from './settle.ts';

/** An event that is about to be recorded, and what the case would be by it. */
export type Closing = Pick<CaseEvent, 'id' | 'type' | 'on' | 'data'> & {
  before: CaseState;
  after: CaseState;
};

/**
 * The one place that decides whether a case may be closed, whoever asks and however (an event, its task, a correction
 * that takes a reopening back): everything that closing it takes is done, or is overridden with a reason, which is kept
 * in the history. The caller holds the lock on the case.
 * @returns null where the event may be recorded; `conflict` with an error for each thing that is missing; `invalid`
 *   where by its day it would not close or reopen the case
 */
export async function refuseFinalisation(
  tx: Transaction,
  row: CaseRow,
  { id, type, on, data, before, after }: Closing,
  recording: Recording,
): Promise<Failure | null> {
  const { now, actor } = recording;
  if (type === 'finalised' && on > civilDateOf(now)) return invalidField('on', 'is still to come');
  if (type === 'finalised' && after.finalised === undefined)
    return invalidField('on', `is before the case was reopened${sayReopened(after)}`);
  if (type === 'reopened' && after.finalised !== undefined)
    return invalidField('on', `is before the case was finalised on ${sayDate(after.finalised.on)}`);
  const closes = after.finalised !== undefined && (type === 'finalised' || before.finalised === undefined);
  if (!closes) return null;
  const missing = (await readFinalisation(tx, row.id, after, recording)).filter(
    ({ state }) => state === 'not-done',
  );
  const override = type === 'finalised' ? (data['override'] as Override | undefined) : undefined;
  const left = missing.filter((item) => override?.items.includes(item.id) !== true);
  if (left.length > 0) return notComplete(left);
  await recordHistory(
    tx,
    actor,
    now,
    missing.map((item) => ({
      action: 'finalisation-overridden',
      caseId: row.id,
      entity: 'case',
      entityId: row.id,
      detail: {
        item: item.id,
        why: override?.reasons?.[item.id] ?? override?.reason,
        notDone: item.why,
        event: id,
      },
    })),
  );
  return null;
}

function notComplete(left: readonly FinalisationItem[]): Failure {
  return {
    kind: 'conflict',
    detail:
      'The case cannot be finalised yet. Do what is listed, or finalise it with an override that says why not, item by item.',
    errors: left.map(({ id, why, toDo }) => ({
      path: `finalisation.${id}`,
      message: `is not done: ${why.join('; ')}. ${toDo ?? ''}`.trim(),
    })),
  };
}

function sayReopened({ decisions }: CaseState): string {
  const last = decisions.filter(({ type }) => type === 'reopened').at(-1);
  return last === undefined ? '' : ` on ${sayDate(last.on)}`;
}
