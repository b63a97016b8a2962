import { asc, eq } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { taskNotes } from '../../db/schema/index.ts';
import type { Instant } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';

export type Note = { by: string; at: Instant; text: string };

/** What was written down while a task was held, the oldest first: whoever takes it up again goes on from there. */
export async function readNotes(db: Database | Transaction, taskId: string): Promise<Note[]> {
  return db
    .select({ by: taskNotes.staffId, at: taskNotes.at, text: taskNotes.text })
    .from(taskNotes)
    .where(eq(taskNotes.taskId, taskId))
    .orderBy(asc(taskNotes.at), asc(taskNotes.id));
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
