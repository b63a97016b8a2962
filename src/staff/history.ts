import type { Transaction } from '../../db/connect.ts';
import { insertMany } from '../../db/many-rows.ts';
import { history } from '../../db/schema/index.ts';
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

/** Writes what was changed, in the transaction that changes it. A sealer chains the rows afterwards. */
export async function recordHistory(
  tx: Transaction,
  actor: Actor,
  now: Instant,
  entries: readonly HistoryEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await insertMany(
    tx,
    history,
    entries.map((entry) => ({ ...entry, at: now, actor: actor.id, requestId: actor.requestId })),
  );
}
