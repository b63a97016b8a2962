import type { Database, Transaction } from '../../db/connect.ts';
import { columnsOf, readRow, runHot } from '../../db/hot-statement.ts';
import { tasks } from '../../db/schema/index.ts';
import { fitsShift, isLapsed, isOfPool, isOwn, isCovered, lastRankCovered, mayHave } from './eligible.ts';
import type { Puller } from './eligible.ts';
import { asked, askedBy, isInReach, rank, taken, workInOrder } from './order-statement.ts';
import type { QueuePosition } from './order-statement.ts';
import type { TaskRow } from './store.ts';
import { bands, type Band, type BandEdges } from './urgency.ts';

export type { QueuePosition };

/** A task in a queue, with the URN and the defendants of its case. */
export type QueueEntry = QueuePosition & {
  band: Band;
  task: TaskRow;
  urn: string | null;
  defendants: string[];
};
export type Counts = Record<Band, number>;
/** Tasks by band: what is a person's own, or held by them, and what else they may have. Null where it was not asked for. */
export type QueueCounts = { own: Counts; team: Counts | null };

/** Who reads a queue, as the access log has it. */
export type Reading = {
  viewer: string;
  /** How many of the tasks are shown: those beyond only say that there are more. */
  shown: number;
  route: string;
  requestId: string;
};

const taskColumns = columnsOf(tasks);
const names = taskColumns.map(({ name }) => `t.${name}`).join();

const pageAsks = `$17::int as wanted, $18::text as viewer, $19::text as route, $20::text as request_id,
  $21::boolean as count_team, $22::int as shown`;
const page = `with ${asked(pageAsks)}, ${taken},
  page as materialized (
    select w.*, row_number() over () as place from (${workInOrder}) w limit (select wanted from p)),
  shown as materialized (
    select page.place, page.rank, page.apart, ${names}, c.urn, array(
      select d.name from defendants d where d.case_id = t.case_id order by d.position) as defendants
    from p cross join page join tasks t on t.id = page.id left join cases c on c.id = t.case_id
    where t.visible_to = '{}' or p.viewer = any(t.visible_to)),
  logged as (
    insert into access_log (at, actor, case_ids, action, route, request_id)
    select hub_now(), p.viewer, s.ids, 'read', p.route, p.request_id from p
      cross join (select array_agg(distinct case_id) as ids from shown, p
        where case_id is not null and place <= p.shown) s
    where s.ids is not null),
  counted as (
    select own, rank, count(*)::int as many from (
      select true as own, ${rank} as rank from p cross join tasks t
      where t.state = 'open' and t.claimed_by is null and ${isOwn} and ${mayHave}
      union all select true, taken.rank from taken
      union all select false, ${rank} from p cross join tasks t
      where p.count_team and t.state = 'open' and t.claimed_by is null and ${isOfPool} and ${mayHave}
      union all select false, ${rank} from p cross join tasks t
      where p.count_team and t.state = 'open' and t.claimed_by is null and ${isCovered} and ${mayHave}
        and ${rank} <= ${lastRankCovered}) q group by 1, 2)
  select (select jsonb_agg(counted) from counted) as counts, s.*
  from (select) one left join shown s on true
  order by s.place`;

type PageRow = Record<string, unknown> & {
  counts: { own: boolean; rank: number; many: number }[] | null;
  id: string | null;
  rank: number;
  apart: number;
  urn: string | null;
  defendants: string[];
};

/**
 * A page of a person's queue in the order in which its tasks would be pulled, with those that they hold themselves and
 * those that their shift leaves no time for; how many there are of each band; and the access log. One statement.
 * @param how.after where the page before ended
 * @param how.countTeam whether what is not the person's own is counted too
 */
export async function readQueue(
  db: Database | Transaction,
  puller: Puller,
  edges: BandEdges,
  how: { limit: number; after?: QueuePosition | undefined; countTeam: boolean; reading: Reading },
): Promise<{ entries: QueueEntry[]; counts: QueueCounts }> {
  const { viewer, shown, route, requestId } = how.reading;
  const rows = await runHot<PageRow>(db, page, [
    ...askedBy(puller, edges, null, how.after),
    ...[how.limit, viewer, route, requestId, how.countTeam, shown],
  ]);
  const counted = rows[0]?.counts ?? [];
  const countsOf = (own: boolean) => {
    const counts = noCounts();
    for (const one of counted) if (one.own === own) counts[bands[one.rank] ?? 'later'] = one.many;
    return counts;
  };
  return {
    entries: rows.flatMap((row) => (row.id === null ? [] : [entryOf(row)])),
    counts: { own: countsOf(true), team: how.countTeam ? countsOf(false) : null },
  };
}

export function noCounts(): Counts {
  return { critical: 0, overdue: 0, today: 0, soon: 0, later: 0 };
}

function entryOf(row: PageRow): QueueEntry {
  const { rank: place, apart, urn, defendants } = row;
  const task = readRow<TaskRow>(taskColumns, row);
  const { id, consequence, dueAt, createdAt } = task;
  const band = bands[place] ?? 'later';
  return { rank: place, consequence, dueAt, createdAt, apart, id, band, task, urn, defendants };
}

const pool = `with ${asked('null as wanted')}
  select ${rank} as rank, count(*)::int as many from p cross join tasks t
  where t.state = 'open' and t.claimed_by is null and t.visible_to = '{}'
    and (t.deferred_until is null or t.deferred_until <= p.now)
    and ((${isOfPool}) or (${isCovered} and ${rank} <= ${lastRankCovered})) group by 1`;

/** How many tasks of each band the pool of a person's team has for anybody with their skills. */
export async function countPool(
  db: Database | Transaction,
  puller: Puller,
  edges: BandEdges,
): Promise<Counts> {
  const counts = noCounts();
  const rows = await runHot<{ rank: number; many: number }>(db, pool, askedBy(puller, edges, null));
  for (const { rank: place, many } of rows) counts[bands[place] ?? 'later'] = many;
  return counts;
}

/** How many tasks of one stretch may be locked by others before one of the next is taken. */
const mostPassedOver = 64;

const next = `with ${asked('$17::int as wanted')}, ${taken}
  select free.id from (${workInOrder}) s cross join p cross join lateral (
    select t.id from tasks t
    where t.id = s.id and t.state = 'open' and (t.claimed_by is null or ${isLapsed}) and ${isInReach} and ${fitsShift}
    limit 1 for update skip locked) free
  limit 1`;

/**
 * The id of the next task that nobody holds and that can be done before the shift ends, locked for the caller's
 * transaction; undefined where there is none. Who is away is given nothing.
 */
export async function lockNext(
  tx: Transaction,
  puller: Puller,
  edges: BandEdges,
): Promise<string | undefined> {
  if (puller.away !== null) return undefined;
  const asking = askedBy(puller, edges, puller.minutesLeft);
  const rows = await runHot<{ id: string }>(tx, next, [...asking, mostPassedOver]);
  return rows[0]?.id;
}
