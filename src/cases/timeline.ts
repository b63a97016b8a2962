import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { readStaffNames } from '../staff/store.ts';
import { staffIn, type TimelineEntry, type TimelineNames } from './say-timeline.ts';

/**
 * Everything that happened in a case, newest first: what was recorded and changed, what was chased, and which alerts
 * fired. `after` is where the page before ended.
 */
export async function readTimeline(
  db: Database | Transaction,
  caseId: string,
  limit: number,
  after?: [at: string, id: string],
): Promise<TimelineEntry[]> {
  const beyond =
    after === undefined ? sql`true` : sql`(e.at, e.id) < (${after[0]}::timestamptz, ${after[1]}::text)`;
  const rows = await db.execute<Omit<TimelineEntry, 'at'> & { at: string }>(sql`
    select e.id, e.at::text, e.kind, e.actor, e.detail from (
      select 'h' || lpad(h.id::text, 12, '0') as id, h.at, h.action as kind, h.actor,
        h.detail || jsonb_build_object('entity', h.entity, 'entityId', h.entity_id) as detail
      from history h where h.case_id = ${caseId}
      union all
      select 'c' || c.id::text, c.at, 'chased', 'hub',
        jsonb_build_object('step', c.step, 'level', c.level, 'recipient', c.recipient, 'material', r.material,
          'materialId', r.id, 'messageId', c.message_id)
      from chasers c join material_requests r on r.id = c.request_id where r.case_id = ${caseId}
      union all
      select 'a' || a.id::text, a.fired_at, 'alert-fired', 'hub',
        jsonb_build_object('step', a.step, 'deadlineId', a.obligation_id, 'rule', d.rule)
      from alerts a join deadlines d on d.id = a.obligation_id where a.case_id = ${caseId} and a.state = 'fired'
    ) e where ${beyond} order by e.at desc, e.id desc limit ${limit}`);
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
}

/** The names of what entries of a case tell of by id alone. */
export async function readTimelineNames(
  db: Database | Transaction,
  caseId: string,
  entries: readonly TimelineEntry[],
): Promise<TimelineNames> {
  const ids = entries.flatMap(({ detail }) => (detail['entity'] === 'task' ? [detail['entityId']] : []));
  const [staff, titled] = await Promise.all([
    readStaffNames(db, staffIn(entries)),
    db.execute<{ of: 'tasks' | 'materials'; id: string; name: string }>(sql`
      select 'tasks' as of, id::text, title as name from tasks
        where id = any(array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))::uuid[])
      union all select 'materials', key, material from material_requests where case_id = ${caseId}`),
  ]);
  const named = (which: 'tasks' | 'materials') =>
    new Map(titled.flatMap(({ of, id, name }) => (of === which ? [[id, name] as const] : [])));
  return { staff, tasks: named('tasks'), materials: named('materials') };
}
