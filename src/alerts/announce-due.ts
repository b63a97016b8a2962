import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { Instant } from '../platform/clock.ts';
import type { QueueName } from './hub-queues.ts';

/** The channel on which every worker process hears that something fresh is due. */
export const dueChannel = 'hub_due';

/**
 * Tells the workers, when the transaction commits, that something of a queue is due within the next minute: wake-ups
 * are armed once a minute, so they would find it late. What is due later needs no telling, and costs nothing here but
 * the statement (a notification makes commits queue up behind one another).
 */
export async function announceDue(tx: Transaction, queue: QueueName, dueAt: Instant): Promise<void> {
  await tx.execute(sql`
    select pg_notify(${dueChannel}, ${queue}) where ${dueAt}::timestamptz <= hub_now() + interval '1 minute'`);
}
