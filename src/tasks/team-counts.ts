import type { Database } from '../../db/connect.ts';
import { startStopwatch } from '../platform/clock.ts';
import type { Puller } from './eligible.ts';
import { countPool, noCounts, type Counts, type QueueCounts } from './read-queue.ts';
import type { BandEdges } from './urgency.ts';

/** Up to so many tasks of the pool are counted for everybody who looks, at that moment and for them alone. */
const alwaysCounted = 1_000;
/** How old the count of a larger pool may be, and at least how many times as long as counting it takes. */
const countedEveryMs = 5_000;
const countedEveryTimes = 20;
const mostPools = 500;

type Known = { counts: Counts; elapsedMs: () => number; tookMs: number; isBeingCounted: boolean };

/**
 * How much work of a team somebody may have beside their own. Counting a pool of a hundred thousand takes longer than
 * everything else of a page, and nobody needs it to the second: a large one is counted every few seconds, for all with
 * the same skills, while pages go on with the count before.
 */
export type TeamCounts = {
  /** Whether the page has to count the pool itself. */
  isNeeded(puller: Puller, edges: BandEdges): boolean;
  /** The counts of a queue, of which the pool was counted or not. */
  complete(db: Database, puller: Puller, edges: BandEdges, counted: QueueCounts): Counts;
};

export function createTeamCounts(): TeamCounts {
  const pools = new Map<string, Known>();
  const nameOf = ({ team, skills, covers, id }: Puller, { today }: BandEdges) =>
    JSON.stringify([team, [...skills].sort(), covers ? id : null, today]);
  const keep = (name: string, counts: Counts, tookMs: number) => {
    if (pools.size >= mostPools) pools.clear();
    pools.set(name, { counts, elapsedMs: startStopwatch(), tookMs, isBeingCounted: false });
  };
  const countAgain = async (db: Database, name: string, puller: Puller, edges: BandEdges) => {
    const elapsedMs = startStopwatch();
    keep(name, await countPool(db, puller, edges), elapsedMs());
  };
  return {
    isNeeded: (puller, edges) => {
      const known = pools.get(nameOf(puller, edges));
      return known === undefined || total(known.counts) <= alwaysCounted;
    },
    complete: (db, puller, edges, { own, team }) => {
      const name = nameOf(puller, edges);
      const known = pools.get(name);
      if (team !== null) {
        if (total(team) > alwaysCounted || known !== undefined) keep(name, team, 0);
        return sum(own, team);
      }
      if (known === undefined) return own;
      const isOld = known.elapsedMs() > Math.max(countedEveryMs, known.tookMs * countedEveryTimes);
      if (isOld && !known.isBeingCounted) {
        known.isBeingCounted = true;
        // What cannot be counted now is counted when the next page asks.
        countAgain(db, name, puller, edges).catch(() => void (known.isBeingCounted = false));
      }
      return sum(own, known.counts);
    },
  };
}

function total(counts: Counts): number {
  return Object.values(counts).reduce((all, one) => all + one, 0);
}

function sum(a: Counts, b: Counts): Counts {
  const counts = noCounts();
  for (const band of Object.keys(counts) as (keyof Counts)[]) counts[band] = a[band] + b[band];
  return counts;
}
