import { eq } from 'drizzle-orm';
import type { Database, Transaction } from '../../../db/connect.ts';
import { casePins } from '../../../db/schema/index.ts';
import type { Instant } from '../../platform/clock.ts';
import { recordHistory, type Actor } from '../../staff/history.ts';

export type Pin = {
  pinned: boolean;
  reason: string | null;
  by: string | null;
  at: Instant | null;
  version: number;
};

const never: Pin = { pinned: false, reason: null, by: null, at: null, version: 0 };

/** Whether a senior wants a case to stay where it is, and why. */
export async function readPin(db: Database | Transaction, caseId: string): Promise<Pin> {
  const [row] = await db.select().from(casePins).where(eq(casePins.caseId, caseId));
  if (row === undefined) return never;
  const { pinned, reason, by, at, version } = row;
  return pinned ? { pinned, reason, by, at, version } : { ...never, version };
}

/** Pins a case, or with null lets it go. The caller holds the lock on the case. */
export async function pinCase(
  tx: Transaction,
  caseId: string,
  reason: string | null,
  { actor, now }: { actor: Actor; now: Instant },
): Promise<Pin> {
  const { version } = await readPin(tx, caseId);
  const values = {
    ...{ pinned: reason !== null, reason: reason ?? '', by: actor.id, at: now },
    version: version + 1,
  };
  await tx
    .insert(casePins)
    .values({ caseId, ...values })
    .onConflictDoUpdate({ target: casePins.caseId, set: values });
  await recordHistory(tx, actor, now, [
    {
      action: reason === null ? 'case-unpinned' : 'case-pinned',
      caseId,
      entity: 'case',
      entityId: caseId,
      detail: reason === null ? {} : { why: reason },
    },
  ]);
  return readPin(tx, caseId);
}
