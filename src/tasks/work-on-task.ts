import type { Transaction } from '../../db/connect.ts';
import { columnsOf, readRow, runHot } from '../../db/hot-statement.ts';
import { tasks, type claims } from '../../db/schema/index.ts';
import type { Instant } from '../platform/clock.ts';
import type { TaskRow } from './store.ts';

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

/** Brings back a task that was put off, which nobody holds. */
export async function resumeTask(tx: Transaction, task: TaskRow): Promise<TaskRow> {
  return change(tx, task, { deferredUntil: null, deferredWhy: null }, 'released');
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

type Change = Partial<Pick<TaskRow, 'assignee' | 'deferredUntil' | 'deferredWhy'>> &
  Partial<Pick<TaskRow, 'state' | 'outcome' | 'note' | 'closedAt' | 'closedBy'>>;

const columns = columnsOf(tasks);
const names = columns.map(({ name }) => `t.${name}`).join();

/** What a change does not name stays; nobody holds the task afterwards, and its claim has ended. */
const text = `with ended as (
    update claims set ended_at = clock_timestamp(), how = $2::text where task_id = $1::uuid and ended_at is null)
  update tasks t set claimed_by = null, claim_token = null, claim_until = null, version = t.version + 1,
    assignee = r.assignee, deferred_until = r.deferred_until, deferred_why = r.deferred_why, state = r.state,
    outcome = r.outcome, note = r.note, closed_at = r.closed_at, closed_by = r.closed_by
  from jsonb_populate_record(null::tasks, $3::jsonb) r where t.id = $1::uuid returning ${names}`;

async function change(tx: Transaction, task: TaskRow, values: Change, how: HowEnded): Promise<TaskRow> {
  const { assignee, deferredUntil, deferredWhy, state, outcome, note, closedAt, closedBy } = {
    ...task,
    ...values,
  };
  const row = {
    ...{ assignee, deferred_until: deferredUntil, deferred_why: deferredWhy },
    ...{ state, outcome, note, closed_at: closedAt, closed_by: closedBy },
  };
  const [changed] = await runHot(tx, text, [task.id, how, JSON.stringify(row)]);
  if (!changed) throw new Error('a task that was locked is gone');
  return readRow<TaskRow>(columns, changed);
}
