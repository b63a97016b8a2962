import type { Database, Transaction } from '../../../db/connect.ts';
import { readWords } from '../../correspondence/store.ts';
import { readEvents } from '../../cases/store.ts';
import type { Instant } from '../../platform/clock.ts';
import type { CaseworkerChanged } from './hand-over.ts';

/** A note for whoever took a case over. */
export type HandOverNote = { by: string; at: Instant; text: string };
export type HandOver = CaseworkerChanged & { id: string; at: Instant; by: string; notes: HandOverNote[] };

/**
 * Every time a case changed hands, the newest first, each with what was written from the time before on until the time
 * after: whoever gives it may write before, with it and afterwards.
 */
export async function readHandOvers(db: Database | Transaction, caseId: string): Promise<HandOver[]> {
  const [events, words] = await Promise.all([readEvents(db, caseId), readWords(db, caseId)]);
  const about = events.filter(({ type }) => type === 'caseworker-changed' || type === 'hand-over-noted');
  const changes = about.filter(({ type }) => type === 'caseworker-changed');
  return changes
    .map((change, i): HandOver => {
      const [first, last] = [changes[i - 1]?.seq ?? 0, changes[i + 1]?.seq ?? Infinity];
      const notes = about.flatMap(({ id, seq }) => {
        const word = seq > first && seq < last ? words.get(id) : undefined;
        return word === undefined ? [] : [{ by: word.recordedBy, at: word.recordedAt, text: word.words }];
      });
      const { from, to, kind, summary } = change.data as CaseworkerChanged;
      return { id: change.id, at: change.receivedAt, by: change.recordedBy, from, to, kind, summary, notes };
    })
    .reverse();
}
