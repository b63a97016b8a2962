import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { caseEvents, cases } from './cases.ts';
import { instant } from './columns.ts';

/**
 * What was written or said, in somebody's own words: a letter's summary, a question, an answer. It can name people, so
 * it stands here and not in the event that it belongs to. Append-only.
 */
export const eventWords = pgTable(
  'event_words',
  {
    eventId: uuid('event_id')
      .primaryKey()
      .references(() => caseEvents.id),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    words: text('words').notNull(),
    /** What was written under headings of its own, as the reasons for a decision are. */
    parts: jsonb('parts').$type<Record<string, string>>(),
    /** Who wrote or asked, as they are known: an agency, a firm of solicitors, a victim's mother. */
    who: text('who'),
    /** What the letter or message is known by. */
    reference: text('reference'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: text('recorded_by').notNull(),
  },
  (t) => [index('event_words_case').on(t.caseId)],
);
