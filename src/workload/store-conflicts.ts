import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';

/** Who has a conflict of interest that stands with a case, or with the officer whom it has. */
export async function barredFrom(
  tx: Transaction,
  of: readonly { id: string; officer: string }[],
): Promise<(caseId: string) => string[]> {
  const asked = JSON.stringify(of.map(({ id, officer }) => ({ id, officer })));
  const rows = await tx.execute<{ id: string; staff: string[] }>(sql`
    select a.id, array_agg(distinct k.staff_id order by k.staff_id) as staff
    from jsonb_to_recordset(${asked}::jsonb) a(id uuid, officer text)
    join conflicts_of_interest k on k.ended_at is null and (k.case_id = a.id or k.officer = a.officer)
    group by a.id`);
  const barred = new Map(rows.map(({ id, staff }) => [id, staff]));
  return (id) => barred.get(id) ?? [];
}
