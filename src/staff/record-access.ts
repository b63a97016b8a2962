import type { Database, Transaction } from '../../db/connect.ts';
import { runHot, runSlow } from '../../db/hot-statement.ts';

const recording = `insert into access_log (at, actor, case_id, case_ids, action, route, request_id)
  select hub_now(), $1::text, case when cardinality(ids) = 1 then ids[1] end,
    case when cardinality(ids) > 1 then ids end, $3::text, $4::text, $5::text from (select $2::uuid[] as ids) shown`;

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
  await runHot(db, recording, [actor, cases, action, route, requestId]);
}

/**
 * Enters what was read since the last time into the index by which those who read a case are found. Until then it waits in
 * a list, which that search goes through too: nothing is missed, only found more slowly. Who reads waits for none of this.
 * @returns how many pages of the list were emptied
 */
export async function enterWhatWasRead(db: Database): Promise<number> {
  const entering = `select gin_clean_pending_list('access_log_of_cases')::int as pages`;
  const [row] = await runSlow<{ pages: number }>(db, entering, []);
  return row?.pages ?? 0;
}
