import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { countsFor, inForce, type Period, type Viewer } from './quality-scope.ts';

/** By what chasers are counted. */
export const chaserGroupings = ['level', 'station', 'month'] as const;
export type ChaserGrouping = (typeof chaserGroupings)[number];

/**
 * Chasers that were sent, by what came of each before the next one: what the officer answered, that the material came
 * without an answer, or nothing.
 */
export type ChaserRow = {
  key: string;
  sent: number;
  saidSent: number;
  saidLate: number;
  notMine: number;
  cannot: number;
  came: number;
};

const keys: Record<ChaserGrouping, ReturnType<typeof sql>> = {
  level: sql`f.level`,
  station: sql`coalesce(o.station, '')`,
  month: sql`to_char(f.at at time zone 'Europe/London', 'YYYY-MM')`,
};

/** The chasers of a period. Each is of the officer who owed the material, whoever was told. */
export async function readChasers(
  db: Database,
  viewer: Viewer,
  query: Period & { by: ChaserGrouping; team?: string | undefined },
): Promise<ChaserRow[]> {
  const { from, to, by, team } = query;
  const answered = (one: string) => sql`count(*) filter (where f.came_of = ${one})::int`;
  const rows = await db.execute<ChaserRow>(sql`
    with sent as (
      select h.request_id, h.level, h.at, r.case_id, r.key, r.officer, r.closed_by,
        lead(h.at, 1, 'infinity') over (partition by h.request_id order by h.at, h.id) as until
      from chasers h join material_requests r on r.id = h.request_id join cases c on c.id = r.case_id
      where h.level <> 'caseworker' and ${countsFor(viewer)}
        ${team === undefined ? sql`` : sql`and c.team = ${team}`}
    ),
    followed as (
      select s.*, coalesce(
        (select e.data ->> 'answer' from case_events e
          where e.case_id = s.case_id and e.type = 'officer-answered' and e.data ->> 'request' = s.key
            and e.recorded_at >= s.at and e.recorded_at < s.until and ${inForce('e')}
          order by e.recorded_at desc, e.seq desc limit 1),
        (select 'came' from case_events e
          where e.id = s.closed_by and e.type = 'material-received'
            and e.recorded_at >= s.at and e.recorded_at < s.until)) as came_of
      from sent s
      where s.at >= (${from}::date)::timestamp at time zone 'Europe/London'
        and s.at < (${to}::date + 1)::timestamp at time zone 'Europe/London'
    )
    select ${keys[by]} as key, count(*)::int as sent, ${answered('sent')} as "saidSent",
      ${answered('late')} as "saidLate", ${answered('not-mine')} as "notMine", ${answered('cannot')} as cannot,
      ${answered('came')} as came
    from followed f left join officers o on o.collar = f.officer group by 1 order by 1`);
  return [...rows];
}
