import { watchCalendar, type Run } from '../calendar/calendar-reach.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { holdsOf } from '../chasers/holds.ts';
import { longerHold, pauseAfterSent } from '../chasers/pause-after-sent.ts';
import type { ChasingLadder } from '../chasers/ladder.ts';
import { planSteps, writePlan } from '../chasers/plan-steps.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { compareDeadlines } from '../deadlines/compare.ts';
import { computeDeadlines } from '../deadlines/compute.ts';
import type { Rule } from '../deadlines/rule.ts';
import { applyChanges, type DeadlineRow, type SavedChange } from '../deadlines/store.ts';
import { desiredRequests, type DesiredRequest } from '../materials/checklist.ts';
import {
  compareRequests,
  requestsAfter,
  type Chasing,
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
  /** What makes dates move; a case that is being created has none. */
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
  tasks: TaskChanges;
  /** The days of the calendar that all this was counted by. */
  reach: Run[];
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
  ladder: ChasingLadder,
): Decided {
  const watched = watchCalendar(calendar);
  const computed = computeDeadlines(state, rules, watched.calendar);
  const inForce = new Set(rules.map(({ id }) => id));
  const changes = compareDeadlines(standing.deadlines, computed, now, (rule) => !inForce.has(rule));
  const saved = applyChanges(row.id, changes, calendar.version, now);
  const deadlines = deadlinesAfter(standing.deadlines, saved);
  const requests = compareRequests(
    row.id,
    standing.requests,
    desiredRequests(state, watched.calendar, computed),
    state.officer,
    howChased(state, deadlines, ladder, watched.calendar, now),
    now,
  );
  const tasks = decideTasks(
    state,
    deadlines,
    saved,
    requestsAfter(standing.requests, requests),
    standing.tasks,
    watched.calendar,
    now,
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
    tasks,
    reach: watched.reach(),
  };
}

/** How each request of a case is chased; what is due on one day has one plan. */
function howChased(
  state: CaseState,
  deadlines: readonly DeadlineRow[],
  ladder: ChasingLadder,
  calendar: HolidayCalendar,
  now: Instant,
): (request: DesiredRequest) => Chasing {
  const context = chaseContext(state, deadlines, now);
  const holds = holdsOf(state.decisions);
  const plans = new Map<string, Pick<Chasing, 'urgent' | 'plan'>>();
  return ({ key, dueOn, answer }) => {
    let planned = plans.get(dueOn);
    if (planned === undefined) {
      const plan = planSteps(dueOn, context, ladder, calendar);
      planned = { urgent: plan.urgent, plan: writePlan(plan) };
      plans.set(dueOn, planned);
    }
    const pause = answer === 'sent' ? pauseAfterSent(state.decisions, key, planned.urgent, calendar) : null;
    const hold = longerHold(holds.get(key) ?? null, pause);
    return { ...planned, heldUntil: hold?.until ?? null, heldWhy: hold?.reason ?? null };
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
