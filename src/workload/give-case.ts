import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { Instant } from '../platform/clock.ts';
import { recordHistory, type Actor } from '../staff/history.ts';

/** A case that is given to somebody, or with null to its team's pool, and why. */
export type Given = { id: string; from: string | null; to: string | null; why: string };

/**
 * Gives cases to other caseworkers, each with the open tasks that were its caseworker's; for one and for hundreds it
 * takes the same few statements. Whoever holds one of those tasks loses the claim; tasks that somebody else has stay with
 * them. The caller holds the locks on the cases and has checked that the receivers may have them.
 */
export async function giveCases(
  tx: Transaction,
  given: readonly Given[],
  { actor, now }: { actor: Actor; now: Instant },
): Promise<void> {
  const rows = sql`jsonb_to_recordset(${JSON.stringify(given)}::jsonb) g(id uuid, "from" text, "to" text)`;
  await tx.execute(sql`
    update cases c set caseworker = g."to", version = c.version + 1 from ${rows} where c.id = g.id`);
  await tx.execute(sql`
    with moved as (
      update tasks t set version = t.version + 1, claimed_by = null, claim_token = null, claim_until = null,
        assignee = case when g."to" = any(t.not_for || t.barred) then null else g."to" end
      from ${rows}
      where t.case_id = g.id and t.state = 'open' and (t.assignee = g."from" or t.claimed_by = g."from")
      returning t.id
    )
    update claims set ended_at = clock_timestamp(), how = 'reassigned'
    from moved where task_id = moved.id and ended_at is null`);
  await recordHistory(
    tx,
    actor,
    now,
    given.map(({ id, from, to, why }) => ({
      ...{ action: 'case-given', caseId: id, entity: 'case', entityId: id },
      detail: { from, to, why },
    })),
  );
}
