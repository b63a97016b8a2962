import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import type { Counts } from './quality-figures.ts';
import { checksAndDefects, lateAndChased, mayBeNamedTo, type Period, type Viewer } from './quality-scope.ts';

/** By what the figures are grouped. */
export const groupings = ['officer', 'station', 'month', 'officer-month', 'station-month'] as const;
export type Grouping = (typeof groupings)[number];

/** What a row of the report is of; what it is not grouped by is empty. `month` is written 2026-06. */
export type GroupKey = { officer: string; station: string; month: string };
export type QualityRow = GroupKey & { counts: Counts };

export type QualityQuery = Period & {
  by: Grouping;
  officer?: string | undefined;
  station?: string | undefined;
};

/**
 * The counts of a period by officer, station or month, in order of the alphabet. Each row is of the day on which the
 * thing happened, and of the officer who had the case then.
 * @param after where the page before ended
 * @param limit all of them without
 */
export async function readQuality(
  db: Database | Transaction,
  viewer: Viewer,
  query: QualityQuery,
  limit?: number,
  after?: GroupKey,
): Promise<QualityRow[]> {
  const { by, officer, station } = query;
  const key = (isIn: boolean, column: string) => (isIn ? sql.raw(column) : sql`''::text`);
  const keys = {
    officer: key(by.startsWith('officer'), 'm.officer'),
    station: key(by !== 'month', "coalesce(o.station, '')"),
    month: key(by.endsWith('month'), "to_char(m.day, 'YYYY-MM')"),
  };
  const rows = await db.execute<GroupKey & { counts: Counts }>(sql`
    with ${checksAndDefects(viewer, query)}, ${lateAndChased(viewer, query)},
    measures as (${measures}),
    sums as (
      select ${keys.officer} as officer, ${keys.station} as station, ${keys.month} as month, m.measure, sum(m.n)::int as n
      from measures m left join officers o on o.collar = m.officer
      where ${officer === undefined ? sql`true` : sql`m.officer = ${officer}`}
        and ${station === undefined ? sql`true` : sql`o.station = ${station}`}
      group by 1, 2, 3, 4
    )
    select officer, station, month, jsonb_object_agg(measure, n) as counts from sums
    where ${after === undefined ? sql`true` : sql`(station, officer, month) > (${after.station}, ${after.officer}, ${after.month})`}
    group by station, officer, month order by station, officer, month
    ${limit === undefined ? sql`` : sql`limit ${limit}`}`);
  return [...rows];
}

const measures = sql`
  select officer, happened_on as day, 'checks' as measure, 1 as n from checks
  union all select officer, happened_on, 'accepted', 1 from checks where data ->> 'result' = 'accepted'
  union all select officer, happened_on, 'first-checks', 1 from checks where is_first
  union all select officer, happened_on, 'first-accepted', 1 from checks
    where is_first and data ->> 'result' = 'accepted'
  union all select officer, happened_on, 'defect:' || code, 1 from defects
  union all select officer, day, 'received', 1 from came
  union all select officer, day, 'received-late', 1 from came where late > 0
  union all select officer, day, 'days-late', late from came where late > 0
  union all select officer, day, 'chaser-' || level, 1 from chased
  union all select officer, day, 'asked', 1 from asked
  union all select officer, day, 'answer-' || answer, 1 from asked where answer is not null`;

/** One defect, and in which file it was. */
export type DefectRow = {
  caseId: string;
  /** Null where the case may not be named to the viewer. */
  urn: string | null;
  on: string;
  isOfCheck: boolean;
  code: string;
  material: string | null;
  note: string | null;
};

/** Every defect of an officer's files in a period, the newest first, and in how many files there could have been one. */
export async function readDefects(
  db: Database | Transaction,
  viewer: Viewer,
  officer: string,
  period: Period,
): Promise<{ defects: DefectRow[]; files: number }> {
  const [row] = await db.execute<{ files: number; defects: DefectRow[] }>(sql`
    with ${checksAndDefects(viewer, period)}
    select (select count(distinct f.case_id)::int from (
        select case_id, officer from checks union select case_id, officer from defects) f
      where f.officer = ${officer}) as files,
      coalesce((select jsonb_agg(jsonb_build_object('caseId', d.case_id, 'code', d.code, 'on', d.happened_on,
          'urn', case when ${mayBeNamedTo(viewer)} then c.urn end, 'material', d.material,
          'note', case when ${mayBeNamedTo(viewer)} then d.note end,
          'isOfCheck', exists (select 1 from checks k where k.id = d.event_id))
          order by d.happened_on desc, d.seq desc, d.event_id, d.position)
        from defects d join cases c on c.id = d.case_id where d.officer = ${officer}), '[]') as defects`);
  return row ?? { defects: [], files: 0 };
}

/** In how many files of a station, and of the force, a reason stood, of how many. */
export type StationDefect = {
  station: string;
  code: string;
  files: number;
  of: number;
  forceFiles: number;
  forceOf: number;
};

/** Every reason at every station, against the force, in a period. */
export async function readStationDefects(
  db: Database | Transaction,
  viewer: Viewer,
  period: Period,
): Promise<StationDefect[]> {
  const rows = await db.execute<StationDefect>(sql`
    with ${checksAndDefects(viewer, period)},
    files as (
      select distinct f.case_id, coalesce(o.station, '') as station
      from (select case_id, officer from checks union select case_id, officer from defects) f
      left join officers o on o.collar = f.officer
    ),
    wrong as (
      select distinct d.case_id, coalesce(o.station, '') as station, d.code
      from defects d left join officers o on o.collar = d.officer
    )
    select w.station, w.code, count(*)::int as files, s.n as "of",
      f.n as "forceFiles", (select count(distinct case_id)::int from files) as "forceOf"
    from wrong w
    join (select station, count(*)::int as n from files group by 1) s on s.station = w.station
    join (select code, count(distinct case_id)::int as n from wrong group by 1) f on f.code = w.code
    group by w.station, w.code, s.n, f.n order by w.station, w.code`);
  return [...rows];
}
