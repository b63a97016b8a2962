import type { Transaction } from '../../db/connect.ts';
import { runHot } from '../../db/hot-statement.ts';
import type { Instant } from '../platform/clock.ts';

/** Who does something, and in which request: a member of staff, an officer by a signed link, or a worker of the hub. */
export type Actor = { id: string; requestId: string | null };

export const hubActor: Actor = { id: 'hub', requestId: null };

export type HistoryEntry = {
  action: string;
  caseId: string | null;
  entity: string;
  entityId: string;
  /** Ids, dates and codes; never names. */
  detail: Record<string, unknown>;
};

const recording = `insert into history (at, actor, action, case_id, entity, entity_id, detail, request_id)
  select $1::timestamptz, $2::text, e.action, e."caseId", e.entity, e."entityId", e.detail, $3::text
  from jsonb_to_recordset($4::jsonb)
    e(action text, "caseId" uuid, entity text, "entityId" text, detail jsonb)`;

/** Writes what was changed, in the transaction that changes it. A sealer chains the rows afterwards. */
export async function recordHistory(
  tx: Transaction,
  actor: Actor,
  now: Instant,
  entries: readonly HistoryEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await runHot(tx, recording, [now, actor.id, actor.requestId, JSON.stringify(entries)]);
}
