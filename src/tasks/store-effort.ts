import type { Database, Transaction } from '../../db/connect.ts';
import { runHot } from '../../db/hot-statement.ts';
import { learnedKey, usualShares, type EffortShares, type KindMinutes, type KnownEffort } from './effort.ts';

/** What a force or a team has set of how long work takes, as it is kept; only the force sets shares. */
export type EffortValue = { shares?: EffortShares | undefined; minutes: KindMinutes[] };

const settings = `select scope, value from planning_settings where name = 'effort'`;
const learnings = `select team, kind, complexity, p50 from learned_effort where kind = any($1::text[])`;

type Learned = { team: string; kind: string; complexity: string; p50: number };

/** What is known of how long some kinds of work take: learned by the teams, and set by the force and its teams. */
export async function readKnownEffort(
  db: Database | Transaction,
  kinds: readonly string[],
): Promise<KnownEffort> {
  // Sent together: one way there and back.
  const [set, learned] = await Promise.all([
    runHot<{ scope: string; value: EffortValue }>(db, settings, []),
    runHot<Learned>(db, learnings, [[...new Set(kinds)]]),
  ]);
  return {
    shares: set.find(({ scope }) => scope === 'hub')?.value.shares ?? usualShares,
    minutes: new Map(set.map(({ scope, value }) => [scope, value.minutes])),
    learned: new Map(learned.map((row) => [learnedKey(row, row.complexity), row.p50])),
  };
}
