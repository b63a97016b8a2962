import { sql } from 'drizzle-orm';
import type { Asked } from './evidence.ts';
import { sentences } from './sentences.ts';

/** Invariants 11 and 12: one live claim, completed by whoever held it, and only work that its owner may see and do. */
export async function taskProblems(db: Asked): Promise<string[]> {
  return sentences(
    db,
    sql`select format('11: task %s has %s live claims', task_id, count(*)) from claims
        where ended_at is null group by task_id having count(*) > 1
        union all
        select format('11: %s holds %s tasks', claimed_by, count(*)) from tasks
        where state = 'open' and claimed_by is not null group by claimed_by having count(*) > 1
        union all
        select format('11: task %s is held by %s, and the claim that says so is not there', t.id, t.claimed_by)
        from tasks t left join claims c on c.token = t.claim_token and c.task_id = t.id and c.staff_id = t.claimed_by
          and c.ended_at is null
        where t.claimed_by is not null and c.token is null
        union all
        select format('11: claim %s is live, and task %s is %s and held by %s', c.token, t.id, t.state,
          coalesce(t.claimed_by, 'nobody'))
        from claims c join tasks t on t.id = c.task_id
        where c.ended_at is null and (t.state <> 'open' or t.claim_token is distinct from c.token)
        union all
        select format('11: task %s was completed by %s, whose claim was not the one that held it', h.entity_id, h.actor)
        from history h where h.action = 'task-completed' and not exists (
          select 1 from claims c where c.task_id::text = h.entity_id and c.staff_id = h.actor and c.how = 'completed'
            and c.ended_at is not null and not exists (
              select 1 from claims d where d.task_id = c.task_id and d.claimed_at > c.claimed_at))
        union all
        select format('11: task %s was completed %s times', entity_id, count(*)) from history
        where action = 'task-completed' group by entity_id having count(*) > 1
        union all
        select format('12: task %s of team %s is assigned to %s of team %s', t.id, t.team, s.id, s.team)
        from tasks t join staff s on s.id = t.assignee
        where t.state = 'open' and (s.team is distinct from t.team or not s.active or s.role not in ('caseworker', 'senior'))
        union all
        select format('12: task %s is held by %s, who may not see it', t.id, s.id) from tasks t join staff s
          on s.id = t.claimed_by or s.id = t.assignee
        where t.state = 'open' and t.visible_to <> '{}' and not s.id = any(t.visible_to)
        union all
        select format('12: task %s is with somebody who has a conflict of interest with its case', t.id)
        from tasks t join cases c on c.id = t.case_id
        where t.state = 'open' and (t.assignee = any(c.barred) or t.claimed_by = any(c.barred))
        union all
        select format('12: task %s is not of the team, or not for the eyes, of its case', t.id)
        from tasks t join cases c on c.id = t.case_id
        where t.state = 'open' and (t.team <> c.team
          or t.visible_to <> case when c.restricted then c.visible_to else '{}' end)
        union all
        select format('12: case %s is with %s, who is no caseworker of its team', c.urn, s.id)
        from cases c join staff s on s.id = c.caseworker
        where s.role <> 'caseworker' or s.team <> c.team or (c.restricted and not s.id = any(c.visible_to))
        union all
        select format('7: task %s is open although its deadline is %s', t.id, d.state)
        from tasks t join deadlines d on d.id = t.deadline_id where t.state = 'open' and d.state in ('met', 'withdrawn')`,
  );
}
