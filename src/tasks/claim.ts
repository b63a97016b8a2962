import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { claims, tasks } from '../../db/schema/index.ts';
import type { Failure } from '../platform/failure.ts';
import type { Puller } from './eligible.ts';
import { lockNext } from './read-queue.ts';
import { endClaims, type TaskRow } from './store.ts';
import type { BandEdges } from './urgency.ts';

/** How long a claim lasts, in machine time: the hub's clock can be moved, a person's two hours cannot. */
const claimLength = sql`interval '2 hours'`;

/**
 * The next task for a person, claimed for two hours: the one that they hold already, else the first in the order of
 * work that nobody holds. Null when there is nothing. Two people who pull at once never get the same task.
 */
export async function pullNext(tx: Transaction, puller: Puller, edges: BandEdges): Promise<TaskRow | null> {
  // One unfinished claim a person: a second press of the button, in another tab, waits here and then gets the same.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('claim:' || ${puller.id}, 0))`);
  const held = await renewHeld(tx, puller.id);
  if (held) return held;
  const id = await lockNext(tx, puller, edges);
  return id === undefined ? null : takeClaim(tx, id, puller.id);
}

async function renewHeld(tx: Transaction, staffId: string): Promise<TaskRow | null> {
  const [task] = await tx
    .select()
    .from(tasks)
    .where(and(eq(tasks.claimedBy, staffId), eq(tasks.state, 'open')))
    .for('update');
  if (!task?.claimToken) return null;
  return renew(tx, task.id, task.claimToken);
}

async function takeClaim(tx: Transaction, taskId: string, staffId: string): Promise<TaskRow | null> {
  await endClaims(tx, [taskId], 'expired');
  const token = randomUUID();
  const [task] = await tx
    .update(tasks)
    .set({
      claimedBy: staffId,
      claimToken: token,
      claimUntil: sql`clock_timestamp() + ${claimLength}`,
      version: sql`${tasks.version} + 1`,
    })
    .where(eq(tasks.id, taskId))
    .returning();
  if (!task?.claimUntil) return null;
  await tx
    .insert(claims)
    .values({ token, taskId, staffId, claimedAt: sql`clock_timestamp()`, until: task.claimUntil });
  return task;
}

/** Makes a claim last two hours from now. */
export async function renew(tx: Transaction, taskId: string, token: string): Promise<TaskRow | null> {
  const [task] = await tx
    .update(tasks)
    .set({ claimUntil: sql`clock_timestamp() + ${claimLength}` })
    .where(eq(tasks.id, taskId))
    .returning();
  if (!task?.claimUntil) return null;
  await tx.update(claims).set({ until: task.claimUntil }).where(eq(claims.token, token));
  return task;
}

/**
 * An open task, locked. With a claim, only for the one who holds it by that claim: one that expired and was not
 * retaken still holds.
 * @returns `conflict` where it is done, held by somebody else, or not held by this claim
 */
export async function lockClaimed(
  tx: Transaction,
  taskId: string,
  token: string | undefined,
  staffId: string,
): Promise<TaskRow | Failure> {
  const [task] = await tx.select().from(tasks).where(eq(tasks.id, taskId)).for('update');
  if (!task) return { kind: 'not-found', detail: 'There is no such task.' };
  if (task.state !== 'open') return { kind: 'conflict', detail: `The task is ${task.state} already.` };
  if (token === undefined || (task.claimToken === token && task.claimedBy === staffId)) return task;
  return {
    kind: 'conflict',
    detail:
      task.claimedBy === null
        ? 'Nobody holds the task: pull it first.'
        : 'Somebody else holds the task by now.',
    errors: [{ path: 'claim', message: 'is not the claim that holds the task' }],
  };
}
