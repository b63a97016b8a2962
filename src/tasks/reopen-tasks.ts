import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';

/**
 * Opens cancelled tasks again as they were, for whoever may see and do them by now: the case may have been given to
 * somebody else, or restricted, in between. The caller holds the locks on the cases.
 */
export async function reopenTasks(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(sql`
    update tasks t set state = 'open', outcome = null, note = null, closed_at = null, closed_by = null,
      team = c.team, skills = c.skills, barred = c.barred, custody = 'custody' = any(c.traits),
      visible_to = case when c.restricted then c.visible_to else '{}' end,
      assignee = case when t.assignee = any(c.barred) or (c.restricted and not t.assignee = any(c.visible_to))
        or t.team <> c.team then null else t.assignee end,
      version = t.version + 1
    from cases c
    where c.id = t.case_id and t.state = 'cancelled'
      and t.id = any (array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid))`);
}
