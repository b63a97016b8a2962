import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { AlertClass } from '../../db/schema/alerts.ts';
import type { DueRow } from './due-statement.ts';
import { errorClass } from './error-class.ts';
import { fireWithin } from './fire-within.ts';
import type { Effect, FiredAlert, OnQuarantine, Stores } from './fired-alert.ts';
import { countQuarantined } from './metrics.ts';

/** Starts of one alert that may come to nothing before a person has to look. */
const mostStarts = 3;

const neverFinished = 'started three times and never finished';

type Outcome =
  | { kind: 'done'; rows: DueRow[] }
  | { kind: 'failed' | 'quarantined'; error: unknown }
  /** Somebody else has it, or it is no longer due. */
  | { kind: 'passed' };

type Claimed = Omit<FiredAlert, 'firedAt'> & { starts: number };

/**
 * Fires one alert by itself. Its start is counted, and committed, before the work, so that an alert that kills its
 * process is counted too; after three starts it is quarantined. The case's row is held throughout: without that, two
 * processes would count each other's starts and quarantine an innocent alert.
 */
export async function fireSingly(
  hub: Stores,
  cls: AlertClass,
  effect: Effect,
  alertId: string,
  onQuarantine?: OnQuarantine,
): Promise<Outcome> {
  let starts = 0;
  try {
    return await hub.db.transaction(async (tx): Promise<Outcome> => {
      const alert = await claim(tx, cls, alertId, 'skip locked');
      if (!alert) return { kind: 'passed' };
      if (alert.starts >= mostStarts) {
        await quarantine(tx, alert, neverFinished, onQuarantine);
        return { kind: 'quarantined', error: neverFinished };
      }
      // On the other client, and committed whatever becomes of this transaction. The alert's own row is not locked
      // by us, the case's is; nobody touches a pending alert without holding its case.
      await hub.sql`update alerts set starts = starts + 1 where id = ${alertId}`;
      starts = alert.starts + 1;
      return { kind: 'done', rows: await fireWithin(tx, cls, effect, { limit: 1, alertId }) };
    });
  } catch (error) {
    // Not started: Postgres is in trouble, and the alert is not to blame.
    if (starts === 0) throw error;
    return recordFailure(hub, cls, alertId, error, onQuarantine);
  }
}

async function recordFailure(
  hub: Stores,
  cls: AlertClass,
  alertId: string,
  error: unknown,
  onQuarantine?: OnQuarantine,
): Promise<Outcome> {
  const what = errorClass(error);
  return hub.db.transaction(async (tx): Promise<Outcome> => {
    await tx.execute(sql`set local lock_timeout = '5s'`);
    const alert = await claim(tx, cls, alertId, 'wait');
    if (!alert) return { kind: 'passed' };
    if (alert.starts >= mostStarts) {
      await quarantine(tx, alert, what, onQuarantine);
      return { kind: 'quarantined', error };
    }
    await tx.execute(sql`update alerts set last_error = ${what} where id = ${alertId}`);
    return { kind: 'failed', error };
  });
}

async function quarantine(
  tx: Transaction,
  alert: Claimed,
  error: string,
  onQuarantine?: OnQuarantine,
): Promise<void> {
  const { starts: _starts, ...quarantined } = alert;
  await tx.execute(sql`
    update alerts set state = 'quarantined', last_error = coalesce(last_error, ${error}) where id = ${alert.id}`);
  await onQuarantine?.(tx, quarantined, error);
  countQuarantined(alert.class);
}

/** Locks the case of a due, pending alert. Only the case: see above. */
async function claim(
  tx: Transaction,
  cls: AlertClass,
  alertId: string,
  held: 'skip locked' | 'wait',
): Promise<Claimed | undefined> {
  await tx.execute(sql`set local idle_in_transaction_session_timeout = '5s'`);
  const [locked] = await tx.execute<{ id: string }>(sql`
    select c.id from cases c where c.id = (select case_id from alerts where id = ${alertId})
    for update ${held === 'wait' ? sql`` : sql`skip locked`}`);
  if (!locked) return undefined;
  // Read after the lock is ours, in a new statement: what others committed until then is seen.
  const [row] = await tx.execute<{
    obligation_id: string;
    version: number;
    step: string;
    case_id: string;
    fire_at: string;
    starts: number;
  }>(sql`
    select obligation_id, version, step, case_id, fire_at::text, starts from alerts
    where id = ${alertId} and class = ${cls} and state = 'pending' and fire_at <= (select hub_now())`);
  if (!row) return undefined;
  return {
    id: alertId,
    class: cls,
    obligationId: row.obligation_id,
    version: row.version,
    step: row.step,
    caseId: row.case_id,
    fireAt: new Date(row.fire_at).toISOString(),
    starts: row.starts,
  };
}
