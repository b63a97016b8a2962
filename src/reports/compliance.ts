import { sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { rules } from '../deadlines/rules/register.ts';
import { countsFor, mayBeNamedTo, type Period, type Viewer } from './quality-scope.ts';

/** What became of a duty to a person. `owed`: its time is still to come. */
export const dutyOutcomes = ['in-time', 'late', 'not-done', 'owed', 'stopped', 'withdrawn'] as const;
export type DutyOutcome = (typeof dutyOutcomes)[number];

/** How many duties of a kind there were, by what became of them. */
export type ComplianceRow = {
  team: string;
  month: string;
  rule: string;
  entitlement: string;
  counts: Record<DutyOutcome, number>;
};

/** One duty to one person. */
export type Duty = {
  id: string;
  caseId: string;
  urn: string;
  team: string;
  personId: string;
  rule: string;
  entitlement: string;
  due: string | null;
  doneOn: string | null;
  outcome: DutyOutcome;
  why: string | null;
  tries: number;
};

/** The rules by which something is owed to a victim or witness, and not by them. */
export const dutyRules: readonly string[] = [
  ...new Set(
    rules.filter(({ about, owner }) => about === 'person' && owner !== 'victim').map(({ id }) => id),
  ),
];

const outcome = sql`case
  when d.state = 'met' and (d.legal_due is null or d.met_on <= d.legal_due) then 'in-time'
  when d.state = 'met' then 'late'
  when ct.state = 'stopped' then 'stopped'
  when d.state = 'withdrawn' then 'withdrawn'
  when ct.state = 'not-made' or d.expires_at <= hub_now() then 'not-done'
  else 'owed' end`;

/** Why a duty was not done; null where it was or its time is still to come. */
const why = sql`case
  when d.state = 'met' then null
  when ct.state in ('stopped', 'not-made') then coalesce(ct.stopped_why, 'stopped')
  when d.state = 'withdrawn' then coalesce(d.ended_why, 'what it was about was taken back')
  when d.expires_at > hub_now() then null
  when given.note is not null then given.note
  when ct.id is null then 'nobody recorded that it was done'
  when tried.tries = 0 then 'nobody tried'
  else tried.tries || case when tried.tries = 1 then ' try' else ' tries' end || ' reached nobody, the last: ' || tried.last
  end`;

const month = sql`to_char(coalesce(d.legal_due, (d.created_at at time zone 'Europe/London')::date), 'YYYY-MM')`;

/** Duties that are due in a period, of the cases that count for a viewer, as SQL. */
function duties(viewer: Viewer, { from, to }: Period, team: string | undefined): SQL {
  const day = sql`coalesce(d.legal_due, (d.created_at at time zone 'Europe/London')::date)`;
  return sql`from deadlines d join cases c on c.id = d.case_id left join contacts ct on ct.id = d.id
    where d.person_id is not null and d.rule in ${dutyRules} and ${day} between ${from}::date and ${to}::date
      and ${countsFor(viewer)} ${team === undefined ? sql`` : sql`and c.team = ${team}`}`;
}

/** The duties of a period by team, month in which they were due, rule and entitlement. */
export async function readCompliance(
  db: Database,
  viewer: Viewer,
  query: Period & { team?: string | undefined },
): Promise<ComplianceRow[]> {
  const counts = dutyOutcomes.map(
    (one) => sql`count(*) filter (where o.outcome = ${one})::int as ${sql.identifier(one)}`,
  );
  const rows = await db.execute<Record<string, string | number>>(sql`
    select o.team, o.month, o.rule, o.entitlement, ${sql.join(counts, sql`, `)}
    from (select c.team, ${month} as month, d.rule, coalesce(ct.entitlement, 'standard') as entitlement,
      ${outcome} as outcome ${duties(viewer, query, query.team)}) o
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`);
  return rows.map((row) => ({
    team: String(row['team']),
    month: String(row['month']),
    rule: String(row['rule']),
    entitlement: String(row['entitlement']),
    counts: Object.fromEntries(dutyOutcomes.map((one) => [one, Number(row[one])])) as ComplianceRow['counts'],
  }));
}

/** The duties themselves, by when they were due, of cases that may be named to the viewer; `after` ends the page before. */
export async function readDuties(
  db: Database,
  viewer: Viewer,
  query: Period & { team?: string | undefined; outcome?: DutyOutcome | undefined; rule?: string | undefined },
  limit: number,
  after?: [due: string, id: string],
): Promise<Duty[]> {
  const due = sql`coalesce(d.legal_due, (d.created_at at time zone 'Europe/London')::date)`;
  const more = [
    query.outcome === undefined ? sql`` : sql`and ${outcome} = ${query.outcome}`,
    query.rule === undefined ? sql`` : sql`and d.rule = ${query.rule}`,
    after === undefined ? sql`` : sql`and (${due}, d.id) > (${after[0]}::date, ${after[1]}::uuid)`,
  ];
  const { from, to, team } = query;
  const rows = await db.execute<Duty>(sql`
    select f.*, ${why} as why, coalesce(tried.tries, 0)::int as tries
    from (
      select d.id as id, d.case_id as "caseId", c.urn, c.team, d.person_id as "personId", d.rule,
        coalesce(ct.entitlement, 'standard') as entitlement, ${due}::text as due, d.met_on::text as "doneOn",
        ${outcome} as outcome ${duties(viewer, { from, to }, team)} and ${mayBeNamedTo(viewer)}
        ${sql.join(more, sql` `)}
      order by ${due}, d.id limit ${limit}
    ) f join deadlines d on d.id = f.id left join contacts ct on ct.id = d.id
    left join lateral (
      select count(*) as tries, (array_agg(a.result order by a.at desc))[1] as last
      from contact_attempts a where a.contact_id = d.id
    ) tried on true
    left join lateral (
      select coalesce(t.note, t.outcome) as note from tasks t
      where t.case_id = d.case_id and t.state = 'done' and t.outcome <> 'met' and t.closed_at >= d.created_at
        and (t.deadline_id = d.id
          or t.kind = 'contact-failed' and t.subject ->> 'personId' = d.person_id::text)
      order by t.closed_at desc limit 1
    ) given on true
    order by f.due, f.id`);
  return [...rows];
}
