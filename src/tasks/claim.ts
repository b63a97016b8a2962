import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../db/connect.ts';
import { columnsOf, readRow, runHot } from '../../db/hot-statement.ts';
import { tasks } from '../../db/schema/index.ts';
import type { Failure } from '../platform/failure.ts';
import type { Puller } from './eligible.ts';
import { lockNext } from './read-queue.ts';
import type { TaskRow } from './store.ts';
import type { BandEdges } from './urgency.ts';

/** How long a claim lasts, in machine time: the hub's clock can be moved, a person's two hours cannot. */
const claimLength = `interval '2 hours'`;

const taskColumns = columnsOf(tasks);
const names = taskColumns.map(({ name }) => `t.${name}`).join();

/** What somebody holds. */
export type Held = { id: string; claim_token: string };

/**
 * What a person holds already, locked. One unfinished claim a person: a second press of the button, in another tab,
 * waits here and then gets the same. Sent together with whatever is sent at the same time.
 */
export async function lockHeld(tx: Transaction, staffId: string): Promise<Held | undefined> {
  const [, held] = await Promise.all([
    runHot(tx, `select pg_advisory_xact_lock(hashtextextended('claim:' || $1::text, 0))`, [staffId]),
    runHot<Held>(
      tx,
      `select id, claim_token from tasks where claimed_by = $1::text and state = 'open' for update`,
      [staffId],
    ),
  ]);
  return held[0];
}

/**
 * The next task for a person, claimed for two hours: the one that they hold already, else the first in the order of
 * work that nobody holds. Null when there is nothing. Two people who pull at once never get the same task.
 * @param held what `lockHeld` found in this transaction
 */
export async function pullNext(
  tx: Transaction,
  puller: Puller,
  edges: BandEdges,
  held: Held | undefined,
): Promise<TaskRow | null> {
  if (held) return renew(tx, held.id, held.claim_token);
  const id = await lockNext(tx, puller, edges);
  return id === undefined ? null : takeClaim(tx, id, puller.id);
}

const take = `with ended as (
    update claims set ended_at = clock_timestamp(), how = 'expired'
    where task_id = $1::uuid and ended_at is null returning token),
  claimed as (
    update tasks t set claimed_by = $2::text, claim_token = $3::uuid,
      claim_until = clock_timestamp() + ${claimLength}, version = t.version + 1
    where t.id = $1::uuid returning ${names}),
  kept as (
    insert into claims (token, task_id, staff_id, claimed_at, until)
    select c.claim_token, c.id, c.claimed_by, clock_timestamp(), c.claim_until
    from claimed c cross join (select count(*) from ended) after_ended)
  select * from claimed`;

async function takeClaim(tx: Transaction, taskId: string, staffId: string): Promise<TaskRow | null> {
  return taskOf(await runHot(tx, take, [taskId, staffId, randomUUID()]));
}

const extend = `with renewed as (
    update tasks t set claim_until = clock_timestamp() + ${claimLength} where t.id = $1::uuid returning ${names}),
  kept as (update claims set until = r.claim_until from renewed r where token = $2::uuid)
  select * from renewed`;

/** Makes a claim last two hours from now. */
export async function renew(tx: Transaction, taskId: string, token: string): Promise<TaskRow | null> {
  return taskOf(await runHot(tx, extend, [taskId, token]));
}

function taskOf(rows: Record<string, unknown>[]): TaskRow | null {
  return rows[0] === undefined ? null : readRow<TaskRow>(taskColumns, rows[0]);
}

const lock = `select ${names} from tasks t where t.id = $1::uuid for update`;

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
  const task = taskOf(await runHot(tx, lock, [taskId]));
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
