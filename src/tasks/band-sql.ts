import { sql, type SQL } from 'drizzle-orm';
import { bands, sufferingRanks, type Band, type BandEdges } from './urgency.ts';

/** The number of a band in order, for a text of SQL. */
export const rankOf = (band: Band): number => bands.indexOf(band);

/** How a statement names the moments that part the bands, such as `$4::timestamptz`. */
export type EdgeNames = Record<keyof BandEdges, string>;

/**
 * The rank of a task's band as SQL over `tasks t`: the same decision as `bandOf`, which a property test holds it to.
 */
export function bandRankText({ now, today, soon, soonForHearing }: EdgeNames): string {
  const rises = `((t.rises_at <= ${now})::int + (t.chasing_failed and t.consequence in (${sufferingRanks.join()}))::int)`;
  return `case
    when t.always_critical or (t.danger and t.due_at <= ${soon}) then ${rankOf('critical')}
    when t.due_at < ${now} then ${rankOf('overdue')}
    else greatest(${rankOf('overdue')}, case
      when t.due_at <= ${today} then ${rankOf('today')}
      when t.due_at <= case when t.consequence = 1 then ${soonForHearing} else ${soon} end then ${rankOf('soon')}
      else ${rankOf('later')} end - ${rises})
  end`;
}

/** `bandRankText` as a part of a statement of Drizzle's. */
export function bandRank(edges: BandEdges): SQL<number> {
  const text = bandRankText({
    now: '{now}',
    today: '{today}',
    soon: '{soon}',
    soonForHearing: '{soonForHearing}',
  });
  const parts = text
    .split(/\{(\w+)\}/)
    .map((part, i) => (i % 2 === 0 ? sql.raw(part) : sql`${edges[part as keyof BandEdges]}::timestamptz`));
  return sql.join(parts) as SQL<number>;
}
