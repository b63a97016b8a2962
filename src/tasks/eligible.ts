import { rankOf } from './band-sql.ts';

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

/*
 * Conditions on `tasks t` as SQL. They speak of who asks as `p`: me, team, skills, covers, minutes_left, now.
 */

/** Open, and claimed by nobody: what somebody has held for too long is `isLapsed`. */
export const isFree = `t.state = 'open' and t.claimed_by is null`;
/** What may stand higher than its date says. The indexes of a team's pool are parted by it. */
export const isGrave = `(t.always_critical or t.danger or t.chasing_failed)`;

/** What is a person's own, what the pool of their team has, what somebody else of the team has. Each excludes the others. */
export const isOwn = `t.assignee = p.me`;
export const isOfPool = `t.assignee is null and t.team = p.team and t.skills <@ p.skills`;
/** What has been given to a senior is a senior's to decide: whoever covers is a caseworker, and has only what caseworkers have. */
const isOfCaseworker = `t.assignee <> all(array(select id from staff where role = 'senior'))`;
export const isCovered = `p.covers and t.custody and t.assignee <> p.me and t.team = p.team and t.skills <@ p.skills
  and ${isOfCaseworker}`;
/** Of the work that somebody covers only this is given to them: up to the end of the next working day. */
export const lastRankCovered = rankOf('today');

/** Never of a case that they may not see or have a conflict of interest with, nor what they may not confirm. */
export const mayHave = `(t.visible_to = '{}' or p.me = any(t.visible_to))
  and p.me <> all(t.not_for) and p.me <> all(t.barred) and (t.deferred_until is null or t.deferred_until <= p.now)`;

/** What can be done before the shift ends; what is critical is given all the same. */
export const fitsShift = `(p.minutes_left is null or t.effort_minutes <= p.minutes_left or s.rank = ${rankOf('critical')})`;

/** Nobody holds it any more: a claim lives in machine time, here that of the statement, for which an index can be used. */
export const isLapsed = `t.claim_until <= statement_timestamp()`;
