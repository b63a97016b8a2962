import type { Database, Transaction } from '../../db/connect.ts';
import { runHot, runHotForValues } from '../../db/hot-statement.ts';
import { poolToCount } from './count-pool.ts';
import { fitsShift, isLapsed, type Puller } from './eligible.ts';
import { asked, askedBy, isInReach, mine, onceForEachShape, taken, workInOrder } from './order-statement.ts';
import type { QueuePosition, Shape } from './order-statement.ts';
import { readShownTasks, type Shown, type Written } from './shown-tasks.ts';
import { bands, type Band, type BandEdges } from './urgency.ts';

export type { QueuePosition };

/** A task in a queue, with the URN and the defendants of its case. */
export type QueueEntry = QueuePosition & Shown & { band: Band };
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

/** How many rows there are of each rank, as one text such as `{1,0,3,0,7}`. */
const byRank = `array[${bands.map((_, place) => `count(*) filter (where q.rank = ${place})`).join()}]::text`;

const pageAsks = 'wanted int, viewer text, route text, request_id text, shown int';

const pageOf = (shape: Shape, countTeam: boolean) => `with ${asked(pageAsks)}, ${taken(shape)}, ${mine},
  page as materialized (
    select w.*, row_number() over () as place from (${workInOrder(shape)}) w limit (select wanted from p)),
  shown as materialized (
    select page.* from p cross join page
    where p.viewer = p.me or visible_to = '{}' or p.viewer = any(visible_to)),
  logged as (
    insert into access_log (at, actor, case_ids, action, route, request_id)
    select hub_now(), p.viewer, s.ids, 'read', p.route, p.request_id from p
      cross join (select array_agg(distinct case_id) as ids from shown, p
        where case_id is not null and place <= p.shown) s
    where s.ids is not null)
  select (select ${byRank} from mine q) as counts_own,
    ${countTeam ? `(select ${byRank} from (${poolToCount(shape)}) q)` : 'null'} as counts_team,
    (select string_agg(concat_ws(' ', rank, apart, id, writer), ',' order by place) from shown) as listed`;
const pageCounting = onceForEachShape((shape) => pageOf(shape, true));
const pageAlone = onceForEachShape((shape) => pageOf(shape, false));

/** The page as one text: `rank apart id writer` of each task in order, with commas between them. Null where it is empty. */
type PageRow = [own: string, team: string | null, listed: string | null];

/**
 * A page of a person's queue in the order in which its tasks would be pulled, with those that they hold themselves and
 * those that their shift leaves no time for; how many there are of each band; and the access log. One statement, and
 * one more where a task is shown that this process has not shown before as it is now.
 * @param how.after where the page before ended
 * @param how.countTeam whether what is not the person's own is counted too
 */
export async function readQueue(
  db: Database,
  puller: Puller,
  edges: BandEdges,
  how: { limit: number; after?: QueuePosition | undefined; countTeam: boolean; reading: Reading },
): Promise<{ entries: QueueEntry[]; counts: QueueCounts }> {
  const { viewer, shown, route, requestId } = how.reading;
  const more = { wanted: how.limit, viewer, route, request_id: requestId, shown };
  const asking = askedBy(puller, edges, { after: how.after, more });
  const shape = { covers: puller.covers, limited: false, goesOn: how.after !== undefined, counts: true };
  const [row] = await runHotForValues<PageRow>(db, (how.countTeam ? pageCounting : pageAlone)(shape), asking);
  const [own, team = null, page = null] = row ?? [];
  const listed = listedIn(page);
  const tasks = await readShownTasks(db, listed);
  return {
    entries: listed.flatMap((one) => {
      const shownOne = tasks.get(one.id);
      return shownOne === undefined ? [] : [entryOf(one, shownOne)];
    }),
    counts: { own: countsIn(own), team: team === null ? null : countsIn(team) },
  };
}

/** Counts by rank as `byRank` writes them. */
function countsIn(written = '{}'): Counts {
  const counts = noCounts();
  for (const [place, many] of written.slice(1, -1).split(',').entries())
    counts[bands[place] ?? 'later'] = Number(many);
  return counts;
}

export function noCounts(): Counts {
  return { critical: 0, overdue: 0, today: 0, soon: 0, later: 0 };
}

export function addCounts(a: Counts, b: Counts): Counts {
  const counts = noCounts();
  for (const band of bands) counts[band] = a[band] + b[band];
  return counts;
}

/** What `listed` says of a task. */
type Listed = Written & { rank: number; apart: number };

function listedIn(written: string | null): Listed[] {
  if (written === null) return [];
  return written.split(',').map((one) => {
    const [rank, apart, id = '', writer = ''] = one.split(' ');
    return { rank: Number(rank), apart: Number(apart), id, writer };
  });
}

function entryOf({ rank, apart, id }: Listed, { task, urn, defendants }: Shown): QueueEntry {
  const { consequence, dueAt, createdAt } = task;
  const band = bands[rank] ?? 'later';
  return { rank, consequence, dueAt, createdAt, apart, id, band, task, urn, defendants };
}

/** How many tasks of one stretch may be locked by others before one of the next is taken. */
const mostPassedOver = 64;

const next = onceForEachShape(
  (shape) => `with ${asked('wanted int')}, ${taken(shape)}
  select free.id from (${workInOrder(shape)}) s cross join p cross join lateral (
    select t.id from tasks t
    where t.id = s.id and t.state = 'open' and (t.claimed_by is null or ${isLapsed}) and ${isInReach(shape)}${shape.limited ? ` and ${fitsShift}` : ''}
    limit 1 for update skip locked) free
  limit 1`,
);

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
  const { covers, minutesLeft } = puller;
  const statement = next({ covers, limited: minutesLeft !== null, goesOn: false, counts: false });
  const asking = askedBy(puller, edges, { minutesLeft, more: { wanted: mostPassedOver } });
  const rows = await runHot<{ id: string }>(tx, statement, asking);
  return rows[0]?.id;
}
