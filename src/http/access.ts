import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { accessLog } from '../../db/schema/cases.ts';

/**
 * Records that somebody was shown a case, or changed it. For a change take the transaction of the change.
 * @param access.staff the person, or whoever else it was, such as `officer:PC1001`
 * @param access.caseId one case, or all that one answer showed
 * @param access.route the pattern of the route, `c.get('routeName')`
 */
export async function recordAccess(
  db: Database | Transaction,
  access: {
    staff: { id: string } | string;
    caseId: string | readonly string[];
    action: 'read' | 'change';
    route: string;
    requestId: string;
  },
): Promise<void> {
  const { staff, caseId, action, route, requestId } = access;
  const actor = typeof staff === 'string' ? staff : staff.id;
  const cases = [...new Set(typeof caseId === 'string' ? [caseId] : caseId)];
  if (cases.length === 0) return;
  await db
    .insert(accessLog)
    .values(cases.map((id) => ({ at: sql`hub_now()`, actor, caseId: id, action, route, requestId })));
}
