import { sql, type SQL } from 'drizzle-orm';

/** Who asks: caseworkers have the figures of their team's cases, the others those of all. */
export type Viewer = { id: string; role: string; team: string | null };

/** Civil dates, both included. */
export type Period = { from: string; to: string };

/** Cases whose files count for a viewer, as SQL over `cases c`. Restricted ones count, and are named to few. */
export function countsFor(viewer: Viewer): SQL {
  return viewer.role === 'caseworker'
    ? sql`(c.team = ${viewer.team} or (c.restricted and ${viewer.id} = any(c.visible_to)))`
    : sql`true`;
}

/** Cases that may be named to a viewer, as SQL over `cases c`. */
export function mayBeNamedTo(viewer: Viewer): SQL {
  return sql`(not c.restricted or ${viewer.id} = any(c.visible_to))`;
}

/** Whether an event stands, as SQL over `case_events <alias>`: what was corrected or taken back does not count. */
export function inForce(alias: string): SQL {
  const event = sql.raw(alias);
  return sql`not exists (select 1 from case_events later where later.supersedes = ${event}.id)`;
}

/**
 * Who had the case when, of cases that changed hands, as the common table expression `had`: a file that was handed over
 * tells of whoever had it then.
 */
const had = sql`
  changes as (
    select distinct on (x.case_id, x.happened_on) x.case_id, x.data ->> 'officer' as officer, x.happened_on
    from case_events x where x.type = 'officer-changed' and ${inForce('x')}
    order by x.case_id, x.happened_on, x.happened_at desc nulls last, x.seq desc
  ),
  had as materialized (
    select h.case_id, h.officer, h.since, lead(h.since) over (partition by h.case_id order by h.since) as until
    from (
      select case_id, officer, happened_on as since from changes
      union all
      select e.case_id, e.data ->> 'officer', '-infinity'::date from case_events e
      where e.seq = 1 and e.case_id in (select case_id from changes)
    ) h
  )`;

/** The officer in the case on a day, as SQL over `cases c` with `joinOfficer`. */
const officer = sql`coalesce(had.officer, c.officer)`;

function joinOfficer(day: SQL): SQL {
  return sql`left join had on had.case_id = c.id and had.since <= ${day} and (had.until is null or ${day} < had.until)`;
}

/**
 * The file checks of a period, of which the first of a first file and of an upgrade file are each a first check, and
 * every defect that they or later rejections named, as common table expressions `checks` and `defects`, each with the
 * officer who had the file.
 */
export function checksAndDefects(viewer: Viewer, { from, to }: Period): SQL {
  return sql`${had},
    checks as materialized (
      select k.id, k.case_id, k.happened_on, k.seq, k.data, k.is_first, ${officer} as officer
      from (
        select e.id, e.case_id, e.happened_on, e.seq, e.data, row_number() over (
          partition by e.case_id, coalesce(e.data ->> 'of', 'first')
          order by e.happened_on, e.happened_at nulls first, e.seq) = 1 as is_first
        from case_events e
        where e.type = 'file-checked' and e.happened_on <= ${to}::date and ${inForce('e')}
          and e.case_id in (select p.case_id from case_events p
            where p.type = 'file-checked' and p.happened_on between ${from}::date and ${to}::date)
      ) k join cases c on c.id = k.case_id ${joinOfficer(sql`k.happened_on`)}
      where k.happened_on >= ${from}::date and ${countsFor(viewer)}
    ),
    defects as materialized (
      select k.id as event_id, k.case_id, k.happened_on, k.seq, k.officer,
        d.value ->> 'code' as code, d.value ->> 'material' as material, d.value ->> 'note' as note, d.position
      from checks k
      cross join lateral jsonb_array_elements(coalesce(k.data -> 'defects', '[]')) with ordinality d(value, position)
      where k.data ->> 'result' = 'rejected'
      union all
      select e.id, e.case_id, e.happened_on, e.seq, ${officer}, e.data ->> 'code', r.material,
        e.data ->> 'note', 1
      from case_events e join cases c on c.id = e.case_id ${joinOfficer(sql`e.happened_on`)}
      left join material_requests r on r.case_id = e.case_id and r.key = e.data ->> 'request'
      where e.type = 'material-rejected' and e.happened_on between ${from}::date and ${to}::date
        and ${inForce('e')} and ${countsFor(viewer)}
    )`;
}

/**
 * `came`: what was received, against the day last agreed. It came when the officer said that it was sent, where that was
 * said since it was last rejected: that a caseworker confirmed it later is not the officer's doing. `chased`: every
 * chaser; `asked`: every request that was, with the last answer since. After `checksAndDefects`.
 */
export function lateAndChased(viewer: Viewer, { from, to }: Period): SQL {
  const chasedOn = sql`(h.at at time zone 'Europe/London')::date`;
  return sql`
    answers as materialized (
      select a.case_id, a.data ->> 'request' as key, a.data ->> 'answer' as answer, a.happened_on, a.seq
      from case_events a where a.type = 'officer-answered' and ${inForce('a')}
    ),
    last_rejected as materialized (
      select j.case_id, j.data ->> 'request' as key, max(j.seq) as seq
      from case_events j where j.type = 'material-rejected' and ${inForce('j')} group by 1, 2
    ),
    came as (
      select r.officer, e.happened_on as day,
        greatest(0, least(e.happened_on, min(s.happened_on)) - r.due_on) as late
      from case_events e join cases c on c.id = e.case_id
      join material_requests r on r.closed_by = e.id and r.state = 'received'
      left join last_rejected l on l.case_id = r.case_id and l.key = r.key
      left join answers s on s.case_id = r.case_id and s.key = r.key and s.answer = 'sent'
        and s.seq < e.seq and s.seq > coalesce(l.seq, 0)
      where e.type = 'material-received' and e.happened_on between ${from}::date and ${to}::date
        and ${inForce('e')} and ${countsFor(viewer)}
      group by e.id, r.id
    ),
    chased as materialized (
      select h.request_id, r.case_id, r.key, h.level, ${chasedOn} as day, ${officer} as officer
      from chasers h join material_requests r on r.id = h.request_id join cases c on c.id = r.case_id
      ${joinOfficer(chasedOn)}
      where h.level <> 'caseworker' and h.at >= (${from}::date)::timestamp at time zone 'Europe/London'
        and h.at < (${to}::date + 1)::timestamp at time zone 'Europe/London' and ${countsFor(viewer)}
    ),
    asked as (
      select distinct on (f.request_id, f.officer) f.officer, f.day, a.answer
      from (select request_id, case_id, key, officer, min(day) as day from chased group by 1, 2, 3, 4) f
      left join answers a on a.case_id = f.case_id and a.key = f.key and a.happened_on >= f.day
      order by f.request_id, f.officer, a.happened_on desc nulls last, a.seq desc nulls last
    )`;
}
