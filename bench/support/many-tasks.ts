import type { Sql } from '../../db/connect.ts';

/** Whoever pulls in a benchmark: some have work of their own, the others live on the pool of their team. */
export type Pullers = { withOwn: string[]; ofPool: string[] };

const pullers = 200;
const fromPoolAlone = 40;
const tasksOfCase = 6;
/**
 * A large caseload: 320 open tasks for each of 2,500 caseworkers, and a fifth of all in the pools of two teams. Beyond a
 * million tasks there are more people and not more work for each.
 */
const caseworkersAtMost = 2_500;
const tasksOfCaseworker = 80;
const mostTasksOfCaseworker = 400;

const team = (n: string) => `case when ${n} % 2 = 0 then 'crime' else 'traffic' end`;

/**
 * Plants open tasks by the million: cases, officers, two teams, trained and untrained caseworkers; restricted cases,
 * conflicts of interest, work put off, chasing that failed. What is caseworkers' own is mostly overdue, what is in the pools
 * is not, so that whoever has work of their own is given that.
 */
export async function plantManyTasks(sql: Sql, many: number): Promise<Pullers> {
  const largest = Math.max(caseworkersAtMost, Math.round(many / mostTasksOfCaseworker));
  const caseworkers = Math.max(pullers, Math.min(largest, Math.round(many / tasksOfCaseworker)));
  const cases = Math.ceil(many / tasksOfCase);
  await sql.unsafe(`select setseed(0.42);
    insert into staff (id, name, role, team, email)
      select 'bw-' || n, 'Bench ' || n, 'caseworker', ${team('n')}, 'bw-' || n || '@hub.invalid'
      from generate_series(1, ${caseworkers}) n
      union all select 'bp-' || n, 'Bench ' || n, 'caseworker', ${team('n')}, 'bp-' || n || '@hub.invalid'
      from generate_series(1, ${fromPoolAlone}) n;
    insert into attendance (staff_id, skills, changed_by, changed_at)
      select 'bw-' || n, case n % 4 when 0 then '{youth}'::text[] else '{youth,domestic-abuse}' end, 'bench', now()
      from generate_series(${pullers + 1}, ${caseworkers}) n where n % 2 = 0;
    insert into cases (id, urn, kind, officer, caseworker, team, defendant_names, received_at, created_at, created_by)
      select gen_random_uuid(), (10 + n / 100000)::text || 'BN' || lpad((n % 100000)::text, 5, '0') || '26', t,
        'PC' || 1001 + n % 20, 'bw-' || owner, t,
        array(select 'Bench ' || n || '-' || d from generate_series(1, case when n % 4 = 0 then 2 else 1 end) d),
        now() - interval '30 days', now() - interval '30 days', 'bench'
      from (select n, owner, ${team('coalesce(owner, n)')} as t from (
        select n, nullif(greatest(n % ${Math.round(caseworkers * 1.25)} + 1 - ${Math.round(caseworkers * 0.25)}, 0), 0) as owner
        from generate_series(1, ${cases}) n) owned) placed;
    insert into defendants (id, case_id, position, name)
      select gen_random_uuid(), c.id, d.nth - 1, d.name from cases c, unnest(c.defendant_names) with ordinality d(name, nth)
      where c.created_by = 'bench';
    insert into tasks (id, kind, title, case_id, source, subject, why, team, assignee, consequence, danger, always_critical,
        due_at, effort_minutes, created_at, rises_at, skills, custody, barred, visible_to, deferred_until, chasing_failed)
      select gen_random_uuid(), 'court-trigger', 'Planted for measuring', c.id, 'bench:' || k, '{}',
        '["Planted for measuring"]', c.team, c.caseworker, x, x = 0 and danger < 0.5, x = 0 and danger < 0.01,
        date_trunc('day', now()) + make_interval(days => case when c.caseworker is null then 2 + (due * 60)::int
          else (due * 34)::int - 20 end) - interval '1 millisecond',
        20, now() - age * interval '1 day',
        date_trunc('day', now() - age * interval '1 day') + make_interval(days => 1 + (array[5, 7, 5, 10, 15])[x + 1]),
        case when n % 20 = 0 then '{youth}'::text[] when n % 50 = 1 then '{domestic-abuse}' else '{}' end,
        n % 17 = 0, case when n % 200 = 3 then '{bp-1}'::text[] else '{}' end,
        case when n % 100 = 7 then array[coalesce(c.caseworker, 'sr-1')] else '{}' end,
        case when later < 0.05 then now() + due * interval '30 days' end, n % 100 = 11
      from (select *, row_number() over () as n from cases where created_by = 'bench') c,
        generate_series(1, ${tasksOfCase}) k,
        lateral (select (array[0,1,1,1,1,2,2,2,2,2,3,3,3,3,3,3,4,4,4,4])[1 + floor(random() * 20 + c.n * 0)::int] as x,
          random() as danger, random() as due, random() * 30 as age, random() as later, c.n + k as each) r;
    analyze;`);
  return {
    withOwn: Array.from({ length: pullers - fromPoolAlone }, (_, i) => `bw-${i + 1}`),
    ofPool: Array.from({ length: fromPoolAlone }, (_, i) => `bp-${i + 1}`),
  };
}
