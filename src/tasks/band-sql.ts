import { sql, type SQL } from 'drizzle-orm';
import { bands, sufferingRanks, type BandEdges } from './urgency.ts';

/** Cases in which chasing has failed: a handful, found once for a whole queue. */
export const failedChasing = sql`
  select r.case_id from material_requests r where r.state = 'outstanding' and r.failed_at is not null`;

const suffering = sql`t.consequence in (${sql.raw(sufferingRanks.join())}) and t.case_id in (${failedChasing})`;

/**
 * The rank of a task's band as SQL over `tasks t`: the same decision as `bandOf`, which a property test holds it to.
 */
export function bandRank(edges: BandEdges): SQL<number> {
  const at = (instant: string) => sql`${instant}::timestamptz`;
  const rank = (band: (typeof bands)[number]) => sql.raw(String(bands.indexOf(band)));
  const rises = sql`(t.rises_at <= ${at(edges.now)})::int + coalesce(${suffering}, false)::int`;
  return sql`case
    when t.always_critical or (t.danger and t.due_at <= ${at(edges.soon)}) then ${rank('critical')}
    when t.due_at < ${at(edges.now)} then ${rank('overdue')}
    else greatest(${rank('overdue')}, case
      when t.due_at <= ${at(edges.today)} then ${rank('today')}
      when t.due_at <= case when t.consequence = 1 then ${at(edges.soonForHearing)} else ${at(edges.soon)} end
        then ${rank('soon')}
      else ${rank('later')} end - (${rises}))
  end`;
}

/** 0 for a task of the case in hand, 1 for every other, as SQL over `tasks t`: as `apart`. */
export function apartSql(hand: string | null): SQL<number> {
  return hand === null ? sql<number>`1` : sql<number>`case when t.case_id = ${hand}::uuid then 0 else 1 end`;
}

/**
 * The order of work as SQL over `tasks t`.
 * @param hand the case in hand
 */
export function orderOfWork(edges: BandEdges, hand: string | null): SQL {
  return sql`${bandRank(edges)}, t.consequence, t.due_at, t.created_at, ${apartSql(hand)}, t.id`;
}
