import { sql } from 'drizzle-orm';
import type { Asked } from './evidence.ts';
import { sentences } from './sentences.ts';

/** A sweep of a quiet machine, and two seconds. */
const bound = sql`interval '17 seconds'`;

/** Invariants 3 to 6 and 18: each step fires once, in time, never early, and never in an old version. */
export async function alertProblems(db: Asked): Promise<string[]> {
  const constraint = await db.execute(sql`
    select 1 from pg_constraint where conrelid = 'alerts'::regclass and contype = 'u'
      and pg_get_constraintdef(oid) = 'UNIQUE (obligation_id, version, step)'`);
  return [
    ...(constraint.length === 1 ? [] : ['3: no constraint keeps a step of an obligation from firing twice']),
    ...(await sentences(
      db,
      sql`select format('3: step %s of obligation %s, version %s, is there %s times', step, obligation_id, version, count(*))
          from alerts group by obligation_id, version, step having count(*) > 1`,
    )),
    ...(await sentences(
      db,
      sql`select format('4: alert %s was due at %s and fired at %s', id, fire_at, coalesce(fired_at::text, 'no time'))
          from alerts where state = 'fired' and (fired_at is null or fired_at < fire_at)
          union all
          select format('4: alert %s is %s and has a time of firing', id, state) from alerts
          where state <> 'fired' and fired_at is not null`,
    )),
    ...(await sentences(
      db,
      sql`select format('5: alert %s (%s) was due at %s and is pending', id, step, fire_at) from alerts
          where state = 'pending' and fire_at < (select hub_now()) - ${bound}`,
    )),
    ...(await firedInOldVersions(db)),
    ...(await sentences(
      db,
      sql`select format('18: of class %s, %s alerts were made and %s are accounted for', class, count(*),
            count(*) filter (where state in ('fired', 'superseded', 'withdrawn', 'pending', 'quarantined')))
          from alerts group by class
          having count(*) <> count(*) filter (where state in ('fired','superseded','withdrawn','pending','quarantined'))
          union all
          select format('18: alert %s is quarantined, and no task was made of it', a.id) from alerts a
          where a.state = 'quarantined'
            and not exists (select 1 from tasks t where t.source = 'quarantined:' || a.id)`,
    )),
  ];
}

/**
 * An alert fires for the version that stands. What stood then is read from the history for deadlines, and for requests
 * from the alerts of later versions and from when they were closed; a pending alert is one of what stands now.
 */
async function firedInOldVersions(db: Asked): Promise<string[]> {
  return sentences(
    db,
    sql`select format('6: alert %s of deadline %s fired in version %s after %s of version %s', a.id, a.obligation_id,
          a.version, last.action, last.detail->>'version')
        from alerts a join lateral (
          select h.action, h.detail from history h
          where h.entity = 'deadline' and h.entity_id = a.obligation_id::text and h.at < a.fired_at
          order by h.id desc limit 1) last on true
        where a.state = 'fired' and a.class <> 'chasers'
          and (last.action not in ('deadline-added', 'deadline-moved') or (last.detail->>'version')::int <> a.version)
        union all
        select format('6: chaser alert %s fired in version %s of request %s although there was a later one', a.id,
          a.version, a.obligation_id)
        from alerts a where a.state = 'fired' and a.class = 'chasers' and exists (
          select 1 from alerts b where b.obligation_id = a.obligation_id and b.version > a.version
            and b.created_at < a.fired_at)
        union all
        select format('6: chaser alert %s fired although request %s was %s', a.id, r.id, r.state)
        from alerts a join material_requests r on r.id = a.obligation_id
        where a.state = 'fired' and a.version = r.version and r.state <> 'outstanding' and r.changed_at < a.fired_at
        union all
        select format('6: alert %s is pending for version %s of a deadline that is %s in version %s', a.id, a.version,
          d.state, d.version)
        from alerts a join deadlines d on d.id = a.obligation_id
        where a.state = 'pending' and (d.version <> a.version or d.state <> 'pending')
        union all
        select format('6: alert %s is pending for version %s of a request that is %s in version %s', a.id, a.version,
          r.state, r.version)
        from alerts a join material_requests r on r.id = a.obligation_id
        where a.state = 'pending' and (r.version <> a.version or r.state <> 'outstanding')`,
  );
}
