import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { cases, people } from './cases.ts';
import { instant } from './columns.ts';
import { deadlines } from './deadlines.ts';

export type ContactState = 'owed' | 'made' | 'stopped' | 'withdrawn' | 'not-made';

/** An update owed to a victim or witness; its time limit is the deadline of the same id. */
export const contacts = pgTable(
  'contacts',
  {
    id: uuid('id')
      .primaryKey()
      .references(() => deadlines.id),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    reason: text('reason').notNull(),
    entitlement: text('entitlement').$type<'standard' | 'enhanced'>().notNull(),
    state: text('state').$type<ContactState>().notNull(),
    stoppedWhy: text('stopped_why'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('contacts_case').on(t.caseId),
    index('contacts_state').on(t.state, t.createdAt, t.id),
    check('contacts_state_known', sql`${t.state} in ('owed','made','stopped','withdrawn','not-made')`),
  ],
);

/** One try at a contact. */
export const contactAttempts = pgTable(
  'contact_attempts',
  {
    id: uuid('id').primaryKey(),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contacts.id),
    channel: text('channel').notNull(),
    result: text('result')
      .$type<'reached' | 'no-answer' | 'message-left' | 'wrong-number' | 'declined'>()
      .notNull(),
    note: text('note'),
    at: instant('at').notNull(),
    by: text('by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [index('contact_attempts_contact').on(t.contactId)],
);
