import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { staff } from './people.ts';

/** The private link by which a caseworker's calendar reads their deadlines: one a person, and its hash alone. */
export const calendarLinks = pgTable('calendar_links', {
  staffId: text('staff_id')
    .primaryKey()
    .references(() => staff.id),
  /** SHA-256 of the token, in hexadecimal. The token itself is shown once and kept nowhere. */
  tokenHash: text('token_hash').notNull().unique(),
  createdAt: instant('created_at').notNull(),
});
