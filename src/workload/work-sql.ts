import { sql, type SQL } from 'drizzle-orm';
import type { CivilDate } from '../calendar/civil-date.ts';
import { consequences, type Rule } from '../deadlines/rule.ts';
import { conversationSource } from '../tasks/conversation-task.ts';
import { defaultMinutes } from '../tasks/effort.ts';

/**
 * All the work of the teams, as SQL: their open tasks, and what deadlines that are pending will make tasks of by a day.
 * Minutes are what the team has learned, else the default. Columns: `id`, `title`, `team`, `assignee`, `minutes`,
 * `due_at`, `rises_at`, `consequence`, `danger`, `always_critical`,
 * `chasing_failed`, `skills`, `case_id`, `visible_to`, `is_coming`.
 * @param rules every version of every rule, which say what a deadline takes
 */
export function allWork(rules: readonly Rule[], last: CivilDate): SQL {
  return sql`
    select t.id, t.title, t.team, t.assignee, coalesce(l.p50, t.effort_minutes)::int as minutes, t.due_at, t.rises_at,
      t.consequence, t.danger, t.always_critical, t.chasing_failed, t.skills, t.case_id, t.visible_to,
      false as is_coming
    from tasks t left join cases c on c.id = t.case_id
      left join learned_effort l on (l.team, l.kind, l.complexity) = (t.team, t.kind, coalesce(c.complexity, 'standard'))
    where t.state = 'open' and t.team in ('crime', 'traffic')
    union all
    select d.id, r.title, c.team, case when c.caseworker = any(c.barred) then null else c.caseworker end,
      coalesce(l.p50, (r.minutes ->> c.complexity)::int), due.at, 'infinity', r.consequence, r.danger, false,
      exists (select from material_requests f where f.case_id = c.id and f.state = 'outstanding' and f.failed_at is not null),
      c.skills, c.id, case when c.restricted then c.visible_to else '{}' end, true
    from deadlines d join cases c on c.id = d.case_id
      join jsonb_to_recordset(${JSON.stringify(rules.flatMap(taskOf))}::jsonb)
        r(rule text, version int, kind text, title text, minutes jsonb, consequence smallint, danger boolean,
          contact boolean)
        on (r.rule, r.version) = (d.rule, d.rule_version)
      left join learned_effort l on (l.team, l.kind, l.complexity) = (c.team, r.kind, c.complexity)
      cross join lateral (select coalesce(d.legal_due_at, (coalesce(d.action_due, d.legal_due) + 1)::timestamp
        at time zone 'Europe/London' - interval '1 millisecond') as at) due
    where d.state = 'pending' and due.at < (${last}::date + 1)::timestamp at time zone 'Europe/London'
      and not exists (select from tasks t where t.deadline_id = d.id and t.state <> 'cancelled')
      and not (r.contact and exists (select from tasks t where t.case_id = d.case_id and t.state = 'open'
        and t.source = ${conversationSource('')} || d.person_id))
      and not exists (select from contacts k where k.id = d.id and k.state = 'stopped')`;
}

function taskOf(rule: Rule) {
  if (rule.task.when === 'never') return [];
  const { kind, title, effortMinutes } = rule.task;
  const minutes = Object.fromEntries(
    (['simple', 'standard', 'complex'] as const).map((how) => [how, defaultMinutes(effortMinutes, how)]),
  );
  const consequence = consequences.indexOf(rule.consequence);
  // What a person is to be told is said in the talk that they are owed, where there is one.
  const contact = rule.contact !== undefined;
  const { id, version, danger } = rule;
  return [{ rule: id, version, kind, title, minutes, consequence, danger, contact }];
}

/** Whether work of a restricted case is hidden from somebody, over `work t`. */
export function isHiddenFrom(viewer: string): SQL<boolean> {
  return sql<boolean>`(t.visible_to <> '{}' and not ${viewer} = any(t.visible_to))`;
}
