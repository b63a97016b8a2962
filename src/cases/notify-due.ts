import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';

/**
 * Tells the workers, when this transaction commits, which classes of a case have something due within the next
 * minute, so that it does not wait for the next sweep. Only a hint: with nobody listening the sweep finds it.
 */
export async function notifyDue(tx: Transaction, caseId: string): Promise<void> {
  await tx.execute(sql`
    select pg_notify('hub_due', class) from (
      select distinct class from alerts
      where case_id = ${caseId} and state = 'pending' and fire_at <= (select hub_now()) + interval '1 minute'
    ) soon`);
}
