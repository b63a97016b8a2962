import { and, eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { alerts } from '../../db/schema/alerts.ts';
import { deadlines, materialRequests } from '../../db/schema/index.ts';

export type Quarantined = Pick<
  typeof alerts.$inferSelect,
  'id' | 'class' | 'step' | 'caseId' | 'fireAt' | 'starts' | 'lastError'
> & {
  /** The rule of its deadline, or the kind of material that is asked for. */
  about: { rule: string } | { material: string } | null;
  /** Whether what it is a step of stands as it did, so that carrying it out would do something. */
  isCurrent: boolean;
};

/** An alert that was put aside; undefined where there is none, or it was seen to. */
export async function readQuarantined(
  db: Database | Transaction,
  alertId: string,
): Promise<Quarantined | undefined> {
  const { id, class: queue, step, caseId, fireAt, starts, lastError, obligationId, version } = alerts;
  const [row] = await db
    .select({
      ...{ id, class: queue, step, caseId, fireAt, starts, lastError },
      rule: deadlines.rule,
      material: materialRequests.material,
      isCurrent: sql<boolean>`coalesce(${deadlines.version} = ${version} and ${deadlines.state} = 'pending',
        ${materialRequests.version} = ${version} and ${materialRequests.state} = 'outstanding', false)`,
    })
    .from(alerts)
    .leftJoin(deadlines, and(eq(deadlines.id, obligationId), sql`${queue} <> 'chasers'`))
    .leftJoin(materialRequests, and(eq(materialRequests.id, obligationId), sql`${queue} = 'chasers'`))
    .where(and(eq(id, alertId), eq(alerts.state, 'quarantined')));
  if (!row) return undefined;
  const { rule, material, ...alert } = row;
  return { ...alert, about: rule !== null ? { rule } : material !== null ? { material } : null };
}

/**
 * `readQuarantined` in a transaction that changes it, with its case locked: nobody touches an alert without that, and
 * whoever came first has seen to it.
 */
export async function lockQuarantined(tx: Transaction, alertId: string): Promise<Quarantined | undefined> {
  await tx.execute(sql`
    select 1 from cases where id = (select case_id from alerts where id = ${alertId}) for update`);
  return readQuarantined(tx, alertId);
}

/** Puts an alert back among those that are due, as if it had never been started. The sweep finds it. */
export async function putBack(tx: Transaction, alertId: string): Promise<void> {
  await tx.update(alerts).set({ state: 'pending', starts: 0 }).where(eq(alerts.id, alertId));
}

/** Ends an alert without its being carried out. */
export async function discard(tx: Transaction, alertId: string): Promise<void> {
  await tx.update(alerts).set({ state: 'withdrawn' }).where(eq(alerts.id, alertId));
}
