import { rules } from '../deadlines/rules/register.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { ruleOf, type DeadlineRow, type SavedChange } from '../deadlines/store.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { RequestRow } from '../materials/compare-requests.ts';
import { deadlineTask } from '../tasks/deadline-task.ts';
import { desiredTasks } from '../tasks/desired-tasks.ts';
import type { Closing, TaskRow } from '../tasks/store.ts';
import type { TaskDraft } from '../tasks/task-draft.ts';

/** What becomes of the tasks of a case: those that are closed, and those that are opened or brought up to date. */
export type TaskChanges = { closings: Closing[]; drafts: TaskDraft[] };

/** The tasks that a case needs, against those that it has. Pure. */
export function decideTasks(
  state: CaseState,
  deadlines: readonly DeadlineRow[],
  saved: readonly SavedChange[],
  requests: readonly RequestRow[],
  existing: readonly TaskRow[],
  calendar: HolidayCalendar,
): TaskChanges {
  const open = existing.filter((task) => task.state === 'open');
  const wanted = desiredTasks(state, custodyLimits(deadlines), answered(requests), calendar);
  const over = new Map(saved.map(({ id, change }) => [id, change.kind]));
  const closings = open.flatMap((task): Closing[] => {
    const became = task.deadlineId === null ? undefined : over.get(task.deadlineId);
    if (became === 'met') return [{ id: task.id, state: 'done', outcome: 'met' }];
    if (became === 'withdrawn') return [{ id: task.id, state: 'cancelled', outcome: 'no longer due' }];
    const isNeedless =
      state.finalised !== undefined
        ? task.deadlineId === null
        : kindsOfState.includes(task.kind) && !wanted.some(({ source }) => source === task.source);
    if (!isNeedless) return [];
    return isDone(task, state)
      ? [{ id: task.id, state: 'done', outcome: 'recorded' }]
      : [{ id: task.id, state: 'cancelled', outcome: 'no longer needed' }];
  });
  return {
    closings,
    drafts: [...wanted.filter((draft) => isNews(draft, existing)), ...tasksOfDeadlines(saved, open, state)],
  };
}

/** Kinds of task that the state of a case calls for, as opposed to those that an alert made. */
const kindsOfState = [
  'check-file',
  'confirm-custody-limit',
  'confirm-receipt',
  'find-owner',
  'decide-without',
  'finalise-case',
];

/** Of those, the ones that recording something does, rather than makes needless. */
const kindsDoneByRecording = ['check-file', 'confirm-receipt', 'finalise-case'];

/** A custody limit that was confirmed is done; the task of one that moved is not. */
function isDone({ kind, source }: TaskRow, state: CaseState): boolean {
  if (kind !== 'confirm-custody-limit') return kindsDoneByRecording.includes(kind);
  return state.decisions.some(
    ({ type, defendantId, data }) =>
      type === 'custody-limit-confirmed' &&
      source === `confirm-custody-limit:${defendantId}:${String(data['dueOn'])}`,
  );
}

/** Neither asked for before, nor there with the date that it should have. */
function isNews(draft: TaskDraft, existing: readonly TaskRow[]): boolean {
  const same = existing.filter(({ source }) => source === draft.source);
  return same.length === 0 || same.some(({ state, dueAt }) => state === 'open' && dueAt !== draft.dueAt);
}

/** Tasks that a deadline makes at once, and those that stand already for one that has moved. */
function tasksOfDeadlines(
  saved: readonly SavedChange[],
  open: readonly TaskRow[],
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

/** A custody time limit is a dangerous limit that is counted in days of custody. */
const custodyRuleIds = new Set(
  rules.filter((rule) => rule.danger && rule.period.needs.flat().includes('custody')).map(({ id }) => id),
);

function custodyLimits(deadlines: readonly DeadlineRow[]) {
  return deadlines
    .filter(
      ({ state, rule, legalDue }) => state === 'pending' && legalDue !== null && custodyRuleIds.has(rule),
    )
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
