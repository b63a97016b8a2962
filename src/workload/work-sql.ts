import { sql, type SQL } from 'drizzle-orm';
import type { CivilDate } from '../calendar/civil-date.ts';
import { consequences, type Rule } from '../deadlines/rule.ts';
import { conversationSource } from '../tasks/conversation-task.ts';
import { complexities, usualShares } from '../tasks/effort.ts';

/**
 * All the work of the teams, as SQL: their open tasks, and what deadlines that are pending will make tasks of by a day.
 * `minutes` are what the team has learned, else what it or the force has set, else the default; `cautious_minutes` those
 * within which four in five are done. Before `released_at` it is not to be seen: a task that is put off, a deadline
 * whose first alert is to come. `covered_for` is whoever is away, where another has it meanwhile. Columns beside: `id`,
 * `title`, `team`, `assignee`, `due_at`, `rises_at`, `consequence`, `danger`, `always_critical`, `chasing_failed`,
 * `skills`, `case_id`, `visible_to`, `is_coming`.
 * @param rules every version of every rule, which say what a deadline takes
 */
export function allWork(rules: readonly Rule[], last: CivilDate): SQL {
  const cautious = sql`greatest(w.minutes, coalesce(w.p80, ceil(w.minutes * k.cautious / 100.0)))::int`;
  return sql`
    select w.*, ${cautious} as cautious_minutes from (
      select t.id, t.title, t.team, t.assignee, coalesce(l.p50, t.effort_minutes)::int as minutes, l.p80, t.due_at,
        t.rises_at, t.consequence, t.danger, t.always_critical, t.chasing_failed, t.skills, t.case_id, t.visible_to,
        false as is_coming, t.deferred_until as released_at,
        case when t.assignee = v.covered_by then v.absent end as covered_for
      from tasks t left join cases c on c.id = t.case_id
        left join case_covers v on v.case_id = t.case_id and v.ended_at is null
        left join (${knownMinutes}) l
          on (l.team, l.kind, l.complexity) = (t.team, t.kind, coalesce(c.complexity, 'standard'))
      where t.state = 'open' and t.team in ('crime', 'traffic')
      union all
      select d.id, r.title, c.team, case when who.id = any(c.barred) then null else who.id end,
        coalesce(l.p50, greatest(1, round(r.minutes * case c.complexity when 'standard' then 100
          when 'simple' then k.simple else k.complex end / 100.0)))::int, l.p80, due.at,
        'infinity', r.consequence, r.danger, false,
        exists (select from material_requests f where f.case_id = c.id and f.state = 'outstanding' and f.failed_at is not null),
        c.skills, c.id, case when c.restricted then c.visible_to else '{}' end, true,
        (select min(a.fire_at) from alerts a
          where a.obligation_id = d.id and a.version = d.version and a.state = 'pending'),
        case when who.id = v.covered_by then v.absent end
      from deadlines d join cases c on c.id = d.case_id
        join jsonb_to_recordset(${JSON.stringify(rules.flatMap(taskOf))}::jsonb)
          r(rule text, version int, kind text, title text, minutes int, consequence smallint, danger boolean,
            contact boolean)
          on (r.rule, r.version) = (d.rule, d.rule_version)
        left join (${knownMinutes}) l on (l.team, l.kind, l.complexity) = (c.team, r.kind, c.complexity)
        cross join (${sharesSet}) k
        cross join lateral (select coalesce(d.legal_due_at, (coalesce(d.action_due, d.legal_due) + 1)::timestamp
          at time zone 'Europe/London' - interval '1 millisecond') as at) due
        left join case_covers v on v.case_id = c.id and v.ended_at is null
        cross join lateral (select case when c.caseworker = v.absent and ${isCovered}
          then v.covered_by else c.caseworker end as id) who
      where d.state = 'pending' and due.at < (${last}::date + 1)::timestamp at time zone 'Europe/London'
        and not exists (select from tasks t where t.deadline_id = d.id and t.state <> 'cancelled')
        and not (r.contact and exists (select from tasks t where t.case_id = d.case_id and t.state = 'open'
          and t.source = ${conversationSource('')} || d.person_id))
        and not exists (select from contacts k where k.id = d.id and k.state = 'stopped')
    ) w cross join (${sharesSet}) k`;
}

/** Whoever covers does what falls due in the days of the absence, and what is overdue in them. */
const isCovered = sql`(due.at at time zone 'Europe/London')::date <= v.to_date
  and ((due.at at time zone 'Europe/London')::date >= v.from_date
    or (hub_now() at time zone 'Europe/London')::date >= v.from_date)`;

/** What is known of how long a kind of work takes: learned by the team, else set by it, else set by the force. */
const knownMinutes = sql`
  select distinct on (team, kind, complexity) team, kind, complexity, p50, p80 from (
    select team, kind, complexity, p50, p80, 0 as rank from learned_effort
    union all
    select o.team, m.kind, x.complexity, x.minutes, null, case s.scope when 'hub' then 2 else 1 end
    from planning_settings s join (values ('crime'), ('traffic')) o(team) on s.scope in (o.team, 'hub')
      cross join jsonb_to_recordset(s.value -> 'minutes') m(kind text, simple int, standard int, complex int)
      cross join lateral (values ${sql.raw(complexities.map((how) => `('${how}', m.${how})`).join())}) x(complexity, minutes)
    where s.name = 'effort') known
  order by team, kind, complexity, rank`;

/** The shares that the force has set, or the hub's, in one row. */
const sharesSet = sql`select ${sql.raw(
  Object.entries(usualShares)
    .map(([share, usual]) => `coalesce(max((value #>> '{shares,${share}}')::int), ${usual}) as ${share}`)
    .join(),
)} from planning_settings where name = 'effort' and scope = 'hub'`;

function taskOf(rule: Rule) {
  if (rule.task.when === 'never') return [];
  const { kind, title, effortMinutes } = rule.task;
  const consequence = consequences.indexOf(rule.consequence);
  // What a person is to be told is said in the talk that they are owed, where there is one.
  const contact = rule.contact !== undefined;
  const { id, version, danger } = rule;
  return [{ rule: id, version, kind, title, minutes: effortMinutes, consequence, danger, contact }];
}

/** Whether work of a restricted case is hidden from somebody, over `work t`. */
export function isHiddenFrom(viewer: string): SQL<boolean> {
  return sql<boolean>`(t.visible_to <> '{}' and not ${viewer} = any(t.visible_to))`;
}
