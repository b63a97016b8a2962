import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { history } from '../../db/schema/index.ts';
import { isCivilDate } from '../calendar/civil-date.ts';
import type { DeadlineRow } from '../deadlines/store.ts';
import type { Settled } from './settle.ts';

type Dates = { legalDue: string | null; actionDue: string | null };
type Detail = Dates & { before?: Dates };

/**
 * What an event did to the deadlines of its case when it was recorded, from the history: with the dates that they were
 * given then, whatever became of them since.
 */
export async function readFollowed(
  db: Database | Transaction,
  caseId: string,
  eventId: string,
  deadlines: readonly DeadlineRow[],
): Promise<Settled> {
  const entries = await db
    .select({ action: history.action, id: history.entityId, detail: history.detail })
    .from(history)
    .where(
      and(
        eq(history.caseId, caseId),
        eq(history.entity, 'deadline'),
        sql`${history.detail} -> 'cause' ->> 'event' = ${eventId}`,
      ),
    )
    .orderBy(asc(history.id));
  const settled: Settled = { added: [], moved: [], met: [], withdrawn: [] };
  for (const { action, id, detail } of entries) {
    const found = deadlines.find((deadline) => deadline.id === id);
    if (!found) continue;
    const then = detail as Detail;
    const deadline = { ...found, ...dueThen(then) };
    if (action === 'deadline-moved' && then.before) settled.moved.push({ deadline, before: then.before });
    else if (action === 'deadline-added') settled.added.push({ ...deadline, state: 'pending' });
    else if (action === 'deadline-met') settled.met.push(deadline);
    else if (action === 'deadline-withdrawn') settled.withdrawn.push(deadline);
  }
  return settled;
}

/** Who recorded an event, and the tasks that were made in the same moment: with the case locked, by that. */
export async function readRecording(
  db: Database | Transaction,
  caseId: string,
  eventId: string,
): Promise<{ by: string; tasks: string[] }> {
  const [row] = await db.execute<{ by: string; tasks: string[] }>(sql`
    select h.actor as by, array(select t.id::text from tasks t
      where t.case_id = h.case_id and t.created_at = h.at order by t.due_at, t.id) as tasks
    from history h where h.case_id = ${caseId} and h.action = 'event-recorded' and h.entity_id = ${eventId}
    limit 1`);
  return row ?? { by: 'hub', tasks: [] };
}

function dueThen({ legalDue, actionDue }: Dates): Pick<DeadlineRow, 'legalDue' | 'legalDueAt' | 'actionDue'> {
  if (legalDue === null || isCivilDate(legalDue)) return { legalDue, legalDueAt: null, actionDue };
  return { legalDue: null, legalDueAt: legalDue, actionDue };
}
