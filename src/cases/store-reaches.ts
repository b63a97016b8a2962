import { sql, type SQL } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { insertMany } from '../../db/many-rows.ts';
import { calendarReaches } from '../../db/schema/recomputations.ts';
import type { Run } from '../calendar/calendar-reach.ts';
import type { CivilDate } from '../calendar/civil-date.ts';

/** Keeps which days of the calendar cases were counted by. The caller holds the locks on the cases. */
export async function saveReaches(
  tx: Transaction,
  counted: readonly { row: { id: string }; reach: readonly Run[] }[],
): Promise<void> {
  await insertMany(
    tx,
    calendarReaches,
    counted.map(({ row, reach }) => ({ caseId: row.id, days: written(reach) })),
    sql`on conflict (case_id) do update set days = excluded.days where calendar_reaches.days <> excluded.days`,
  );
}

/** Whether a case `c` was counted by one of some days, or nobody knows by which. */
export function isReachedBy(days: readonly CivilDate[]): SQL {
  const changed = written(days.map((day) => ({ from: day, to: day })));
  return sql`not exists (
    select from calendar_reaches r where r.case_id = c.id and not r.days && ${changed}::datemultirange)`;
}

function written(runs: readonly Run[]): string {
  return `{${runs.map(({ from, to }) => `[${from},${to}]`).join(',')}}`;
}
