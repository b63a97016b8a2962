import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

export type MessagePurpose =
  'chaser' | 'escalation' | 'digest' | 'staff-alert' | 'victim-update' | 'answer-receipt';
export type MessageState = 'pending' | 'sending' | 'sent' | 'failed' | 'unknown' | 'cancelled';

/** Something that leaves the building, once. */
export const messages = pgTable(
  'messages',
  {
    id: uuid('id').primaryKey(),
    /** Two obligations with one key are one message. */
    key: text('key').notNull().unique(),
    channel: text('channel').$type<'email'>().notNull(),
    purpose: text('purpose').$type<MessagePurpose>().notNull(),
    toId: text('to_id').notNull(),
    toAddress: text('to_address').notNull(),
    caseIds: jsonb('case_ids').$type<string[]>().notNull(),
    /** Null until it is written, which is when it is sent. */
    subject: text('subject'),
    body: text('body'),
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull(),
    state: text('state').$type<MessageState>().notNull(),
    dueAt: instant('due_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    sendingSince: instant('sending_since'),
    sentAt: instant('sent_at'),
    lastError: text('last_error'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('messages_due')
      .on(t.dueAt)
      .where(sql`${t.state} = 'pending'`),
    index('messages_to').on(t.toId, t.createdAt),
    check('messages_state', sql`${t.state} in ('pending','sending','sent','failed','unknown','cancelled')`),
  ],
);
