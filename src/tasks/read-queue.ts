import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { apartSql, bandRank, failedChasing, orderOfWork } from './band-sql.ts';
import { fitsShift, inQueueOf, isFree, type Puller } from './eligible.ts';
import { bands, type Band, type BandEdges } from './urgency.ts';

export type QueuePosition = {
  rank: number;
  consequence: number;
  dueAt: string;
  createdAt: string;
  /** 0 for a task of the case in hand, 1 for every other. */
  apart: number;
  id: string;
};
export type QueueEntry = QueuePosition & { band: Band };

/** The most tasks of each band that a queue counts exactly. */
type Counts = Record<Band, number>;

/**
 * A person's queue in the order in which its tasks would be pulled, with those that they hold themselves and those that
 * their shift leaves no time for.
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
      : sql`(q.rank, q.consequence, q.due_at, q.created_at, q.apart, q.id) >
            (${after.rank}::int, ${after.consequence}::smallint, ${after.dueAt}::timestamptz, ${after.createdAt}::timestamptz, ${after.apart}::int, ${after.id}::uuid)`;
  const rows = await db.execute<{
    id: string;
    rank: number;
    consequence: number;
    due_at: string;
    created_at: string;
    apart: number;
  }>(sql`
    select q.id, q.rank, q.consequence, q.due_at::text, q.created_at::text, q.apart from (
      select t.id, ${bandRank(edges)} as rank, t.consequence, t.due_at, t.created_at, ${apartSql(puller.hand)} as apart
      from tasks t where ${inQueueOf(puller, edges)} and ${isFree(puller)}
    ) q where ${beyond}
    order by q.rank, q.consequence, q.due_at, q.created_at, q.apart, q.id
    limit ${limit}`);
  return rows.map((row) => ({
    id: row.id,
    rank: row.rank,
    band: bands[row.rank] ?? 'later',
    consequence: row.consequence,
    dueAt: new Date(row.due_at).toISOString(),
    createdAt: new Date(row.created_at).toISOString(),
    apart: row.apart,
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
    where ${inQueueOf(puller, edges)} and ${isFree(puller)} group by 1`);
  const counts: Counts = { critical: 0, overdue: 0, today: 0, soon: 0, later: 0 };
  for (const { rank, count } of rows) {
    const band = bands[rank];
    if (band) counts[band] = Number(count);
  }
  return counts;
}

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
  const rows = await tx.execute<{ id: string }>(sql`
    select t.id from tasks t where ${inQueueOf(puller, edges)}
      and (t.claimed_by is null or t.claim_until <= clock_timestamp()) and ${fitsShift(puller, edges)}
    order by ${orderOfWork(edges, puller.hand)} limit 1
    for update of t skip locked`);
  return rows[0]?.id;
}

/** The cases in which chasing has failed and the material has not come since: their work rises. */
export async function readFailedChasing(db: Database | Transaction): Promise<ReadonlySet<string>> {
  const rows = await db.execute<{ case_id: string }>(failedChasing);
  return new Set(rows.map((row) => row.case_id));
}
