import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import type { ComputedDeadline } from '../deadlines/compute.ts';
import { asksOf, standardsOf } from './asks.ts';
import type { DesiredRequest } from './desired-request.ts';
import { followRequests } from './follow-requests.ts';

export type { DesiredRequest } from './desired-request.ts';

/**
 * Every material request that a case has made so far, with what became of it: what the standards of its kind hold, what
 * prosecutors always want, what an action plan, a file check or a caseworker asked for. Pure.
 * @param computed the deadlines of the case: the files are due by theirs, as the force or the court has set them
 */
export function desiredRequests(
  state: CaseState,
  calendar: HolidayCalendar,
  computed: readonly ComputedDeadline[],
): DesiredRequest[] {
  return followRequests(asksOf(state, calendar, computed), state, calendar);
}

/** Everything that may be said to be wrong with a file: what its standards name, and what was asked for. Pure. */
export function materialsOnFile(
  state: CaseState,
  requests: readonly DesiredRequest[],
  computed: readonly ComputedDeadline[],
): ReadonlySet<string> {
  return new Set([
    ...standardsOf(state, computed).flatMap(({ standard }) => standard.items.map(({ material }) => material)),
    ...requests.map(({ material }) => material),
  ]);
}
