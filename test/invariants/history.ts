import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { verifyHistory } from '../../src/staff/seal-history.ts';
import type { Asked } from './evidence.ts';
import { sentences } from './sentences.ts';

/** Invariant 17, as far as the tables tell: every change has its row of history, and the chain over it holds. */
export async function historyProblems(db: Asked): Promise<string[]> {
  const broken = await verifyHistory(db as Database);
  return [
    ...(broken === null ? [] : [`17: the chain of the history does not hold at ${broken.position}`]),
    ...(await sentences(
      db,
      sql`select format('17: row %s of the history is not sealed', h.id) from history h
          left join history_seals s on s.history_id = h.id where s.history_id is null
          union all
          select format('17: case %s was made, and the history does not say so', c.urn) from cases c
          where not exists (select 1 from history h where h.action = 'case-created' and h.entity_id = c.id::text
            and h.actor = c.created_by)
          union all
          select format('17: event %s (%s) was recorded, and the history does not say so', e.id, e.type)
          from case_events e where e.type <> 'case-received' and not exists (
            select 1 from history h where h.action = 'event-recorded' and h.entity_id = e.id::text
              and h.case_id = e.case_id and h.actor = e.recorded_by)
          union all
          select format('17: claim %s was %s, and the history does not say so', c.token, c.how) from claims c
          where c.how in ('completed', 'released', 'deferred', 'reassigned') and not exists (
            select 1 from history h where h.action = 'task-' || c.how and h.entity_id = c.task_id::text)
          union all
          select format('17: deadline %s stands in version %s, which the history does not know', d.id, d.version)
          from deadlines d where not exists (
            select 1 from history h where h.entity = 'deadline' and h.entity_id = d.id::text
              and (h.detail->>'version')::int = d.version)
          union all
          select format('17: events of case %s are not numbered one after another', case_id) from case_events
          group by case_id having max(seq) <> count(*) or min(seq) <> 1`,
    )),
  ];
}
