import { civilDateOf } from '../calendar/london-time.ts';
import type { Transaction } from '../../db/connect.ts';
import { readDeadline, ruleOf, type DeadlineRow } from '../deadlines/store.ts';
import { readRequest } from '../materials/store.ts';
import { resolveByTask } from '../messages/store.ts';
import type { Override } from '../finalisation/items.ts';
import { invalidField, isFailure, type Failure } from '../platform/failure.ts';
import { recordHistory } from '../staff/history.ts';
import type { TaskRow } from '../tasks/store.ts';
import { endTask } from '../tasks/work-on-task.ts';
import { withAttempts } from '../victims/store.ts';
import { isAnsweredByRecord, notAnswered } from './answered-by-record.ts';
import { notDecided } from './court-work.ts';
import { unreachedKind } from './contact-tasks.ts';
import { custodyEvent, isCustodyTask } from './complete-custody-task.ts';
import { giveUpContacts } from './give-up-contacts.ts';
import { metData } from './met-data.ts';
import { recordEntry } from './record-entry.ts';
import { recordEvent, recordOwnEvent, type OwnEvent } from './record-event.ts';
import { isRecordWork, notEntered } from './record-work.ts';
import type { CaseRow, Recording } from './settle.ts';

/** Outcomes that close a task without meeting what it was for. */
const notMet = ['not-done', 'not-met', 'not-received', 'cannot'];

/**
 * Completes a task that the caller holds (locked, by a valid claim) and, in the same transaction, meets the
 * obligation that it was for: its deadline, the receipt, the confirmation.
 * @param row the case, locked; null for a task of no case
 * @returns `conflict` for a contact that has not been made, or a question that has not been answered: recording that
 *   completes it; and for a case that cannot be finalised yet. What was done by then is to be rolled back
 */
export async function completeTask(
  tx: Transaction,
  row: CaseRow | null,
  task: TaskRow,
  body: { outcome: string; note: string | null; override?: Override | undefined },
  recording: Recording,
): Promise<TaskRow | Failure> {
  const { now, actor } = recording;
  if (isAnsweredByRecord(task)) return notAnswered(task);
  if (task.kind === 'court-exception') return notDecided;
  const gaveUp = notMet.includes(body.outcome);
  if (isRecordWork(task) && gaveUp) return notEntered;
  const entry = isRecordWork(task) ? await deadlineOf(tx, task) : undefined;
  const event =
    row !== null && isCustodyTask(task)
      ? await custodyEvent(tx, row, task, { ...body, gaveUp }, recording)
      : gaveUp
        ? await giveUp(tx, task)
        : entry === undefined
          ? await eventOf(tx, task, body.note, recording)
          : null;
  if (event !== null && 'detail' in event) return event;
  const closes = event?.type === 'finalised';
  if (body.override !== undefined && !closes)
    return invalidField('override', 'is of finalising a case, and this does not');
  if (gaveUp && row !== null && task.kind === unreachedKind) {
    const personId = task.subject['personId'] ?? '';
    const refused = await giveUpContacts(tx, row, personId, body.note, recording);
    if (refused) return refused;
  }
  const { outcome, note } = body;
  const done = await endTask(tx, task, { state: 'done', outcome, note, by: actor.id }, now);
  await resolveByTask(tx, task.source, { outcome: body.outcome, gaveUp, by: actor.id }, now);
  await recordHistory(tx, actor, now, [
    {
      action: 'task-completed',
      caseId: task.caseId,
      entity: 'task',
      entityId: task.id,
      detail: { kind: task.kind, outcome: body.outcome },
    },
  ]);
  if (row === null) return done;
  if (entry !== undefined) {
    await recordEntry(tx, row, entry, { on: civilDateOf(now), reference: null, note }, recording);
    return done;
  }
  if (event === null) return done;
  if (!closes) await recordOwnEvent(tx, row, event, recording);
  else {
    const data = body.override === undefined ? {} : { override: body.override };
    const recorded = await recordEvent(tx, row, { type: 'finalised', on: event.on, data }, recording);
    if (isFailure(recorded)) return recorded;
  }
  return done;
}

/** What completing a task says of its case; null where it says nothing. */
async function eventOf(
  tx: Transaction,
  task: TaskRow,
  note: string | null,
  { now }: Recording,
): Promise<OwnEvent | Failure | null> {
  const on = civilDateOf(now);
  if (task.deadlineId !== null) return meetDeadline(tx, task.deadlineId, on, note);
  if (task.kind === 'confirm-receipt' && task.requestId !== null) {
    const request = await readRequest(tx, task.requestId);
    if (!request) return null;
    const { key, material } = request;
    return { type: 'material-received', on, at: now, data: { request: key, material } };
  }
  if (task.kind === 'finalise-case') return { type: 'finalised', on, data: {} };
  return null;
}

async function deadlineOf(
  tx: Transaction,
  { deadlineId }: Pick<TaskRow, 'deadlineId'>,
): Promise<DeadlineRow | undefined> {
  return deadlineId === null ? undefined : readDeadline(tx, deadlineId);
}

/** What is owed to a person is not given up before anybody has tried to reach them. */
async function giveUp(tx: Transaction, { deadlineId }: TaskRow): Promise<Failure | null> {
  const deadline = await deadlineOf(tx, { deadlineId });
  if (!deadline || ruleOf(deadline).contact === undefined) return null;
  const [contact] = await withAttempts(tx, [{ id: deadline.id }]);
  return contact && contact.attempts.length > 0 ? null : notTold;
}

const notTold: Failure = {
  kind: 'conflict',
  detail: 'The person has not been told yet: record an attempt that reaches them, or defer the task.',
};

async function meetDeadline(
  tx: Transaction,
  deadlineId: string,
  on: string,
  note: string | null,
): Promise<OwnEvent | Failure | null> {
  const deadline = await readDeadline(tx, deadlineId);
  if (!deadline || (deadline.state !== 'pending' && deadline.state !== 'missed')) return null;
  const rule = ruleOf(deadline);
  if (rule.contact !== undefined) return notTold;
  if (!rule.task.meets) return null;
  return { type: 'deadline-met', on, data: metData(deadline, note) };
}
