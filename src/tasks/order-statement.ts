import { bandRankText, rankOf } from './band-sql.ts';
import { fitsShift, isCovered, isFree, isGrave, isLapsed, isOfPool, isOwn } from './eligible.ts';
import { lastRankCovered, mayHave } from './eligible.ts';
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
 * Who asks is a row of its own, which the planner cannot look into: one plan serves everyone. What cannot arise for them is
 * left out of the statement: to set up a part that finds nothing takes Postgres longer than most parts take to find.
 */

/** What a statement has to reckon with. */
export type Shape = {
  /** Whether who asks covers the custody cases of others. */
  covers: boolean;
  /** Whether what is left of the shift limits what they can have. */
  limited: boolean;
  /** Whether the list goes on from a position. */
  goesOn: boolean;
  /** Whether all of their own is read, as counting it takes: then nothing is looked up there again. */
  counts: boolean;
};

/** Puts the text of a statement together once for each shape. */
export function onceForEachShape(textFor: (shape: Shape) => string): (shape: Shape) => string {
  const texts = new Map<string, string>();
  return (shape) => {
    const { covers, limited, goesOn, counts } = shape;
    const key = [covers, limited, goesOn, counts].join();
    let text = texts.get(key);
    if (text === undefined) texts.set(key, (text = textFor(shape)));
    return text;
  };
}

const edges = { now: 'p.now', today: 'p.today', soon: 'p.soon', soonForHearing: 'p.soon_for_hearing' };
/** The rank of a task's band, seen by whoever asks. */
export const rank = bandRankText(edges);

/**
 * `with p as (...)`: who asks, and from where on, from the one parameter that `askedBy` makes. With many parameters the
 * driver copies the text of the statement each time that it is sent, to know it by.
 * @param more what else the statement asks for, such as `wanted int`
 */
export const asked = (
  more: string,
) => `p as materialized (select * from jsonb_to_record($1::text::jsonb) as p(me text, team text, skills text[],
  now timestamptz, today timestamptz, soon timestamptz, soon_for_hearing timestamptz, hand uuid, covers boolean,
  minutes_left int, after_rank int, after_consequence smallint, after_due timestamptz, after_created timestamptz,
  after_apart int, after_id uuid, ${more}))`;

/**
 * The parameter of `asked`. A list shows what the shift leaves no time for as well.
 * @param how.more what else the statement asks for, by name
 */
export function askedBy(
  puller: Puller,
  at: BandEdges,
  how: {
    minutesLeft?: number | null;
    after?: QueuePosition | undefined;
    more?: Record<string, unknown>;
  } = {},
): [string] {
  const { after, more, minutesLeft = null } = how;
  const asking = {
    me: puller.id,
    team: puller.team,
    skills: puller.skills,
    hand: puller.hand,
    covers: puller.covers,
    minutes_left: minutesLeft,
    now: at.now,
    today: at.today,
    soon: at.soon,
    soon_for_hearing: at.soonForHearing,
    after_rank: after?.rank,
    after_consequence: after?.consequence,
    after_due: after?.dueAt,
    after_created: after?.createdAt,
    after_apart: after?.apart,
    after_id: after?.id,
  };
  return [JSON.stringify(Object.assign(asking, more))];
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

const apart = `case when t.case_id = p.hand then 0 else 1 end`;
const columns = `t.id, t.due_at, t.created_at, ${apart} as apart, t.xmin as writer, t.case_id, t.visible_to`;
const isDue = `t.consequence = s.consequence and t.due_at > s.due_after and t.due_at <= s.due_until`;
const ofRank = `${rank} = s.rank`;
const isBehind = (howApart: string) => `(s.after_due is null or (t.due_at >= s.after_due and
  (t.due_at, t.created_at, ${howApart}, t.id) > (s.after_due, p.after_created, p.after_apart, p.after_id)))`;

const wanted = `(select p.wanted from p)`;

/** Every branch reads one index in order, and no more of it than is wanted. */
function branchesOf({ covers, limited, goesOn, counts }: Shape): string[] {
  const also = (howApart: string) =>
    `${limited ? ` and ${fitsShift}` : ''}${goesOn ? ` and ${isBehind(howApart)}` : ''}`;
  const branch = (condition: string) => `(select ${columns} from tasks t
    where ${isFree} and ${condition} and ${mayHave}${also(apart)}
    order by t.due_at, t.created_at, apart, t.id limit ${wanted})`;
  return [
    ...(counts ? [] : [branch(`${isOwn} and ${isDue} and ${ofRank}`)]),
    branch(`${isOfPool} and not ${isGrave} and s.usual and ${isDue}
      and t.rises_at > s.rises_after and t.rises_at <= s.rises_until and ${ofRank}`),
    branch(`${isOfPool} and ${isGrave} and t.always_critical
      and t.consequence = s.consequence and s.rank = ${rankOf('critical')}`),
    branch(`${isOfPool} and ${isGrave} and not t.always_critical
      and t.consequence = s.consequence and t.due_at > s.due_after and t.due_at <= s.grave and ${ofRank}`),
    ...(covers ? [branch(`${isCovered} and s.rank <= ${lastRankCovered} and ${isDue} and ${ofRank}`)] : []),
    `(select t.id, t.due_at, t.created_at, t.apart, t.writer, t.case_id, t.visible_to from ${counts ? 'mine' : 'taken'} t
      where t.rank = s.rank and ${isDue}${also('t.apart')})`,
  ];
}

/** Whether a row is still what the caller may have: judged again of one that changed while its lock was waited for. */
export const isInReach = ({ covers }: Shape) =>
  `((${isOwn}) or (${isOfPool})${covers ? ` or (${isCovered})` : ''}) and ${mayHave}`;

/**
 * `taken`: what the caller holds, and what those who hold it have held for too long. In nobody's index of free work.
 */
export const taken = ({ covers }: Shape) => `taken as materialized (
  select ${columns}, t.consequence, t.effort_minutes, ${rank} as rank from p cross join lateral (
      select t.id from tasks t where t.state = 'open' and t.claimed_by = p.me
      union select t.id from tasks t where t.state = 'open' and t.claimed_by is not null and ${isLapsed}) h
    join tasks t on t.id = h.id
  where t.state = 'open' and ((${isOwn}) or (${isOfPool})${
    covers ? ` or (${isCovered} and ${rank} <= ${lastRankCovered})` : ''
  }) and ${mayHave})`;

/** `mine`, after `taken`: that, and all that is their own and free. */
export const mine = `mine as materialized (
  select ${columns}, t.consequence, t.effort_minutes, ${rank} as rank from p cross join tasks t
  where ${isFree} and ${isOwn} and ${mayHave}
  union all select * from taken)`;

/** The work in order, after `asked`, `taken` and, where it counts, `mine`: rank, consequence, due_at, created_at, apart, id, and of the row its `writer`, case_id and visible_to. */
export function workInOrder(shape: Shape): string {
  const after = shape.goesOn
    ? `, case when (v.rank, v.consequence) = (p.after_rank, p.after_consequence) then p.after_due end as after_due`
    : '';
  const from = shape.goesOn ? `where (v.rank, v.consequence) >= (p.after_rank, p.after_consequence)` : '';
  return `select s.rank, s.consequence, w.due_at, w.created_at, w.apart, w.id, w.writer, w.case_id, w.visible_to
    from p
    cross join lateral (
      select v.*${after}
      from (values ${stretchRows})
        v(rank, consequence, due_after, due_until, grave, usual, rises_after, rises_until)
      ${from}) s
    cross join lateral (select * from (${branchesOf(shape).join(' union all ')}) b
      order by b.due_at, b.created_at, b.apart, b.id limit ${wanted}) w`;
}
