import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { tasks, type claims } from '../../db/schema/index.ts';
import type { Instant } from '../platform/clock.ts';
import { endClaims, type TaskRow } from './store.ts';

const noClaim = { claimedBy: null, claimToken: null, claimUntil: null };
const oneMore = sql`${tasks.version} + 1`;

type HowEnded = NonNullable<(typeof claims.$inferSelect)['how']>;

/** Gives a claimed task back, undone. */
export async function releaseTask(tx: Transaction, task: TaskRow): Promise<TaskRow> {
  return change(tx, task, {}, 'released');
}

/** Puts a claimed task off until an instant, for a reason. */
export async function deferTask(
  tx: Transaction,
  task: TaskRow,
  until: Instant,
  reason: string,
): Promise<TaskRow> {
  return change(tx, task, { deferredUntil: until, deferredWhy: reason }, 'deferred');
}

/** Gives a task to another person, or with null to the team's pool. Whoever holds it loses the claim. */
export async function reassignTask(tx: Transaction, task: TaskRow, to: string | null): Promise<TaskRow> {
  return change(tx, task, { assignee: to }, 'reassigned');
}

/** Ends an open task, done by the one who held it or cancelled by a senior. */
export async function endTask(
  tx: Transaction,
  task: TaskRow,
  end: { state: 'done' | 'cancelled'; outcome: string; note: string | null; by: string },
  now: Instant,
): Promise<TaskRow> {
  const { state, outcome, note, by } = end;
  return change(
    tx,
    task,
    { state, outcome, note, closedAt: now, closedBy: by },
    state === 'done' ? 'completed' : 'cancelled',
  );
}

async function change(
  tx: Transaction,
  task: TaskRow,
  values: Partial<TaskRow>,
  how: HowEnded,
): Promise<TaskRow> {
  await endClaims(tx, [task.id], how);
  const [changed] = await tx
    .update(tasks)
    .set({ ...values, ...noClaim, version: oneMore })
    .where(eq(tasks.id, task.id))
    .returning();
  if (!changed) throw new Error('a task that was locked is gone');
  return changed;
}
