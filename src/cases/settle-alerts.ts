import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { insertMany } from '../../db/many-rows.ts';
import { alerts, type AlertInsert, type OutdatedAlert } from '../../db/schema/index.ts';
import type { Instant } from '../platform/clock.ts';

/** Puts an end to the pending alerts of obligations that have moved or are over. Touched before anything, as firing does. */
export async function endAlerts(tx: Transaction, outdated: readonly OutdatedAlert[]): Promise<void> {
  if (outdated.length === 0) return;
  const list = JSON.stringify(outdated.map(({ obligationId, state }) => ({ id: obligationId, state })));
  await tx.execute(sql`
    update alerts a set state = o.state from jsonb_to_recordset(${list}::jsonb) o(id uuid, state text)
    where a.obligation_id = o.id and a.state = 'pending'`);
}

export async function makeAlerts(tx: Transaction, fresh: readonly AlertInsert[]): Promise<void> {
  await insertMany(tx, alerts, fresh);
}

/** A transaction takes its time: what falls due within it and the minute that arming looks ahead is announced. */
const soonMs = 90_000;

/**
 * Tells the workers, when this transaction commits, of which classes something that was made falls due within about a
 * minute, so that it does not wait for the next sweep. Only a hint: with nobody listening the sweep finds it.
 */
export async function announce(tx: Transaction, fresh: readonly AlertInsert[], now: Instant): Promise<void> {
  const soon = new Date(Date.parse(now) + soonMs).toISOString();
  const classes = [...new Set(fresh.filter(({ fireAt }) => fireAt <= soon).map((alert) => alert.class))];
  if (classes.length === 0) return;
  await tx.execute(
    sql`select pg_notify('hub_due', class) from jsonb_array_elements_text(${JSON.stringify(classes)}::jsonb) class`,
  );
}
