import { sql, type SQL } from 'drizzle-orm';
import { bulkPurposes } from '../../db/schema/messages.ts';
import type { MessageQueue } from './hub-queues.ts';

const bulk = sql`purpose in (${sql.join(
  bulkPurposes.map((purpose) => sql`${purpose}`),
  sql`, `,
)})`;

/** Whether a row of `messages` leaves on a queue, as a condition on its column `purpose`. */
export function ofMessageQueue(name: MessageQueue): SQL {
  return name === 'bulk-messages' ? bulk : sql`not (${bulk})`;
}
