import type { Transaction } from '../../db/connect.ts';
import { saveWords } from '../correspondence/store.ts';
import { metData } from './met-data.ts';
import { recordOwnEvent } from './record-event.ts';
import type { CaseRow, Recording } from './settle.ts';

/**
 * Records that what a deadline asks for is entered in a police system, with what was said of it. The caller holds the
 * lock on the case and has checked that the entry is owed.
 * @param said.on the civil date of the entry
 * @param said.reference by which the system knows it; null where there is none
 */
export async function recordEntry(
  tx: Transaction,
  row: CaseRow,
  deadline: Parameters<typeof metData>[0],
  said: { on: string; reference: string | null; note: string | null },
  recording: Recording,
): Promise<void> {
  const { on, reference, note } = said;
  const { event } = await recordOwnEvent(
    tx,
    row,
    { type: 'record-entered', on, data: metData(deadline, null) },
    recording,
  );
  await saveWords(tx, {
    ...{ eventId: event.id, caseId: row.id, words: note ?? '', reference },
    ...{ recordedAt: recording.now, recordedBy: recording.actor.id },
  });
}
