import { bandRankText, rankOf } from './band-sql.ts';
import { fitsShift, isCovered, isLapsed, isOfPool, isOwn, lastRankCovered, mayHave } from './eligible.ts';
import type { Puller } from './eligible.ts';
import { bands, sufferingRanks, type BandEdges } from './urgency.ts';

/** Where a list of work goes on: behind this. */
export type QueuePosition = {
  rank: number;
  consequence: number;
  dueAt: string;
  createdAt: string;
  /** 0 for a task of the case in hand, 1 for every other. */
  apart: number;
  id: string;
};

/*
 * The work that a person may have, in the order of work, out of a million tasks: read from indexes as far as it is asked
 * for and no further.
 *
 * Within one band and consequence the order is by due date, and so are the indexes. What band a task is in follows from
 * the span of time in which it is due and from how far it has risen. So the order of work is a list of *stretches*, each
 * a span of due dates of one consequence: 46 of them, whatever there is to do. They are gone through in order, and the
 * statement ends with the stretch in which it has what it wants. The rank itself is worked out from the row all the same:
 * a stretch only says where to look.
 *
 * Who asks is a row of its own, which the planner cannot look into: one plan serves everyone.
 */

const edges = { now: 'p.now', today: 'p.today', soon: 'p.soon', soonForHearing: 'p.soon_for_hearing' };
/** The rank of a task's band, seen by whoever asks. */
export const rank = bandRankText(edges);

/**
 * `with p as (...)`: who asks, and from where on. The parameters are those of `askedBy`.
 * @param more what else the statement asks for, its parameters from `$17` on; `wanted` says how many at most
 */
export const asked = (
  more: string,
) => `p as materialized (select $1::text as me, $2::text as team, $3::text[] as skills,
  $4::timestamptz as now, $5::timestamptz as today, $6::timestamptz as soon, $7::timestamptz as soon_for_hearing,
  $8::uuid as hand, $9::boolean as covers, $10::int as minutes_left,
  $11::int as after_rank, $12::smallint as after_consequence, $13::timestamptz as after_due,
  $14::timestamptz as after_created, $15::int as after_apart, $16::uuid as after_id, ${more})`;

/** The parameters of `asked`. A list shows what the shift leaves no time for as well. */
export function askedBy(puller: Puller, at: BandEdges, minutesLeft: number | null, after?: QueuePosition) {
  return [
    ...[puller.id, puller.team, puller.skills, at.now, at.today, at.soon, at.soonForHearing, puller.hand],
    ...[puller.covers, minutesLeft, after?.rank ?? null, after?.consequence ?? null, after?.dueAt ?? null],
    ...[after?.createdAt ?? null, after?.apart ?? null, after?.id ?? null],
  ];
}

const always = ["'-infinity'::timestamptz", "'infinity'::timestamptz"] as const;
type Span = readonly [after: string, until: string];
type Stretch = { rank: number; consequence: number; due: Span; grave: string; usual: boolean; rises: Span };

/** In order. `usual` says whether a task that is nothing special can be there, and `rises` when such a one has to rise. */
function stretchesOf(consequence: number): Stretch[] {
  const soon = consequence === 1 ? edges.soonForHearing : edges.soon;
  const now = `${edges.now} - interval '1 millisecond'`;
  const [start, end] = always;
  const spans: Record<'overdue' | 'today' | 'soon' | 'later', Span> = {
    overdue: [start, now],
    today: [now, edges.today],
    soon: [edges.today, soon],
    later: [`greatest(${soon}, ${edges.today})`, end],
  };
  const hasRisen: Span = [start, edges.now];
  const hasNot: Span = [edges.now, end];
  const stretch = (band: keyof typeof spans, place: keyof typeof spans, rises: Span | null): Stretch => ({
    ...{ rank: rankOf(band), consequence, due: spans[place], grave: spans[place][1] },
    ...{ usual: rises !== null, rises: rises ?? always },
  });
  const suffers = sufferingRanks.includes(consequence);
  return [
    {
      ...{ rank: rankOf('critical'), consequence, due: always, grave: edges.soon },
      ...{ usual: false, rises: always },
    },
    stretch('overdue', 'overdue', always),
    stretch('overdue', 'today', hasRisen),
    ...(suffers ? [stretch('overdue', 'soon', null)] : []),
    stretch('today', 'today', hasNot),
    stretch('today', 'soon', hasRisen),
    ...(suffers ? [stretch('today', 'later', null)] : []),
    stretch('soon', 'soon', hasNot),
    stretch('soon', 'later', hasRisen),
    stretch('later', 'later', hasNot),
  ];
}

const consequences = [0, 1, 2, 3, 4];
const stretches = bands.flatMap((_, place) =>
  consequences.flatMap((consequence) => stretchesOf(consequence).filter((one) => one.rank === place)),
);
const stretchRows = stretches
  .map(
    ({ rank: place, consequence, due, grave, usual, rises }) =>
      `(${place}, ${consequence}::smallint, ${due[0]}, ${due[1]}, ${grave}, ${usual}, ${rises[0]}, ${rises[1]})`,
  )
  .join(',\n');

const columns = `t.id, t.due_at, t.created_at, case when t.case_id = p.hand then 0 else 1 end as apart`;
const isFree = `t.state = 'open' and t.claimed_by is null`;
const isGrave = `(t.always_critical or t.danger or t.chasing_failed)`;
const isDue = `t.consequence = s.consequence and t.due_at > s.due_after and t.due_at <= s.due_until`;
const ofRank = `${rank} = s.rank`;
const isBehind = `(s.after_due is null or (t.due_at >= s.after_due and
  (t.due_at, t.created_at, case when t.case_id = p.hand then 0 else 1 end, t.id) > (s.after_due, p.after_created, p.after_apart, p.after_id)))`;

const wanted = `(select p.wanted from p)`;

/** Every branch reads one index in order, and no more of it than is wanted. */
const branch = (condition: string) => `(select ${columns} from tasks t
  where ${isFree} and ${condition} and ${mayHave} and ${fitsShift} and ${isBehind}
  order by t.due_at, t.created_at, apart, t.id limit ${wanted})`;

const branches = [
  branch(`${isOwn} and ${isDue} and ${ofRank}`),
  branch(`${isOfPool} and not ${isGrave} and s.usual and ${isDue}
    and t.rises_at > s.rises_after and t.rises_at <= s.rises_until and ${ofRank}`),
  branch(`${isOfPool} and ${isGrave} and t.always_critical
    and t.consequence = s.consequence and s.rank = ${rankOf('critical')}`),
  branch(`${isOfPool} and ${isGrave} and not t.always_critical
    and t.consequence = s.consequence and t.due_at > s.due_after and t.due_at <= s.grave and ${ofRank}`),
  branch(`${isCovered} and s.rank <= ${lastRankCovered} and ${isDue} and ${ofRank}`),
  `(select t.id, t.due_at, t.created_at, t.apart from taken t
    where t.rank = s.rank and ${isDue} and (s.rank = 0 or p.minutes_left is null or t.effort_minutes <= p.minutes_left)
      and (s.after_due is null or (t.due_at, t.created_at, t.apart, t.id) > (s.after_due, p.after_created, p.after_apart, p.after_id)))`,
];

/** Whether a row is still what the caller may have: judged again of one that changed while its lock was waited for. */
export const isInReach = `((${isOwn}) or (${isOfPool}) or (${isCovered})) and ${mayHave}`;

/**
 * `taken`: what the caller holds, and what those who hold it have held for too long. In nobody's index of free work.
 */
export const taken = `taken as materialized (
  select ${columns}, t.consequence, t.effort_minutes, ${rank} as rank from p cross join lateral (
      select t.id from tasks t where t.state = 'open' and t.claimed_by = p.me
      union select t.id from tasks t where t.state = 'open' and t.claimed_by is not null and ${isLapsed}) h
    join tasks t on t.id = h.id
  where t.state = 'open' and ((${isOwn}) or (${isOfPool}) or (${isCovered} and ${rank} <= ${lastRankCovered})) and ${mayHave})`;

/** The work in order, after `asked` and `taken`: rank, consequence, due_at, created_at, apart, id. */
export const workInOrder = `select s.rank, s.consequence, w.due_at, w.created_at, w.apart, w.id
  from p
  cross join lateral (
    select v.*, case when (v.rank, v.consequence) = (p.after_rank, p.after_consequence) then p.after_due end as after_due
    from (values ${stretchRows})
      v(rank, consequence, due_after, due_until, grave, usual, rises_after, rises_until)
    where p.after_rank is null or (v.rank, v.consequence) >= (p.after_rank, p.after_consequence)) s
  cross join lateral (select * from (${branches.join(' union all ')}) b
    order by b.due_at, b.created_at, b.apart, b.id limit ${wanted}) w`;
