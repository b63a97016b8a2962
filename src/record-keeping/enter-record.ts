import type { Transaction } from '../../db/connect.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { recordEntry } from '../cases/record-entry.ts';
import type { CaseRow, Recording } from '../cases/settle.ts';
import { invalidField, type Failure } from '../platform/failure.ts';
import type { PoliceRecord } from './records-of.ts';
import { readRecords } from './store.ts';

export type EntryBody = {
  reference?: string | undefined;
  on?: string | undefined;
  note?: string | undefined;
};

/**
 * Records that something is entered in a police system: who, when, under which reference. That completes its task.
 * An entry that was recorded by mistake is taken back by a correction, and is then owed again. Also on a case that is
 * finalised: systems are brought up to date after its end. The caller holds the lock on the case.
 * @returns `not-found` where the case owes no such entry, `conflict` where it is made or no longer owed, `invalid` for
 *   a day that cannot be
 */
export async function enterRecord(
  tx: Transaction,
  row: CaseRow,
  id: string,
  { reference, on, note }: EntryBody,
  recording: Recording,
): Promise<PoliceRecord | Failure> {
  const today = civilDateOf(recording.now);
  const record = (await readRecords(tx, row.id)).find(({ deadline }) => deadline.id === id);
  if (record === undefined) return { kind: 'not-found', detail: 'This case has no such entry.' };
  if (record.state !== 'owed')
    return {
      kind: 'conflict',
      detail:
        record.state === 'withdrawn'
          ? 'The entry is owed no longer: what it would say was taken back.'
          : 'The entry has been made already.',
    };
  if (on !== undefined && on > today) return invalidField('on', 'is still to come');
  if (on !== undefined && on < record.owedBy.on) return invalidField('on', 'is before what it says happened');
  const said = { on: on ?? today, reference: reference ?? null, note: note ?? null };
  await recordEntry(tx, row, record.deadline, said, recording);
  const after = (await readRecords(tx, row.id)).find(({ deadline }) => deadline.id === id);
  if (after === undefined) throw new Error('an entry that was made is not there');
  return after;
}
