import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import { selectOfCases } from '../../../db/many-rows.ts';
import { tasks } from '../../../db/schema/index.ts';
import type { HadTask } from '../../../db/schema/rebalances.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { foldCase } from '../../cases/fold.ts';
import { recordOwnEventOfEach, type OwnEventOf } from '../../cases/record-event.ts';
import type { CaseRow, Recording } from '../../cases/settle.ts';
import { readEventsOf } from '../../cases/store.ts';
import { saveWords } from '../../correspondence/store.ts';
import { readDeadlinesOf } from '../../deadlines/store.ts';
import { readRequestsOf } from '../../materials/store.ts';
import { createBreather } from '../../platform/breathe.ts';
import { groupBy } from '../../platform/group-by.ts';
import { newId } from '../../platform/ids.ts';
import { giveCases } from '../give-case.ts';
import { sumUp, type CaseworkerChanged } from './hand-over.ts';

export type HandOver = { kind: CaseworkerChanged['kind']; why: string; note?: string | undefined };
/** A case that is to change hands; to nobody is to its team's pool. */
export type CaseMove = HandOver & { row: CaseRow; to: string | null };
/** The event by which a case changed hands, and who had which open task before. */
export type Moved = { eventId: string; had: HadTask[] };

/** `moveCases` for one case. */
export async function moveCase(tx: Transaction, move: CaseMove, recording: Recording): Promise<void> {
  await moveCases(tx, [move], recording);
}

/**
 * Makes cases change hands: their open tasks go with them, and each change is an event, from which follows that victims
 * are owed word of whom to ring now, and that whoever gets it has a task with what they have to know. For one case
 * and for hundreds it takes the same few statements. The caller holds the locks on the cases and their tasks, and has
 * checked that the receivers may have them.
 * @returns what became of each case
 */
export async function moveCases(
  tx: Transaction,
  moves: readonly CaseMove[],
  recording: Recording,
): Promise<Map<string, Moved>> {
  if (moves.length === 0) return new Map();
  const ids = moves.map(({ row }) => row.id);
  const had = await readHadOf(tx, ids);
  await giveCases(
    tx,
    moves.map(({ row, to, why }) => ({ id: row.id, from: row.caseworker, to, why })),
    recording,
  );
  const [eventsOf, deadlinesOf, requestsOf] = await Promise.all([
    readEventsOf(tx, ids),
    readDeadlinesOf(tx, ids),
    readRequestsOf(tx, ids),
  ]);
  const today = civilDateOf(recording.now);
  const breathe = createBreather(longestStretchMs);
  const changes: OwnEventOf[] = [];
  const moved = new Map<string, Moved>();
  for (const { row, to, kind, note } of moves) {
    const before = eventsOf.get(row.id) ?? [];
    const [deadlines, requests] = [deadlinesOf.get(row.id) ?? [], requestsOf.get(row.id) ?? []];
    const summary = sumUp(foldCase(before), deadlines, requests, today);
    const noted = note === undefined ? {} : { noted: true as const };
    const data: CaseworkerChanged = { from: row.caseworker, to, kind, summary, ...noted };
    const eventId = newId();
    const event = { id: eventId, type: 'caseworker-changed', on: today, at: recording.now, data } as const;
    changes.push({ row: { ...row, caseworker: to }, before, event });
    moved.set(row.id, { eventId, had: had.get(row.id) ?? [] });
    await breathe();
  }
  await recordOwnEventOfEach(tx, changes, recording);
  for (const { row, note } of moves)
    if (note !== undefined) await saveNote(tx, row.id, moved.get(row.id)?.eventId ?? '', note, recording);
  return moved;
}

/** How long other work of the process may have to wait for the summaries of many cases. */
const longestStretchMs = 10;

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
  return (await readHadOf(tx, [caseId])).get(caseId) ?? [];
}

async function readHadOf(tx: Transaction, caseIds: readonly string[]): Promise<Map<string, HadTask[]>> {
  const ending = sql`and state = 'open' order by id`;
  const rows = await selectOfCases(tx, tasks, caseIds, ending, ['id', 'caseId', 'assignee']);
  const byCase = groupBy(rows, ({ caseId }) => caseId ?? '');
  return new Map(
    [...byCase].map(([caseId, its]) => [caseId, its.map(({ id, assignee }) => ({ id, assignee }))]),
  );
}

/** Gives those of some tasks that are still open back to whoever had them. */
export async function giveTasksBack(tx: Transaction, had: readonly HadTask[]): Promise<void> {
  await tx.execute(sql`
    update tasks t set assignee = h.assignee, version = t.version + 1
    from jsonb_to_recordset(${JSON.stringify(had)}::jsonb) h(id uuid, assignee text)
    where t.id = h.id and t.state = 'open' and t.assignee is distinct from h.assignee`);
}
