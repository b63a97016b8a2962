import { sql, type SQL } from 'drizzle-orm';

/** Whoever pulls work: a caseworker of a team, or an administrator, whose team is the administration. */
export type Puller = { id: string; team: string };

/** Open tasks that a person may see in their queue, as SQL over `tasks t`: their own, and their team's pool. */
export function inQueueOf(puller: Puller): SQL {
  return sql`t.state = 'open'
    and (t.assignee = ${puller.id} or (t.assignee is null and t.team = ${puller.team}))
    and (t.visible_to = '{}' or ${puller.id} = any(t.visible_to))
    and not (${puller.id} = any(t.not_for))
    and (t.deferred_until is null or t.deferred_until <= (select hub_now()))`;
}

/** Of those, the ones that nobody else holds: a claim lives in machine time. */
export function isFree(puller: Puller): SQL {
  return sql`(t.claimed_by is null or t.claimed_by = ${puller.id} or t.claim_until <= clock_timestamp())`;
}
