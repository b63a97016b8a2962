import { sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { startStopwatch, type Instant } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { queueNames, type MessageQueue, type QueueName } from './hub-queues.ts';
import { ofMessageQueue } from './of-message-queue.ts';
import type { Drains } from './sweep.ts';

/** `late`: queues of which something due was still not carried out when the wait for it was given up. */
export type ClockMove =
  { kind: 'moved'; now: Instant; late: QueueName[] } | { kind: 'backwards'; now: Instant };

/** Any number that nothing else in the database uses: the clock is moved by one request at a time. */
const clockLock = 7_051_988;
/** How long something due may take at one instant: other workers may hold it, or it may be failing. */
const patienceMs = 10_000;
const pollMs = 20;

/**
 * Moves the demo's clock forward, stopping at every instant on the way at which something falls due until it has been
 * carried out, alerts before messages, so that everything happens in order of time. The clock ticks on from where it
 * is, and the row that holds it outlives a restart. Going back is refused.
 * @param drains what carries out the queues, as the workers do; `afterwards` is to arm the wake-ups anew (`rearmNow` of the sweep)
 */
export async function advanceClock(
  hub: { db: Database; logger: Logger },
  to: Instant,
  drains: Drains,
  afterwards?: () => Promise<void>,
): Promise<ClockMove> {
  return hub.db.transaction(async (lock) => {
    // Nothing is done in this transaction but to hold the lock, for as long as the walk takes.
    await lock.execute(sql`set local idle_in_transaction_session_timeout = 0`);
    await lock.execute(sql`select pg_advisory_xact_lock(${clockLock})`);
    const now = await readNow(hub.db);
    if (Date.parse(to) < Date.parse(now)) return { kind: 'backwards', now };
    const late = await walk(hub, new Date(to).toISOString(), drains);
    if (late.size > 0)
      hub.logger.warn({ late: [...late] }, 'the clock was moved past work that was not done');
    await afterwards?.();
    return { kind: 'moved', now: await readNow(hub.db), late: [...late] };
  });
}

/** Carries out what is due, moves the clock to the next instant, and so on to the target. */
async function walk(hub: { db: Database }, target: Instant, drains: Drains): Promise<Set<QueueName>> {
  const late = new Set<QueueName>();
  let isThere = false;
  let arrivedMs = startStopwatch();
  let drained: QueueName[] = [];
  for (;;) {
    const { due, next } = await look(hub.db, target);
    if (arrivedMs() > patienceMs) for (const name of due) late.add(name);
    // What kept one instant waiting in vain is tried at the others, but keeps none of them waiting.
    const name = due.find((queue) => !late.has(queue) || !drained.includes(queue));
    if (name) {
      // Held by another worker, or failing: a little later.
      if (drained.at(-1) === name) await new Promise((resolve) => setTimeout(resolve, pollMs));
      drained.push(name);
      await drains[name]();
      continue;
    }
    if (isThere) return late;
    isThere = next === undefined;
    await setClock(hub.db, next ?? target);
    arrivedMs = startStopwatch();
    drained = [];
  }
}

/**
 * The queues of which something is due, most dangerous first and messages last, and the first instant after now, up to
 * the target, at which something else falls due.
 */
async function look(db: Database, target: Instant): Promise<{ due: QueueName[]; next: Instant | undefined }> {
  const rows = await db.execute<{ name: QueueName; is_due: boolean; next: string | null }>(sql`
    with clock as materialized (select hub_now() as now)
    select class.name,
      exists (select 1 from alerts
        where class = class.name and state = 'pending' and fire_at <= (select now from clock)) as is_due,
      (select min(fire_at) from alerts where class = class.name and state = 'pending'
        and fire_at > (select now from clock) and fire_at <= ${target}::timestamptz)::text as next
    from unnest(array['deadlines', 'victim-updates', 'chasers']) as class(name)
    union all
    ${ofMessages('messages', target)}
    union all
    ${ofMessages('bulk-messages', target)}`);
  const next = rows
    .flatMap((row) => (row.next === null ? [] : [new Date(row.next).toISOString()]))
    .sort()
    .at(0);
  return { due: queueNames.filter((name) => rows.some((row) => row.name === name && row.is_due)), next };
}

function ofMessages(name: MessageQueue, target: Instant): SQL {
  return sql`
    select ${name},
      exists (select 1 from messages
        where state in ('pending', 'sending') and due_at <= (select now from clock) and ${ofMessageQueue(name)}),
      (select min(due_at) from messages where state = 'pending' and ${ofMessageQueue(name)}
        and due_at > (select now from clock) and due_at <= ${target}::timestamptz)::text`;
}

/** Never back: the clock ticks while work is done, and may have passed the instant by itself. */
async function setClock(db: Database, at: Instant): Promise<void> {
  await db.execute(sql`
    update hub_clock set ahead_ms = greatest(ahead_ms,
      ceil(extract(epoch from ${at}::timestamptz - clock_timestamp()) * 1000)::bigint)
    where id = 1`);
}
