import { isCustodyLimit } from '../deadlines/is-custody-limit.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { ruleOf, type DeadlineRow, type SavedChange } from '../deadlines/store.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { correspondenceTasks } from '../correspondence/correspondence-tasks.ts';
import { decisionTasks } from '../decisions/decision-tasks.ts';
import { isReviewed } from '../decisions/decisions-of.ts';
import type { RequestRow } from '../materials/compare-requests.ts';
import { opensAgain, type FileCheckData } from '../materials/follow-requests.ts';
import { queryTasks } from '../queries/query-tasks.ts';
import { limitTaskKinds } from '../tasks/deadline-limit-tasks.ts';
import { deadlineTask } from '../tasks/deadline-task.ts';
import { propertyTaskKind, propertyTasks } from '../finalisation/property.ts';
import { checksOf, desiredTasks, judgementsOf } from '../tasks/desired-tasks.ts';
import type { Closing, StandingTask } from '../tasks/store.ts';
import type { TaskDraft } from '../tasks/task-draft.ts';
import type { Instant } from '../platform/clock.ts';
import { isContact } from '../victims/conversation.ts';
import { takeOverKind, takeOverTasks } from '../workload/rebalance/hand-over.ts';
import { isAnsweredByRecord } from './answered-by-record.ts';
import { courtTaskKinds } from './court-work.ts';
import { contactTasks, unreachedKind } from './contact-tasks.ts';
import { isReassessed, needsTasks } from './needs-tasks.ts';

/** What becomes of the tasks of a case: those closed, those opened again, and those opened or brought up to date. */
export type TaskChanges = { closings: Closing[]; reopened: string[]; drafts: TaskDraft[] };

/** The tasks that a case needs, against those that it has. Pure. */
export function decideTasks(
  state: CaseState,
  deadlines: readonly DeadlineRow[],
  saved: readonly SavedChange[],
  requests: readonly RequestRow[],
  existing: readonly StandingTask[],
  calendar: HolidayCalendar,
  now: Instant,
): TaskChanges {
  const talks = contactTasks(state, deadlines, saved, existing, now);
  const isTalkedOf = new Set(deadlines.filter(isContact).map(({ id }) => id));
  const open = existing.filter((task) => task.state === 'open');
  const wanted = [
    ...desiredTasks(state, custodyLimits(deadlines), answered(state, requests), calendar),
    ...queryTasks(state, calendar),
    ...correspondenceTasks(state, calendar),
    ...decisionTasks(state),
    ...takeOverTasks(state, calendar),
    ...propertyTasks(state),
    ...needsTasks(state),
  ];
  const over = new Map(saved.map(({ id, change }) => [id, change.kind]));
  const closings = open.flatMap((task): Closing[] => {
    if (task.kind === unreachedKind || isTalkedOf.has(task.deadlineId ?? '')) return [];
    if (courtTaskKinds.includes(task.kind)) return [];
    const became = task.deadlineId === null ? undefined : over.get(task.deadlineId);
    if (became === 'met') return [{ id: task.id, state: 'done', outcome: 'met' }];
    if (became === 'withdrawn') return [{ id: task.id, state: 'cancelled', outcome: 'no longer due' }];
    const isNeedless =
      state.finalised !== undefined && !outlastsCase(task)
        ? task.deadlineId === null
        : isOfSettledRequest(task, requests) ||
          ((kindsOfState.includes(task.kind) || isAnsweredByRecord(task)) &&
            !wanted.some(({ source }) => source === task.source));
    if (!isNeedless) return [];
    const outcome = doneAs(task, state, requests);
    const why = state.finalised === undefined || outlastsCase(task) ? needless : closedWithCase;
    return outcome === null
      ? [{ id: task.id, state: 'cancelled', outcome: why }]
      : [{ id: task.id, state: 'done', outcome }];
  });
  return {
    closings: [...closings, ...talks.closings],
    reopened: reopened(state, requests, existing),
    drafts: [
      ...wanted.filter((draft) => isNews(draft, existing)),
      ...tasksOfDeadlines(saved, open),
      ...talks.drafts,
    ],
  };
}

/** Kinds of task that the state of a case calls for, as opposed to those that an alert made. */
const kindsOfState = [
  'check-file',
  'confirm-custody-limit',
  'settle-custody-limit',
  'custody-limit-expired',
  'confirm-receipt',
  'find-owner',
  'decide-without',
  'finalise-case',
  'reassess-needs',
  takeOverKind,
  propertyTaskKind,
];

/** What the end of a case does not end. */
function outlastsCase(task: StandingTask): boolean {
  return isAnsweredByRecord(task) || task.kind === propertyTaskKind || limitTaskKinds.includes(task.kind);
}

/** What was closed only because the case was finalised is open again once the case is; what its state calls for is wanted anew. */
function reopened(
  state: CaseState,
  requests: readonly RequestRow[],
  existing: readonly StandingTask[],
): string[] {
  if (state.finalised !== undefined) return [];
  const isOpen = new Set(existing.filter((task) => task.state === 'open').map(({ source }) => source));
  return existing
    .filter(({ outcome, kind }) => outcome === closedWithCase && !kindsOfState.includes(kind))
    .filter((task) => !isOpen.has(task.source) && !isOfSettledRequest(task, requests))
    .map(({ id }) => id);
}

/** What to do without material need not be decided once it has come or nobody asks for it any more. */
function isOfSettledRequest({ kind }: StandingTask, requests: readonly RequestRow[]): boolean {
  return (
    (kind === 'chasing-failed' || kind === 'chasing-failed-senior') &&
    !requests.some(({ state, failedAt }) => state === 'outstanding' && failedAt !== null)
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
    return recordedIf(checksOf(state) >= Number(source.split(':').at(-1)));
  }
  if (kind === 'confirm-receipt')
    return recordedIf(requests.some(({ id, state: is }) => id === requestId && is === 'received'));
  if (kind === 'reassess-needs') return recordedIf(isReassessed(source, state));
  if (kind === 'finalise-case') return recordedIf(state.finalised !== undefined);
  if (isAnsweredByRecord({ kind })) {
    const id = source.split(':').at(-1);
    return recordedIf(
      isReviewed(state, id) ||
        state.decisions.some(
          ({ type, data }) =>
            (type === 'query-answered' && data['query'] === id) ||
            (type === 'correspondence-answered' && data['correspondence'] === id),
        ),
    );
  }
  if (kind !== 'confirm-custody-limit' && kind !== 'settle-custody-limit') return null;
  const [due = '', defendantId = ''] = source.split(':').reverse();
  const last = judgementsOf(state, defendantId, due).at(-1);
  if (last === undefined) return null;
  if (last.type === 'custody-limit-confirmed') return 'recorded';
  // What two people differ about is settled by nothing but a confirmation: on bail it rests, and comes back with custody.
  return kind === 'confirm-custody-limit' ? 'differs' : null;
}

/** The outcome of a task that the state of a case called for, and then did no more. It may be called for again. */
const needless = 'no longer needed';
/** The outcome of a task that was open when its case was finalised. */
const closedWithCase = 'the case was finalised';

/** Neither asked for before, nor there with the date that it should have, and kept from those who may not take it. */
function isNews(draft: TaskDraft, existing: readonly StandingTask[]): boolean {
  const isPast = ({ kind, outcome }: StandingTask) =>
    outcome === needless ||
    outcome === closedWithCase ||
    (outcome === 'recorded' && isAnsweredByRecord({ kind }));
  const same = existing.filter((task) => task.source === draft.source && !isPast(task));
  const notFor = (draft.notFor ?? []).join();
  return (
    same.length === 0 ||
    same.some(
      (task) => task.state === 'open' && (task.dueAt !== draft.dueAt || task.notFor.join() !== notFor),
    )
  );
}

/** Tasks that a deadline makes at once, and those that stand already for one that has moved; talks are apart. */
function tasksOfDeadlines(saved: readonly SavedChange[], open: readonly StandingTask[]): TaskDraft[] {
  return saved.flatMap(({ change, row }) => {
    if (row.state !== 'pending' || isContact(row)) return [];
    const isOpen = open.some((task) => task.deadlineId === row.id);
    const atOnce = change.kind === 'added' && ruleOf(row).task.when === 'at-once';
    if (!atOnce && !(isOpen && change.kind === 'moved')) return [];
    const draft = deadlineTask(row);
    return draft === null ? [] : [draft];
  });
}

function custodyLimits(deadlines: readonly DeadlineRow[]) {
  return deadlines
    .filter(({ state }) => state === 'pending' || state === 'missed')
    .filter(({ rule, legalDue }) => legalDue !== null && isCustodyLimit(rule))
    .map(({ defendantId, legalDue, state }) => ({
      defendantId: defendantId ?? '',
      legalDue: legalDue ?? '',
      expired: state === 'missed',
    }));
}

function answered(state: CaseState, requests: readonly RequestRow[]) {
  return requests.flatMap(({ id, key, material, state: is, answer, heldUntil }) => {
    const said = is === 'outstanding' && answer !== null ? answerThatStands(state, key) : null;
    return said === null ? [] : [{ id, material, answer, heldUntil, ...said }];
  });
}

/** The event by which an officer gave the answer that stands for a request: said again, it is the same answer. */
function answerThatStands({ decisions }: CaseState, request: string) {
  let stands: { answeredBy: string; answeredOn: string; whose: string | null } | null = null;
  let said = '';
  for (const { type, data, eventId, on } of decisions) {
    if (type === 'file-checked' && opensAgain(data as FileCheckData, request)) stands = null;
    if (data['request'] !== request) continue;
    if (type === 'material-rejected') stands = null;
    if (type !== 'officer-answered') continue;
    const { answer, until, whose = null } = data as { answer: string; until?: string; whose?: string | null };
    const now = [answer, until, whose].join();
    if (stands === null || said !== now) stands = { answeredBy: eventId, answeredOn: on, whose };
    said = now;
  }
  return stands;
}
