import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { cases } from './cases.ts';
import { civilDate, instant } from './columns.ts';

export type RequestState = 'outstanding' | 'received' | 'not-required' | 'withdrawn';

/** Something the hub needs from an officer, and the ask for it. */
export const materialRequests = pgTable(
  'material_requests',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    key: text('key').notNull(),
    material: text('material').notNull(),
    why: text('why').notNull(),
    dueOn: civilDate('due_on').notNull(),
    officer: text('officer').notNull(),
    state: text('state').$type<RequestState>().notNull(),
    defectCode: text('defect_code'),
    requestedBy: uuid('requested_by').notNull(),
    closedBy: uuid('closed_by'),
    /** What the officer said last, as the ladder must know it. */
    answer: text('answer').$type<'sent' | 'late' | 'not-mine' | 'cannot'>(),
    /** Chased by the compressed ladder. */
    urgent: boolean('urgent').notNull().default(false),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    unique('material_requests_identity').on(t.caseId, t.key),
    index('material_requests_officer')
      .on(t.officer, t.dueOn)
      .where(sql`${t.state} = 'outstanding'`),
    check(
      'material_requests_state',
      sql`${t.state} in ('outstanding','received','not-required','withdrawn')`,
    ),
  ],
);

export type ChaserLevel = 'officer' | 'sergeant' | 'inspector' | 'caseworker';

/** One step of the ladder, carried out: who was chased for what, and in which message. */
export const chasers = pgTable(
  'chasers',
  {
    id: uuid('id').primaryKey(),
    alertId: uuid('alert_id').notNull().unique(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => materialRequests.id),
    requestVersion: integer('request_version').notNull(),
    step: text('step').notNull(),
    level: text('level').$type<ChaserLevel>().notNull(),
    recipient: text('recipient'),
    messageId: uuid('message_id'),
    at: instant('at').notNull(),
  },
  (t) => [index('chasers_request').on(t.requestId), index('chasers_message').on(t.messageId)],
);
