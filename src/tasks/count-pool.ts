import type { Database } from '../../db/connect.ts';
import { runSlow } from '../../db/hot-statement.ts';
import { isCovered, isFree, isGrave, isOfPool, lastRankCovered, mayHave, type Puller } from './eligible.ts';
import { asked, askedBy, rank, type Shape } from './order-statement.ts';
import type { BandEdges } from './urgency.ts';

/*
 * How much work there is beside a person's own. A pool is read in two halves, as it is indexed.
 */

const inHalves = (what: string, where: string) =>
  [`not ${isGrave}`, isGrave]
    .map((part) => `select ${what} from p cross join tasks t where ${isFree} and ${part} and ${where}`)
    .join(' union all ');

const covered = `select ${rank} as rank from p cross join tasks t
  where ${isFree} and ${isCovered} and ${mayHave} and ${rank} <= ${lastRankCovered}`;

/** The rank of everything that a person may have beside their own, counted as part of a statement that asks more. */
export const poolToCount = ({ covers }: Shape) =>
  `${inHalves(`${rank} as rank`, `${isOfPool} and ${mayHave}`)}${covers ? ` union all ${covered}` : ''}`;

/** So many tasks of a rank, for whoever is trained in all of these. */
export type Counted = { skills: string[]; rank: number; many: number };

const forAnybody = `t.visible_to = '{}' and (t.deferred_until is null or t.deferred_until <= p.now)`;
/** A part of a pool: one consequence, due in a span of time that ends with its second moment. */
export type PoolPart = { consequence: number; due: readonly [after: string, until: string] };

const ofPart = `with ${asked('consequence smallint, due_after timestamptz, due_until timestamptz')}
  select q.skills, q.rank, count(*)::int as many from (${inHalves(
    `t.skills, ${rank} as rank`,
    `t.assignee is null and t.team = p.team and t.consequence = p.consequence
      and t.due_at > p.due_after and t.due_at <= p.due_until and ${forAnybody}`,
  )}) q group by 1, 2`;

/** What a part of the pool of a team has for anybody. */
export function countPool(
  db: Database,
  puller: Puller,
  edges: BandEdges,
  { consequence, due }: PoolPart,
): Promise<Counted[]> {
  const more = { consequence, due_after: due[0], due_until: due[1] };
  return runSlow<Counted>(db, ofPart, askedBy(puller, edges, { more }));
}

const ofOthers = `with ${asked('nothing int')}
  select '{}'::text[] as skills, q.rank, count(*)::int as many from (${covered}) q group by 2`;

/** What somebody who covers the custody cases of their team may have of others' work. */
export function countCovered(db: Database, puller: Puller, edges: BandEdges): Promise<Counted[]> {
  return runSlow<Counted>(db, ofOthers, askedBy(puller, edges));
}
