import { civilDateOf } from '../calendar/london-time.ts';
import type { ChaseContext } from '../chasers/ladder.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { isCustodyLimit } from '../deadlines/is-custody-limit.ts';
import { ruleOf, type DeadlineRow } from '../deadlines/store.ts';
import type { Instant } from '../platform/clock.ts';

/** What makes chasing urgent: custody, the nearest limits that end the case or free someone, the next hearing. */
export function chaseContext(
  state: CaseState,
  deadlines: readonly DeadlineRow[],
  now: Instant,
): ChaseContext {
  const today = civilDateOf(now);
  const limits = deadlines.filter((deadline) => deadline.state === 'pending' && ruleOf(deadline).danger);
  const nearest = (ofCustody: boolean) =>
    limits
      .filter(({ rule }) => isCustodyLimit(rule) === ofCustody)
      .map(({ legalDue }) => legalDue)
      .filter((day) => day !== null)
      .sort()[0] ?? null;
  const coming = state.hearings
    .filter((hearing) => hearing.state === 'listed' && hearing.on >= today)
    .map(({ on }) => on)
    .sort();
  return {
    inCustody: state.defendants.some((defendant) => defendant.remand === 'custody'),
    custodyLimit: nearest(true),
    timeLimit: nearest(false),
    nextHearing: coming[0] ?? null,
  };
}
