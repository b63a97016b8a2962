import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { insertMany } from '../../db/many-rows.ts';
import { alerts } from '../../db/schema/alerts.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { chaserAlert } from '../materials/compare-requests.ts';
import type { Instant } from '../platform/clock.ts';
import { nextSteps } from './next-steps.ts';
import { readPlan } from './plan-steps.ts';
import { readSentOf } from './store-sent.ts';

/**
 * Plans the steps to come of requests anew, after one of theirs came late: what follows keeps its distance from today.
 * The caller holds the cases.
 */
export async function replanLate(
  tx: Transaction,
  requestIds: readonly string[],
  calendar: HolidayCalendar,
  now: Instant,
): Promise<void> {
  if (requestIds.length === 0) return;
  const ids = sql`any (array(select jsonb_array_elements_text(${JSON.stringify(requestIds)}::jsonb)::uuid))`;
  await tx.execute(sql`
    update alerts set state = 'superseded' where class = 'chasers' and state = 'pending' and obligation_id = ${ids}`);
  const rows = await tx.execute<{
    id: string;
    version: number;
    case_id: string;
    plan: string | null;
    held_until: CivilDate | null;
  }>(sql`
    update material_requests set version = version + 1 where id = ${ids}
    returning id, version, case_id, plan, held_until::text`);
  const sent = await readSentOf(tx, requestIds);
  await insertMany(
    tx,
    alerts,
    rows.flatMap(({ id, version, case_id: caseId, plan, held_until: heldUntil }) =>
      nextSteps(readPlan(plan), sent.get(id) ?? [], heldUntil, calendar, now).map((step) =>
        chaserAlert({ id, version, caseId }, step, now),
      ),
    ),
  );
}
