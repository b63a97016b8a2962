import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { caseEvents, deadlines, tasks } from '../../db/schema/index.ts';
import { isCustodyLimit } from '../deadlines/is-custody-limit.ts';
import type { DeadlineRow } from '../deadlines/store.ts';
import type { Instant } from '../platform/clock.ts';
import { hubActor } from '../staff/history.ts';
import { confirmLimitTask, expiredLimitTask } from './deadline-limit-tasks.ts';
import { closeTasksOf, openTasks, type Assignment, type Work } from './store.ts';

/** A deadline that has just been missed, and whose work the tasks of its case are. */
export type Missed = { deadline: DeadlineRow; assignment: Assignment };

const toConfirm = ['confirm-custody-limit', 'settle-custody-limit'];

/**
 * When a custody time limit expires that nobody had confirmed, there is nothing left to confirm: that task gives way to
 * one to check at once whether the defendant is held lawfully, and the limit that runs next is to be confirmed. The
 * caller has marked the limits as missed and holds the locks on their cases.
 */
export async function replaceConfirmations(
  tx: Transaction,
  missed: readonly Missed[],
  now: Instant,
): Promise<void> {
  const limits = missed.filter(({ deadline }) => deadline.legalDue !== null && isCustodyLimit(deadline.rule));
  if (limits.length === 0) return;
  const caseIds = [...new Set(limits.map(({ deadline }) => deadline.caseId))];
  const open = await tx
    .select({ id: tasks.id, caseId: tasks.caseId, source: tasks.source, notFor: tasks.notFor })
    .from(tasks)
    .where(and(inArray(tasks.caseId, caseIds), inArray(tasks.kind, toConfirm), eq(tasks.state, 'open')));
  const work = new Map<string, Work>();
  const closings = new Set<string>();
  for (const { deadline, assignment } of limits) {
    const { caseId, defendantId, legalDue } = deadline;
    const due = legalDue ?? '';
    const task = open.find(
      (one) =>
        one.caseId === caseId && one.source.endsWith(`:${defendantId}:${due}`) && !closings.has(one.id),
    );
    if (task === undefined || defendantId === null) continue;
    closings.add(task.id);
    const next = await nextUnconfirmed(tx, caseId, defendantId);
    const drafts = [
      expiredLimitTask(defendantId, due),
      ...(next === null ? [] : [confirmLimitTask(defendantId, next, task.notFor)]),
    ];
    for (const draft of drafts) work.set(`${caseId} ${draft.source}`, { assignment, draft });
  }
  const how = { state: 'cancelled', outcome: 'the limit has expired' } as const;
  await closeTasksOf(
    tx,
    [...closings].map((id) => ({ id, ...how })),
    hubActor.id,
    now,
  );
  await openTasks(tx, [...work.values()], now);
}

/** The day of the limit that runs next for a defendant, where nobody has said anything of it. */
async function nextUnconfirmed(tx: Transaction, caseId: string, defendantId: string): Promise<string | null> {
  const running = await tx
    .select({ rule: deadlines.rule, legalDue: deadlines.legalDue })
    .from(deadlines)
    .where(
      and(
        eq(deadlines.caseId, caseId),
        eq(deadlines.defendantId, defendantId),
        eq(deadlines.state, 'pending'),
        sql`${deadlines.legalDue} is not null`,
      ),
    )
    .orderBy(deadlines.legalDue);
  const next = running.find(({ rule }) => isCustodyLimit(rule))?.legalDue ?? null;
  if (next === null) return null;
  const said = await tx
    .select({ id: caseEvents.id })
    .from(caseEvents)
    .where(
      and(
        eq(caseEvents.caseId, caseId),
        eq(caseEvents.defendantId, defendantId),
        inArray(caseEvents.type, ['custody-limit-confirmed', 'custody-limit-disputed']),
        sql`${caseEvents.data}->>'dueOn' = ${next}`,
      ),
    )
    .limit(1);
  return said.length === 0 ? next : null;
}
