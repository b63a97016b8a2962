import { sql, type SQL } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { AlertClass } from '../../db/schema/alerts.ts';
import type { Instant } from '../platform/clock.ts';

/** A due alert as the statement left it. */
export type DueRow = {
  id: string;
  obligationId: string;
  version: number;
  step: string;
  caseId: string;
  fireAt: Instant;
  firedAt: Instant;
  state: 'fired' | 'superseded';
};

type Raw = {
  id: string;
  obligation_id: string;
  version: number;
  step: string;
  case_id: string;
  fire_at: string;
  now: string;
  state: DueRow['state'];
};

/**
 * The obligation that each class is about, open and at the version of the alert. It is locked, and not only read, so
 * that the newest committed version is judged: a snapshot taken before a reschedule committed would fire the old one.
 */
const openObligations: Record<AlertClass, SQL> = {
  deadlines: sql`
    select due.id from due join deadlines o on o.id = due.obligation_id
    where o.version = due.version and o.state = 'pending' for share of o`,
  'victim-updates': sql`
    select due.id from due join deadlines o on o.id = due.obligation_id
    where o.version = due.version and o.state = 'pending' for share of o`,
  chasers: sql`
    select due.id from due join material_requests o on o.id = due.obligation_id
    where o.version = due.version and o.state = 'outstanding' for share of o`,
};

/**
 * THE guarded statement: picks alerts of a class that are due by the database's clock, oldest first, and settles each
 * as fired or superseded. The row of the case is the one mutex of a case: whoever holds it, their alerts are skipped.
 * @param pick.alertId this alert alone, whatever became of earlier starts; otherwise alerts never started before
 */
export async function dueStatement(
  tx: Transaction,
  cls: AlertClass,
  pick: { limit: number; caseIds?: string[]; alertId?: string },
): Promise<DueRow[]> {
  const which = pick.alertId ? sql`and a.id = ${pick.alertId}` : sql`and a.starts = 0`;
  const ofCases = pick.caseIds
    ? sql`and a.case_id in ${pick.caseIds.length > 0 ? pick.caseIds : [null]}`
    : sql``;
  const rows = await tx.execute<Raw>(sql`
    with clock as materialized (select date_trunc('milliseconds', hub_now()) as now),
    due as materialized (
      select a.id, a.obligation_id, a.version
      from alerts a join cases c on c.id = a.case_id
      where a.class = ${cls} and a.state = 'pending' and a.fire_at <= (select now from clock) ${which} ${ofCases}
      order by a.fire_at, a.id
      limit ${pick.limit}
      for update of a, c skip locked
    ),
    open as materialized (${openObligations[cls]})
    update alerts a set
      state = case when open.id is null then 'superseded' else 'fired' end,
      fired_at = case when open.id is null then null else clock.now end,
      follow_ups = '[]'
    from clock, due left join open on open.id = due.id
    where a.id = due.id
    returning a.id, a.obligation_id, a.version, a.step, a.case_id, a.fire_at::text, a.state, clock.now::text`);
  return rows
    .map((row) => ({
      id: row.id,
      obligationId: row.obligation_id,
      version: row.version,
      step: row.step,
      caseId: row.case_id,
      fireAt: new Date(row.fire_at).toISOString(),
      firedAt: new Date(row.now).toISOString(),
      state: row.state,
    }))
    .sort((a, b) => (a.fireAt === b.fireAt ? compare(a.id, b.id) : compare(a.fireAt, b.fireAt)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
