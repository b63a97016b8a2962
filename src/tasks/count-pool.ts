import type { Database } from '../../db/connect.ts';
import { runSlow } from '../../db/hot-statement.ts';
import { epochMs, instantOfEpochMs } from '../calendar/london-time.ts';
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

/** The same, of what is due on one day: 0 ends with the day that bands call today, and 1 is the day after. */
export type CountedOfDay = Counted & { day: number };
/** The days of which something is counted: later than the first, up to and with the last. */
export type Days = { after: number; until: number };

/** What is due a year or more before or after is counted as of one day. */
const mostDays = 366;
// Days here only part the work, so that each has 24 hours whatever London's clocks do.
const dayMs = 86_400_000;
const day = `greatest(-${mostDays}, least(${mostDays},
  ceil(date_part('epoch', t.due_at - p.today) / ${dayMs / 1_000})))::int`;

const forAnybody = `t.visible_to = '{}' and (t.deferred_until is null or t.deferred_until <= p.now)`;

const ofPool = `with ${asked('consequence smallint, due_after timestamptz, due_until timestamptz')}
  select q.skills, q.rank, q.day, count(*)::int as many from (${inHalves(
    `t.skills, ${rank} as rank, ${day} as day`,
    `t.assignee is null and t.team = p.team and t.consequence = p.consequence
      and t.due_at > p.due_after and t.due_at <= p.due_until and ${forAnybody}`,
  )}) q group by 1, 2, 3`;

/** What the pool of a team has for anybody, of one consequence and due on some days. */
export function countPool(
  db: Database,
  puller: Puller,
  edges: BandEdges,
  { consequence, days }: { consequence: number; days: Days },
): Promise<CountedOfDay[]> {
  // Postgres reads what has no end as JavaScript writes it: Infinity.
  const endOf = (days: number) =>
    Number.isFinite(days) ? instantOfEpochMs(epochMs(edges.today) + days * dayMs) : `${days}`;
  const more = { consequence, due_after: endOf(days.after), due_until: endOf(days.until) };
  return runSlow<CountedOfDay>(db, ofPool, askedBy(puller, edges, { more }));
}

const ofOthers = `with ${asked('nothing int')}
  select '{}'::text[] as skills, q.rank, 0 as day, count(*)::int as many from (${covered}) q group by 2`;

/** What somebody who covers the custody cases of their team may have of others' work. It is not parted by day. */
export function countCovered(db: Database, puller: Puller, edges: BandEdges): Promise<CountedOfDay[]> {
  return runSlow<CountedOfDay>(db, ofOthers, askedBy(puller, edges));
}
