import { asc, and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import { tasks } from '../../../db/schema/index.ts';
import type { HadTask } from '../../../db/schema/rebalances.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { foldCase } from '../../cases/fold.ts';
import { recordOwnEvent } from '../../cases/record-event.ts';
import type { CaseRow, Recording } from '../../cases/settle.ts';
import { readEvents } from '../../cases/store.ts';
import { saveWords } from '../../correspondence/store.ts';
import { readDeadlines } from '../../deadlines/store.ts';
import { readRequests } from '../../materials/store.ts';
import { newId } from '../../platform/ids.ts';
import { giveCase } from '../give-case.ts';
import { sumUp, type CaseworkerChanged } from './hand-over.ts';

export type HandOver = { kind: CaseworkerChanged['kind']; why: string; note?: string | undefined };

/**
 * Makes a case change hands: its open tasks go with it, the change is an event, from which follows that victims are owed
 * word of whom to ring now, and that whoever gets it has a task with what they have to know. The caller holds the
 * locks on the case and its tasks, and has checked that the receiver may have it.
 * @returns the event, and who had which open task before
 */
export async function moveCase(
  tx: Transaction,
  row: CaseRow,
  to: string | null,
  { kind, why, note }: HandOver,
  recording: Recording,
): Promise<{ eventId: string; had: HadTask[] }> {
  const had = await readHad(tx, row.id);
  await giveCase(tx, row, to, why, recording);
  const today = civilDateOf(recording.now);
  const [events, deadlines, requests] = await Promise.all([
    readEvents(tx, row.id),
    readDeadlines(tx, row.id),
    readRequests(tx, row.id),
  ]);
  const summary = sumUp(foldCase(events), deadlines, requests, today);
  const noted = note === undefined ? {} : { noted: true as const };
  const data: CaseworkerChanged = { from: row.caseworker, to, kind, summary, ...noted };
  const eventId = newId();
  const event = { id: eventId, type: 'caseworker-changed', on: today, at: recording.now, data } as const;
  await recordOwnEvent(tx, { ...row, caseworker: to }, event, recording);
  if (note !== undefined) await saveNote(tx, row.id, eventId, note, recording);
  return { eventId, had };
}

/** Keeps what somebody wrote for whoever takes a case over: it can name people, so it stands apart from the event. */
export async function saveNote(
  tx: Transaction,
  caseId: string,
  eventId: string,
  words: string,
  { now, actor }: Recording,
): Promise<void> {
  await saveWords(tx, { eventId, caseId, words, recordedAt: now, recordedBy: actor.id });
}

/** Who has which open task of a case. */
export async function readHad(tx: Transaction, caseId: string): Promise<HadTask[]> {
  return tx
    .select({ id: tasks.id, assignee: tasks.assignee })
    .from(tasks)
    .where(and(eq(tasks.caseId, caseId), eq(tasks.state, 'open')))
    .orderBy(asc(tasks.id));
}

/** Gives those of some tasks that are still open back to whoever had them. */
export async function giveTasksBack(tx: Transaction, had: readonly HadTask[]): Promise<void> {
  await tx.execute(sql`
    update tasks t set assignee = h.assignee, version = t.version + 1
    from jsonb_to_recordset(${JSON.stringify(had)}::jsonb) h(id uuid, assignee text)
    where t.id = h.id and t.state = 'open' and t.assignee is distinct from h.assignee`);
}
