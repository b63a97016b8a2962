import { and, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { claims, tasks } from '../../db/schema/index.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { consequenceRank, risesAt, type TaskDraft } from './task-draft.ts';

export type TaskRow = typeof tasks.$inferSelect;

/** Whose work the tasks of a case are. */
export type Assignment = {
  caseId: string | null;
  team: string;
  assignee: string | null;
  visibleTo: string[];
};

/** The tasks of a case: open ones, and those done. */
export async function readTasks(db: Database | Transaction, caseId: string): Promise<TaskRow[]> {
  return db
    .select()
    .from(tasks)
    .where(eq(tasks.caseId, caseId))
    .orderBy(tasks.dueAt, tasks.createdAt, tasks.id);
}

/** One task, or undefined. */
export async function readTask(db: Database | Transaction, id: string): Promise<TaskRow | undefined> {
  const [row] = await db.select().from(tasks).where(eq(tasks.id, id));
  return row;
}

/**
 * Opens tasks; where one of the same source is open already, its words and date are brought up to date instead.
 * @returns the ids, in the order of the work
 */
export async function openTasks(
  tx: Transaction,
  work: readonly { assignment: Assignment; draft: TaskDraft }[],
  now: Instant,
): Promise<string[]> {
  if (work.length === 0) return [];
  const rows = work.map(({ assignment, draft }) => ({
    id: newId(),
    ...assignment,
    ...valuesOf(draft),
    createdAt: now,
    risesAt: risesAt(draft.consequence, civilDateOf(now)),
  }));
  const ofCases = rows.filter(({ caseId }) => caseId !== null);
  const ofHub = rows.filter(({ caseId }) => caseId === null);
  const opened = [
    ...(await insertTasks(tx, ofCases, [tasks.caseId, tasks.source], sql`${tasks.state} = 'open'`)),
    ...(await insertTasks(
      tx,
      ofHub,
      [tasks.source],
      sql`${tasks.state} = 'open' and ${tasks.caseId} is null`,
    )),
  ];
  const ids = new Map(opened.map((task) => [`${task.caseId} ${task.source}`, task.id]));
  return rows.map(({ caseId, source }) => ids.get(`${caseId} ${source}`) ?? '');
}

async function insertTasks(
  tx: Transaction,
  rows: (typeof tasks.$inferInsert)[],
  target: (typeof tasks.caseId | typeof tasks.source)[],
  targetWhere: SQL,
) {
  if (rows.length === 0) return [];
  return tx
    .insert(tasks)
    .values(rows)
    .onConflictDoUpdate({
      target,
      targetWhere,
      set: {
        title: sql`excluded.title`,
        why: sql`excluded.why`,
        dueAt: sql`excluded.due_at`,
        danger: sql`excluded.danger`,
        alwaysCritical: sql`excluded.always_critical`,
        version: sql`${tasks.version} + 1`,
      },
    })
    .returning({ id: tasks.id, caseId: tasks.caseId, source: tasks.source });
}

function valuesOf(draft: TaskDraft) {
  return {
    kind: draft.kind,
    title: draft.title,
    source: draft.source,
    deadlineId: draft.deadlineId ?? null,
    requestId: draft.requestId ?? null,
    subject: draft.subject,
    why: draft.why,
    consequence: consequenceRank(draft.consequence),
    danger: draft.danger,
    alwaysCritical: draft.alwaysCritical,
    dueAt: draft.dueAt,
    effortMinutes: draft.effortMinutes,
  };
}

/**
 * Closes open tasks that something other than their completion has settled; whoever holds one loses the claim.
 * @param which the deadlines they are for, or their own ids
 * @returns the ids closed
 */
export async function closeTasks(
  tx: Transaction,
  which: { deadlineIds: readonly string[] } | { taskIds: readonly string[] },
  how: { state: 'done' | 'cancelled'; outcome: string; by: string },
  now: Instant,
): Promise<string[]> {
  const ids = 'taskIds' in which ? which.taskIds : which.deadlineIds;
  if (ids.length === 0) return [];
  const column = 'taskIds' in which ? tasks.id : tasks.deadlineId;
  const closed = await tx
    .update(tasks)
    .set({
      state: how.state,
      outcome: how.outcome,
      closedAt: now,
      closedBy: how.by,
      claimedBy: null,
      claimToken: null,
      claimUntil: null,
      version: sql`${tasks.version} + 1`,
    })
    .where(and(inArray(column, [...ids]), eq(tasks.state, 'open')))
    .returning({ id: tasks.id });
  const closedIds = closed.map(({ id }) => id);
  await endClaims(tx, closedIds, 'cancelled');
  return closedIds;
}

/** Ends the live claims on tasks. Claims live in machine time. */
export async function endClaims(
  tx: Transaction,
  taskIds: readonly string[],
  how: NonNullable<(typeof claims.$inferSelect)['how']>,
): Promise<void> {
  if (taskIds.length === 0) return;
  await tx
    .update(claims)
    .set({ endedAt: sql`clock_timestamp()`, how })
    .where(and(inArray(claims.taskId, [...taskIds]), isNull(claims.endedAt)));
}
