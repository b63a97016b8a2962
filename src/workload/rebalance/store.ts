import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../../db/connect.ts';
import { insertMany } from '../../../db/many-rows.ts';
import { cases, rebalanceMoves, rebalances } from '../../../db/schema/index.ts';
import type { Proposal } from './proposal.ts';

export type RebalanceRow = typeof rebalances.$inferSelect;
export type MoveRow = typeof rebalanceMoves.$inferSelect;
/** A move with as much of its case as naming it, and deciding who may know of it, needs. */
export type MoveOfCase = MoveRow & { urn: string; restricted: boolean; visibleTo: string[] };

/** Keeps a proposal. */
export async function saveProposal(
  tx: Transaction,
  row: Omit<typeof rebalances.$inferInsert, 'plan'>,
  { moves, ...plan }: Proposal,
): Promise<RebalanceRow> {
  const [saved] = await tx
    .insert(rebalances)
    .values({ ...row, plan })
    .returning();
  if (!saved) throw new Error('a proposal that was just saved is gone');
  await insertMany(
    tx,
    rebalanceMoves,
    moves.map(({ caseId, caseVersion, from, to, minutes, cost, reason }) => ({
      ...{ rebalanceId: saved.id, caseId, from, to, caseVersion, minutes, cost, reason },
      state: 'proposed' as const,
    })),
  );
  return saved;
}

/** A proposal, or undefined; in a transaction with `lock`, nobody else applies or undoes it meanwhile. */
export async function readRebalance(
  db: Database | Transaction,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<RebalanceRow | undefined> {
  const found = db.select().from(rebalances).where(eq(rebalances.id, id));
  const [row] = lock ? await found.for('update') : await found;
  return row;
}

/** Proposals, the newest first. */
export async function listRebalances(
  db: Database,
  limit: number,
  after?: readonly [at: string, id: string],
): Promise<RebalanceRow[]> {
  const beyond =
    after === undefined
      ? undefined
      : sql`(${rebalances.proposedAt}, ${rebalances.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  return db
    .select()
    .from(rebalances)
    .where(beyond)
    .orderBy(desc(rebalances.proposedAt), desc(rebalances.id))
    .limit(limit);
}

/** The moves of a proposal, in the order of their URNs. */
export async function readMoves(db: Database | Transaction, rebalanceId: string): Promise<MoveOfCase[]> {
  const rows = await db
    .select({
      move: rebalanceMoves,
      urn: cases.urn,
      restricted: cases.restricted,
      visibleTo: cases.visibleTo,
    })
    .from(rebalanceMoves)
    .innerJoin(cases, eq(cases.id, rebalanceMoves.caseId))
    .where(and(eq(rebalanceMoves.rebalanceId, rebalanceId)))
    .orderBy(asc(cases.urn));
  return rows.map(({ move, ...one }) => ({ ...move, ...one }));
}

/** What became of a move: all that changes of its row. */
export type Outcome = Pick<MoveRow, 'rebalanceId' | 'caseId' | 'state' | 'why' | 'by' | 'at'> &
  Pick<MoveRow, 'had' | 'eventId'>;

/** Keeps what became of moves, in one statement. */
export async function saveOutcomes(tx: Transaction, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  await tx.execute(sql`
    update rebalance_moves m set state = o.state, why = o.why, changed_by = o.by, changed_at = o.at,
      had = nullif(o.had, 'null'::jsonb), event_id = o."eventId"
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb)
      o("rebalanceId" uuid, "caseId" uuid, state text, why text, by text, at timestamptz, had jsonb, "eventId" uuid)
    where m.rebalance_id = o."rebalanceId" and m.case_id = o."caseId"`);
}
