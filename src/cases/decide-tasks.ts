import { isCustodyLimit } from '../deadlines/is-custody-limit.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { ruleOf, type DeadlineRow, type SavedChange } from '../deadlines/store.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { RequestRow } from '../materials/compare-requests.ts';
import { deadlineTask } from '../tasks/deadline-task.ts';
import { desiredTasks, judgementsOf } from '../tasks/desired-tasks.ts';
import type { Closing, StandingTask } from '../tasks/store.ts';
import type { TaskDraft } from '../tasks/task-draft.ts';
import { optedOut } from '../victims/store.ts';

/** What becomes of the tasks of a case: those that are closed, and those that are opened or brought up to date. */
export type TaskChanges = { closings: Closing[]; drafts: TaskDraft[] };

/** The tasks that a case needs, against those that it has. Pure. */
export function decideTasks(
  state: CaseState,
  deadlines: readonly DeadlineRow[],
  saved: readonly SavedChange[],
  requests: readonly RequestRow[],
  existing: readonly StandingTask[],
  calendar: HolidayCalendar,
): TaskChanges {
  const open = existing.filter((task) => task.state === 'open');
  const wanted = desiredTasks(state, custodyLimits(deadlines), answered(requests), calendar);
  const over = new Map(saved.map(({ id, change }) => [id, change.kind]));
  const closings = open.flatMap((task): Closing[] => {
    const became = task.deadlineId === null ? undefined : over.get(task.deadlineId);
    if (became === 'met') return [{ id: task.id, state: 'done', outcome: 'met' }];
    if (became === 'withdrawn') return [{ id: task.id, state: 'cancelled', outcome: 'no longer due' }];
    if (task.deadlineId !== null && isUnwanted(task.deadlineId, deadlines, state))
      return [{ id: task.id, state: 'cancelled', outcome: optedOut }];
    const isNeedless =
      state.finalised !== undefined
        ? task.deadlineId === null
        : isOfSettledRequest(task, requests) ||
          (kindsOfState.includes(task.kind) && !wanted.some(({ source }) => source === task.source));
    if (!isNeedless) return [];
    const outcome = doneAs(task, state, requests);
    return outcome === null
      ? [{ id: task.id, state: 'cancelled', outcome: needless }]
      : [{ id: task.id, state: 'done', outcome }];
  });
  return {
    closings,
    drafts: [
      ...wanted.filter((draft) => isNews(draft, existing)),
      ...tasksOfDeadlines(saved, open, state),
      ...tasksWantedAgain(deadlines, saved, existing, state),
    ],
  };
}

/** Kinds of task that the state of a case calls for, as opposed to those that an alert made. */
const kindsOfState = [
  'check-file',
  'confirm-custody-limit',
  'settle-custody-limit',
  'confirm-receipt',
  'find-owner',
  'decide-without',
  'finalise-case',
];

/** What to do without material need not be decided once it has come or nobody asks for it any more. */
function isOfSettledRequest({ kind, requestId }: StandingTask, requests: readonly RequestRow[]): boolean {
  return (
    kind === 'chasing-failed' &&
    !requests.some(({ id, state }) => id === requestId && state === 'outstanding')
  );
}

/** As what recording has done a task; null where it made it needless, as a custody limit that moved was not confirmed. */
function doneAs(
  { kind, source, requestId }: StandingTask,
  state: CaseState,
  requests: readonly RequestRow[],
): string | null {
  const recordedIf = (isDone: boolean) => (isDone ? 'recorded' : null);
  if (kind === 'check-file') {
    const checks = state.decisions.filter(({ type }) => type === 'file-checked').length;
    return recordedIf(checks >= Number(source.split(':').at(-1)));
  }
  if (kind === 'confirm-receipt')
    return recordedIf(requests.some(({ id, state: is }) => id === requestId && is === 'received'));
  if (kind === 'finalise-case') return recordedIf(state.finalised !== undefined);
  if (kind !== 'confirm-custody-limit' && kind !== 'settle-custody-limit') return null;
  const [due = '', defendantId = ''] = source.split(':').reverse();
  const last = judgementsOf(state, defendantId, due).at(-1);
  if (last === undefined) return null;
  return last.type === 'custody-limit-confirmed' ? 'recorded' : 'differs';
}

/** The outcome of a task that the state of a case called for, and then did no more. It may be called for again. */
const needless = 'no longer needed';

/** Neither asked for before, nor there with the date that it should have, and kept from those who may not take it. */
function isNews(draft: TaskDraft, existing: readonly StandingTask[]): boolean {
  const same = existing.filter(({ source, outcome }) => source === draft.source && outcome !== needless);
  const notFor = (draft.notFor ?? []).join();
  return (
    same.length === 0 ||
    same.some(
      (task) => task.state === 'open' && (task.dueAt !== draft.dueAt || task.notFor.join() !== notFor),
    )
  );
}

/** Tasks that a deadline makes at once, and those that stand already for one that has moved. */
function tasksOfDeadlines(
  saved: readonly SavedChange[],
  open: readonly StandingTask[],
  state: CaseState,
): TaskDraft[] {
  return saved.flatMap(({ change, row }) => {
    if (row.state !== 'pending') return [];
    const isOpen = open.some((task) => task.deadlineId === row.id);
    const isStopped = state.people.some(({ id, preferred }) => id === row.personId && preferred === 'none');
    const atOnce = change.kind === 'added' && ruleOf(row).task.when === 'at-once' && !isStopped;
    if (!atOnce && !(isOpen && change.kind === 'moved')) return [];
    const draft = deadlineTask(row);
    return draft === null ? [] : [draft];
  });
}

/** Whether a deadline is an update owed to somebody who asked not to be told. */
function isOptedOut(deadline: DeadlineRow, state: CaseState): boolean {
  return (
    ruleOf(deadline).contact !== undefined &&
    state.people.some(({ id, preferred }) => id === deadline.personId && preferred === 'none')
  );
}

function isUnwanted(deadlineId: string, deadlines: readonly DeadlineRow[], state: CaseState): boolean {
  const deadline = deadlines.find(({ id }) => id === deadlineId);
  return deadline !== undefined && isOptedOut(deadline, state);
}

/** What is owed to somebody who wants to hear again, and has no task because they did not. */
function tasksWantedAgain(
  deadlines: readonly DeadlineRow[],
  saved: readonly SavedChange[],
  existing: readonly StandingTask[],
  state: CaseState,
): TaskDraft[] {
  const isNew = new Set(saved.filter(({ change }) => change.kind === 'added').map(({ id }) => id));
  return deadlines.flatMap((deadline) => {
    const { contact, task } = ruleOf(deadline);
    const isOpen = deadline.state === 'pending' || deadline.state === 'missed';
    if (!isOpen || contact === undefined || task.when !== 'at-once') return [];
    if (isNew.has(deadline.id) || isOptedOut(deadline, state)) return [];
    const made = existing.filter(({ deadlineId }) => deadlineId === deadline.id);
    const draft = made.every(({ outcome }) => outcome === optedOut) ? deadlineTask(deadline) : null;
    return draft === null ? [] : [draft];
  });
}

function custodyLimits(deadlines: readonly DeadlineRow[]) {
  return deadlines
    .filter(({ state, rule, legalDue }) => state === 'pending' && legalDue !== null && isCustodyLimit(rule))
    .map(({ defendantId, legalDue }) => ({ defendantId: defendantId ?? '', legalDue: legalDue ?? '' }));
}

function answered(requests: readonly RequestRow[]) {
  return requests
    .filter(({ state, answer }) => state === 'outstanding' && answer !== null)
    .map(({ id, material, answer, version, changedAt }) => ({
      id,
      material,
      answer,
      version,
      changedOn: civilDateOf(changedAt),
    }));
}
