import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { bandRank, orderOfWork } from './band-sql.ts';
import { inQueueOf, isFree, type Puller } from './eligible.ts';
import { bands, type Band, type BandEdges } from './urgency.ts';

export type QueuePosition = {
  rank: number;
  consequence: number;
  dueAt: string;
  createdAt: string;
  id: string;
};
export type QueueEntry = QueuePosition & { band: Band };

/** The most tasks of each band that a queue counts exactly. */
type Counts = Record<Band, number>;

/**
 * A person's queue in the order in which its tasks would be pulled, with those that they hold themselves.
 * @param after where the page before ended
 */
export async function readQueue(
  db: Database | Transaction,
  puller: Puller,
  edges: BandEdges,
  limit: number,
  after?: QueuePosition,
): Promise<QueueEntry[]> {
  const beyond =
    after === undefined
      ? sql`true`
      : sql`(q.rank, q.consequence, q.due_at, q.created_at, q.id) >
            (${after.rank}::int, ${after.consequence}::smallint, ${after.dueAt}::timestamptz, ${after.createdAt}::timestamptz, ${after.id}::uuid)`;
  const rows = await db.execute<{
    id: string;
    rank: number;
    consequence: number;
    due_at: string;
    created_at: string;
  }>(sql`
    select q.id, q.rank, q.consequence, q.due_at::text, q.created_at::text from (
      select t.id, ${bandRank(edges)} as rank, t.consequence, t.due_at, t.created_at
      from tasks t where ${inQueueOf(puller)} and ${isFree(puller)}
    ) q where ${beyond}
    order by q.rank, q.consequence, q.due_at, q.created_at, q.id
    limit ${limit}`);
  return rows.map((row) => ({
    id: row.id,
    rank: row.rank,
    band: bands[row.rank] ?? 'later',
    consequence: row.consequence,
    dueAt: new Date(row.due_at).toISOString(),
    createdAt: new Date(row.created_at).toISOString(),
  }));
}

/** How many tasks of each band are in a queue. */
export async function countQueue(
  db: Database | Transaction,
  puller: Puller,
  edges: BandEdges,
): Promise<Counts> {
  const rows = await db.execute<{ rank: number; count: string }>(sql`
    select ${bandRank(edges)} as rank, count(*) as count from tasks t
    where ${inQueueOf(puller)} and ${isFree(puller)} group by 1`);
  const counts: Counts = { critical: 0, overdue: 0, today: 0, soon: 0, later: 0 };
  for (const { rank, count } of rows) {
    const band = bands[rank];
    if (band) counts[band] = Number(count);
  }
  return counts;
}

/** The id of the next task that nobody holds, locked for the caller's transaction; undefined where there is none. */
export async function lockNext(
  tx: Transaction,
  puller: Puller,
  edges: BandEdges,
): Promise<string | undefined> {
  const rows = await tx.execute<{ id: string }>(sql`
    select t.id from tasks t where ${inQueueOf(puller)}
      and (t.claimed_by is null or t.claim_until <= clock_timestamp())
    order by ${orderOfWork(edges)} limit 1
    for update of t skip locked`);
  return rows[0]?.id;
}
