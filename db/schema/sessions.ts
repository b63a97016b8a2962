import { sql } from 'drizzle-orm';
import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { staff } from './people.ts';

const machineInstant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });

/** Somebody signed in to the pages. Times are the machine's. The secret that the browser holds is known by its hash alone. */
export const sessions = pgTable(
  'sessions',
  {
    secretHash: text('secret_hash').primaryKey(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    /** What the person's last sign-in claimed, of what gives a role here; null where the list of staff gives it. */
    claimed: text('claimed').array(),
    startedAt: machineInstant('started_at')
      .notNull()
      .default(sql`clock_timestamp()`),
    seenAt: machineInstant('seen_at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (t) => [index('sessions_staff').on(t.staffId), index('sessions_started').on(t.startedAt)],
);
