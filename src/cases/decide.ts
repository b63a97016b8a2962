import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { isUrgent, type ChaseContext } from '../chasers/ladder.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { compareDeadlines } from '../deadlines/compare.ts';
import { computeDeadlines } from '../deadlines/compute.ts';
import type { Rule } from '../deadlines/rule.ts';
import { applyChanges, type DeadlineRow, type SavedChange } from '../deadlines/store.ts';
import { desiredRequests } from '../materials/checklist.ts';
import {
  compareRequests,
  requestsAfter,
  type RequestChange,
  type RequestRow,
} from '../materials/compare-requests.ts';
import type { Instant } from '../platform/clock.ts';
import type { Actor } from '../staff/history.ts';
import type { StandingTask } from '../tasks/store.ts';
import type { CaseRow } from './case-row.ts';
import { chaseContext } from './chase-context.ts';
import { datesMovedTask, type CauseOfChange } from './dates-moved.ts';
import { decideTasks, type TaskChanges } from './decide-tasks.ts';
import { compareHearings, type HearingChanges, type HearingRow } from './hearings.ts';

/** What recording something is done with. */
export type Recording = {
  now: Instant;
  calendar: HolidayCalendar;
  /** The rules in force in this hub, as `loadRules` gives them. */
  rules: readonly Rule[];
  actor: Actor;
  /** What makes dates move. */
  cause?: CauseOfChange;
};

/** What is stored for a case, apart from its events. */
export type Standing = {
  deadlines: readonly DeadlineRow[];
  hearings: readonly HearingRow[];
  requests: readonly RequestRow[];
  tasks: readonly StandingTask[];
};

/** All that is to be saved for a case. */
export type Decided = {
  row: CaseRow;
  state: CaseState;
  saved: SavedChange[];
  /** Its deadlines from now on. */
  deadlines: readonly DeadlineRow[];
  hearings: HearingChanges;
  requests: RequestChange[];
  chasing: ChaseContext;
  tasks: TaskChanges;
};

/**
 * What the state of a case calls for, against what stands: deadlines, hearings, requests, tasks. The one decision
 * that a new event, a correction, a new version of a rule and a proclaimed holiday share. Pure but for ids.
 */
export function decide(
  row: CaseRow,
  state: CaseState,
  standing: Standing,
  { now, calendar, rules, actor, cause }: Recording,
): Decided {
  const computed = computeDeadlines(state, rules, calendar);
  const inForce = new Set(rules.map(({ id }) => id));
  const changes = compareDeadlines(standing.deadlines, computed, now, (rule) => !inForce.has(rule));
  const saved = applyChanges(row.id, changes, calendar.version, now);
  const deadlines = deadlinesAfter(standing.deadlines, saved);
  const chasing = chaseContext(state, deadlines, now);
  const requests = compareRequests(
    row.id,
    standing.requests,
    desiredRequests(state, calendar),
    state.officer,
    (dueOn) => isUrgent(chasing, dueOn),
    now,
  );
  const tasks = decideTasks(
    state,
    deadlines,
    saved,
    requestsAfter(standing.requests, requests),
    standing.tasks,
    calendar,
  );
  const told = datesMovedTask(saved, cause, row.caseworker, actor.id, calendar, now);
  if (told !== null && state.finalised === undefined) tasks.drafts.push(told);
  return {
    row,
    state,
    saved,
    deadlines,
    hearings: compareHearings(row.id, standing.hearings, state.hearings),
    requests,
    chasing,
    tasks,
  };
}

function deadlinesAfter(
  standing: readonly DeadlineRow[],
  saved: readonly SavedChange[],
): readonly DeadlineRow[] {
  if (saved.length === 0) return standing;
  const changed = new Map(saved.map(({ id, row }) => [id, row]));
  return [
    ...standing.map((row) => changed.get(row.id) ?? row),
    ...saved.filter(({ change }) => change.standing === null).map(({ row }) => row),
  ];
}
