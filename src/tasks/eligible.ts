import { sql, type SQL } from 'drizzle-orm';
import { bandRank } from './band-sql.ts';
import { bands, type BandEdges } from './urgency.ts';

/** Whoever pulls work: a caseworker of a team, or an administrator, whose team is the administration. */
export type Puller = {
  id: string;
  team: string;
  /** What they are trained in: more is not given to them from the pool. */
  skills: readonly string[];
  /** Why they are away today, or null. */
  away: string | null;
  /** Whether they cover their team's custody cases today. */
  covers: boolean;
  /** Minutes until their shift ends; null where their hours are not recorded. */
  minutesLeft: number | null;
  /** The case of the last task that they held, or null. */
  hand: string | null;
};

/**
 * Open tasks that a person may see in their queue, as SQL over `tasks t`: their own; what their team's pool has for
 * their skills; and while they cover for others, what custody cases of the team need by the end of the next working
 * day. Never of a case that they may not see or have a conflict of interest with, nor what they may not confirm.
 */
export function inQueueOf(puller: Puller, edges: BandEdges): SQL {
  const { id, team, skills } = puller;
  const trained = sql`t.skills <@ ${`{${skills.join(',')}}`}::text[]`;
  const urgent = sql`${bandRank(edges)} <= ${sql.raw(String(bands.indexOf('today')))}`;
  const covered = puller.covers
    ? sql`or (t.custody and t.team = ${team} and ${trained} and ${urgent})`
    : sql``;
  return sql`t.state = 'open'
    and (t.assignee = ${id} or (t.assignee is null and t.team = ${team} and ${trained}) ${covered})
    and (t.visible_to = '{}' or ${id} = any(t.visible_to))
    and not (${id} = any(t.not_for)) and not (${id} = any(t.barred))
    and (t.deferred_until is null or t.deferred_until <= (select hub_now()))`;
}

/** Of those, the ones that nobody else holds: a claim lives in machine time. */
export function isFree({ id }: Pick<Puller, 'id'>): SQL {
  return sql`(t.claimed_by is null or t.claimed_by = ${id} or t.claim_until <= clock_timestamp())`;
}

/** Of those, the ones that can be done before the shift ends; what is critical is given all the same. */
export function fitsShift({ minutesLeft }: Puller, edges: BandEdges): SQL {
  if (minutesLeft === null) return sql`true`;
  const critical = sql.raw(String(bands.indexOf('critical')));
  return sql`(t.effort_minutes <= ${minutesLeft}::int or ${bandRank(edges)} = ${critical})`;
}
