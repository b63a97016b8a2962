import { civilDateOf } from '../calendar/london-time.ts';
import type { ChaseContext } from '../chasers/ladder.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { ruleOf, type DeadlineRow } from '../deadlines/store.ts';
import type { Instant } from '../platform/clock.ts';

/** What makes chasing urgent: custody, the nearest custody or six-month limit, the next hearing. */
export function chaseContext(
  state: CaseState,
  deadlines: readonly DeadlineRow[],
  now: Instant,
): ChaseContext {
  const today = civilDateOf(now);
  const limits = deadlines
    .filter((deadline) => deadline.state === 'pending' && ruleOf(deadline).danger)
    .map(({ legalDue }) => legalDue)
    .filter((day) => day !== null)
    .sort();
  const coming = state.hearings
    .filter((hearing) => hearing.state === 'listed' && hearing.on >= today)
    .map(({ on }) => on)
    .sort();
  return {
    inCustody: state.defendants.some((defendant) => defendant.remand === 'custody'),
    nearestLimit: limits[0] ?? null,
    nextHearing: coming[0] ?? null,
  };
}
