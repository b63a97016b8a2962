import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { Instant } from '../platform/clock.ts';
import { recordHistory, type Actor } from '../staff/history.ts';

/** A case with what moving it needs. */
export type Movable = { id: string; caseworker: string | null };

/**
 * Gives a case to another caseworker, or with null to its team's pool, with the open tasks that were its caseworker's.
 * Whoever holds one of those loses the claim; tasks that somebody else has stay with them. The caller holds the lock on
 * the case and has checked that the receiver may have it.
 */
export async function giveCase(
  tx: Transaction,
  { id, caseworker: from }: Movable,
  to: string | null,
  why: string,
  { actor, now }: { actor: Actor; now: Instant },
): Promise<void> {
  await tx.execute(sql`update cases set caseworker = ${to}, version = version + 1 where id = ${id}`);
  if (from !== null)
    await tx.execute(sql`
      with moved as (
        update tasks t set version = t.version + 1, claimed_by = null, claim_token = null, claim_until = null,
          assignee = case when ${to}::text = any(t.not_for || t.barred) then null else ${to}::text end
        where t.case_id = ${id} and t.state = 'open' and (t.assignee = ${from} or t.claimed_by = ${from})
        returning t.id
      )
      update claims set ended_at = clock_timestamp(), how = 'reassigned'
      from moved where task_id = moved.id and ended_at is null`);
  await recordHistory(tx, actor, now, [
    { action: 'case-given', caseId: id, entity: 'case', entityId: id, detail: { from, to, why } },
  ]);
}
