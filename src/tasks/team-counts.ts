import type { Database } from '../../db/connect.ts';
import { epochMs, instantOfEpochMs } from '../calendar/london-time.ts';
import { consequences } from '../deadlines/rule.ts';
import { startStopwatch } from '../platform/clock.ts';
import { countCovered, countPool, type Counted, type PoolPart } from './count-pool.ts';
import type { Puller } from './eligible.ts';
import { noCounts, type Counts } from './read-queue.ts';
import { bands, type BandEdges } from './urgency.ts';

/** Up to so many tasks of a pool are counted for everybody who looks, at that moment and for them alone. */
const alwaysCounted = 1_000;
/** How old a count of a larger pool grows at least, and how many times as long as counting it takes nothing is counted. */
const countedEveryMs = 5_000;
const restTimes = 200;

/** What is counted by itself: a part of a team's pool, or what one person covers. */
type Part = { name: string; of: PoolPart | 'covered' };
type Known = { counted: Counted[]; elapsedMs: () => number };

/**
 * How much work of a team somebody may have beside their own. Counting a pool of a hundred thousand takes longer than
 * everything else of a page, and nobody needs it to the second: a large one is counted in small parts, one at a time and
 * with long rests, for all of the team, while pages go on with the counts before.
 */
export type TeamCounts = {
  /** What there is for somebody; null where there is so little that their page is to count it itself. */
  countsFor(db: Database, puller: Puller, edges: BandEdges): Promise<Counts | null>;
};

/** @param startWatch how time is taken, in milliseconds */
export function createTeamCounts(startWatch: () => () => number = startStopwatch): TeamCounts {
  const known = new Map<string, Known>();
  const running = new Map<string, Promise<void>>();
  /** What the known parts come to for whoever is trained alike, until one of them is counted anew. */
  const sums = new Map<string, Counts | null>();
  let resting = { elapsedMs: () => Infinity, forMs: 0 };

  const count = ({ name, of }: Part, db: Database, puller: Puller, edges: BandEdges): Promise<void> => {
    const already = running.get(name);
    if (already !== undefined) return already;
    const elapsedMs = startWatch();
    const read = of === 'covered' ? countCovered(db, puller, edges) : countPool(db, puller, edges, of);
    const counting = read
      .then((counted) => {
        known.set(name, { counted, elapsedMs: startWatch() });
        sums.clear();
        resting = { elapsedMs: startWatch(), forMs: elapsedMs() * restTimes };
      })
      .finally(() => running.delete(name));
    running.set(name, counting);
    return counting;
  };

  const countOldest = (parts: readonly Part[], db: Database, puller: Puller, edges: BandEdges): void => {
    if (running.size > 0 || resting.elapsedMs() < resting.forMs) return;
    const age = ({ name }: Part) => known.get(name)?.elapsedMs() ?? 0;
    const oldest = parts.reduce((a, b) => (age(a) >= age(b) ? a : b));
    // What cannot be counted now is counted when the next page asks.
    if (age(oldest) > countedEveryMs) count(oldest, db, puller, edges).catch(() => undefined);
  };

  return {
    countsFor: async (db, puller, edges) => {
      const parts = partsOf(puller, edges);
      if (known.size > mostKnown) known.clear();
      const missing = parts.filter(({ name }) => !known.has(name));
      if (missing.length > 0) await Promise.all(missing.map((part) => count(part, db, puller, edges)));
      else countOldest(parts, db, puller, edges);
      const alike = `${dayOf(puller, edges)} ${puller.skills.join()} ${puller.covers ? puller.id : ''}`;
      let sum = sums.get(alike);
      if (sum === undefined) {
        const counted = parts.map(({ name }) => known.get(name)?.counted ?? []);
        sums.set(alike, (sum = countsOf(counted, puller)));
      }
      return sum;
    },
  };
}

/** Those of days gone by, and of people who cover no longer, are forgotten at once. */
const mostKnown = 2_000;

/** Days from the end of today at which parts of a pool end. A page that meets a part being counted waits for the processor. */
const partsEndAfterDays = Array.from({ length: 16 }, (_, i) => i * 4);
const dayMs = 86_400_000;

/** What is counted for somebody. On another day the bands part elsewhere, so that it is counted anew. */
function partsOf(puller: Puller, edges: BandEdges): Part[] {
  const { id, covers } = puller;
  const { today } = edges;
  const day = dayOf(puller, edges);
  let parts = ofPools.get(day);
  if (parts === undefined) {
    const ends = partsEndAfterDays.map((days) => instantOfEpochMs(epochMs(today) + days * dayMs));
    parts = consequences.flatMap((_, consequence) =>
      [...ends, 'infinity'].map((until, i) => ({
        name: `${day} ${consequence} ${until}`,
        of: { consequence, due: [ends[i - 1] ?? '-infinity', until] as const },
      })),
    );
    if (ofPools.size > mostKnown) ofPools.clear();
    ofPools.set(day, parts);
  }
  return covers ? [...parts, { name: `${day} of ${id}`, of: 'covered' }] : parts;
}
const ofPools = new Map<string, Part[]>();
const dayOf = ({ team }: Puller, { today }: BandEdges) => `${team} ${today}`;

function countsOf(parts: readonly Counted[][], { skills }: Puller): Counts | null {
  const counts = noCounts();
  let all = 0;
  for (const counted of parts)
    for (const { skills: needed, rank, many } of counted) {
      all += many;
      if (needed.every((skill) => skills.includes(skill))) counts[bands[rank] ?? 'later'] += many;
    }
  return all <= alwaysCounted ? null : counts;
}
