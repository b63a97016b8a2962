import type { AlertClass } from '../../db/schema/alerts.ts';
import { startStopwatch } from '../platform/clock.ts';
import { fireSome, type Effect, type FireCounts, type FireOptions, type Stores } from './fire.ts';

/** Carries out everything of one queue that is due; a failing item is left for a later call. */
export type Drain = () => Promise<void>;

/** How long a case that somebody holds is waited for, before it is left to the next sweep. */
const patienceMs = 2_000;
const shortestWaitMs = 10;
const longestWaitMs = 160;

/**
 * Fires a class until nothing more of it is due. What failed is left, so that this ends and the next sweep tries it.
 * What is due in a case that somebody holds is waited for a little: two firers can each pass over what the other has
 * just let go, and both find nothing.
 * @param options.isStopped asked between batches, so that a shutdown need not wait for ten thousand
 */
export async function drainClass(
  hub: Stores,
  cls: AlertClass,
  effect: Effect,
  options: FireOptions & { isStopped?: () => boolean } = {},
): Promise<FireCounts> {
  const total: FireCounts = { fired: 0, superseded: 0, quarantined: 0, failed: 0 };
  // What fails is started once a drain: the next, seconds later, may find that what it needs is back.
  const tried = new Set<string>();
  let waitMs = shortestWaitMs;
  let waitedMs = startStopwatch();
  while (!options.isStopped?.()) {
    const counts = await fireSome(hub, cls, effect, options, tried);
    total.fired += counts.fired;
    total.superseded += counts.superseded;
    total.quarantined += counts.quarantined;
    total.failed += counts.failed;
    if (!counts.isMoreDue) break;
    if (counts.fired + counts.superseded + counts.quarantined > 0) {
      waitMs = shortestWaitMs;
      waitedMs = startStopwatch();
    } else {
      if (waitedMs() > patienceMs) break;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    }
  }
  return total;
}
