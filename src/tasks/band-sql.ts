import { sql, type SQL } from 'drizzle-orm';
import { bands, type BandEdges } from './urgency.ts';

/**
 * The rank of a task's band as SQL over `tasks t`: the same decision as `bandOf`, which a property test holds it to.
 */
export function bandRank(edges: BandEdges): SQL<number> {
  const at = (instant: string) => sql`${instant}::timestamptz`;
  const rank = (band: (typeof bands)[number]) => sql.raw(String(bands.indexOf(band)));
  return sql`case
    when t.always_critical or (t.danger and t.due_at <= ${at(edges.soon)}) then ${rank('critical')}
    when t.due_at < ${at(edges.now)} then ${rank('overdue')}
    when t.due_at <= ${at(edges.today)} then ${rank('today')} - (t.rises_at <= ${at(edges.now)})::int
    when t.due_at <= case when t.consequence = 1 then ${at(edges.soonForHearing)} else ${at(edges.soon)} end
      then ${rank('soon')} - (t.rises_at <= ${at(edges.now)})::int
    else ${rank('later')} - (t.rises_at <= ${at(edges.now)})::int
  end`;
}

/** The order of work as SQL over `tasks t`. */
export function orderOfWork(edges: BandEdges): SQL {
  return sql`${bandRank(edges)}, t.consequence, t.due_at, t.created_at, t.id`;
}
