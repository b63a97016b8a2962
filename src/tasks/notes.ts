import { eq } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { runHot } from '../../db/hot-statement.ts';
import { instantOf } from '../../db/schema/columns.ts';
import { taskNotes } from '../../db/schema/index.ts';
import type { Instant } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';

export type Note = { by: string; at: Instant; text: string };

const pulled = `select (select c.urn from cases c where c.id = $2::uuid) as urn,
    (select jsonb_agg(jsonb_build_object('by', n.staff_id, 'at', n.at::text, 'text', n.text) order by n.at, n.id)
      from task_notes n where n.task_id = $1::uuid) as notes`;

/**
 * What somebody is told of a task that they have pulled, beside the task: the URN of its case, and what was written down
 * while it was held before, the oldest first, for them to go on from there.
 */
export async function readPulled(
  db: Database | Transaction,
  { id, caseId }: { id: string; caseId: string | null },
): Promise<{ urn: string | null; notes: Note[] }> {
  const [row] = await runHot<{ urn: string | null; notes: Note[] | null }>(db, pulled, [id, caseId]);
  const notes = row?.notes ?? [];
  return { urn: row?.urn ?? null, notes: notes.map((note) => ({ ...note, at: instantOf(note.at) })) };
}

/** Writes something down on a task that the caller holds. */
export async function addNote(
  tx: Transaction,
  taskId: string,
  by: string,
  text: string,
  now: Instant,
): Promise<void> {
  await tx.insert(taskNotes).values({ id: newId(), taskId, staffId: by, at: now, text });
}

/** What was written down on a task, the oldest first. */
export async function readNotes(db: Database | Transaction, taskId: string): Promise<Note[]> {
  const { staffId, at, text } = taskNotes;
  return db
    .select({ by: staffId, at, text })
    .from(taskNotes)
    .where(eq(taskNotes.taskId, taskId))
    .orderBy(at, taskNotes.id);
}
