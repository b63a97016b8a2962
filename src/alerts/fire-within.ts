import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { AlertClass } from '../../db/schema/alerts.ts';
import { dueStatement, type DueRow } from './due-statement.ts';
import type { Effect } from './fired-alert.ts';

/** Runs the guarded statement, the effect and the note of what followed in one transaction that is already open. */
export async function fireWithin(
  tx: Transaction,
  cls: AlertClass,
  effect: Effect,
  pick: { limit: number; caseIds?: string[]; alertId?: string },
  seen?: (ids: string[]) => void,
): Promise<DueRow[]> {
  // Sent together: one way there and back.
  const [, rows] = await Promise.all([
    tx.execute(sql`set local idle_in_transaction_session_timeout = '5s'`),
    dueStatement(tx, cls, pick),
  ]);
  seen?.(rows.map((row) => row.id));
  const fired = rows.filter((row) => row.state === 'fired');
  const [first] = fired;
  if (!first) return rows;
  const alerts = fired.map(({ state: _state, ...alert }) => ({ ...alert, class: cls }));
  const followUps = await effect(tx, alerts, first.firedAt);
  const notes = [...followUps].filter(([, list]) => list.length > 0).map(([id, list]) => ({ id, list }));
  if (notes.length > 0) {
    await tx.execute(sql`
      update alerts a set follow_ups = note.list
      from jsonb_to_recordset(${JSON.stringify(notes)}::jsonb) as note(id uuid, list jsonb)
      where a.id = note.id and a.class = ${cls}`);
  }
  return rows;
}
