import type { Instant } from '../platform/clock.ts';
import { civilDateOf } from '../calendar/london-time.ts';

type Fired = { id: string; obligationId: string; step: string; fireAt: Instant };

/** What becomes of steps that fired together. */
export type Sorted<F> = {
  /** Carried out now. */
  now: F[];
  /** Sent for this asking before: not again. */
  again: F[];
  /** Too soon after a step that was late: planned again. */
  tooSoon: F[];
  /** The requests whose steps to come are planned again, so that they keep their distance. */
  late: string[];
};

/**
 * Steps that fall due at one moment are carried out together; where one comes a day late or more, those after it in the
 * same batch are put off and planned again from today, so that nobody hears of an escalation in the same breath as the
 * officer. Pure.
 * @param isSent whether a step of a request was carried out for what is asked now
 */
export function sortFired<F extends Fired>(
  fired: readonly F[],
  isSent: (requestId: string, step: string) => boolean,
  now: Instant,
): Sorted<F> {
  const sorted: Sorted<F> = { now: [], again: [], tooSoon: [], late: [] };
  const first = new Map<string, Instant>();
  for (const alert of [...fired].sort((a, b) => (a.fireAt < b.fireAt ? -1 : Number(a.fireAt > b.fireAt)))) {
    const { obligationId, step, fireAt } = alert;
    const taken = first.get(obligationId);
    if (isSent(obligationId, step)) sorted.again.push(alert);
    else if (taken !== undefined && taken !== fireAt) sorted.tooSoon.push(alert);
    else {
      first.set(obligationId, fireAt);
      sorted.now.push(alert);
    }
  }
  const today = civilDateOf(now);
  const isLate = ({ fireAt }: F) => civilDateOf(fireAt) < today;
  sorted.late = [
    ...new Set([...sorted.now.filter(isLate), ...sorted.tooSoon].map((alert) => alert.obligationId)),
  ];
  return sorted;
}
