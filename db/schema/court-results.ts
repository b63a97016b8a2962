import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { CourtCase } from '../../src/court-results/court-message.ts';
import type { Choice, DoubtFacts } from '../../src/court-results/doubts.ts';
import type { Effect } from '../../src/court-results/effects.ts';
import { caseEvents, cases, defendants } from './cases.ts';
import { instant } from './columns.ts';

/** What a message of a court answered, which is what the same message answers again. */
export type CourtAnswer = { messageId: string; caseUrn: string | null; effects: Effect[] };

/**
 * The inbox of the courts: every message as it came, unknown elements included. Unique by sender and its id of the
 * message (for a bare message the hash of its body); another body under the same id is set aside for a person.
 * Personal: the body names people.
 */
export const courtMessages = pgTable(
  'court_messages',
  {
    id: uuid('id').primaryKey(),
    source: text('source').notNull(),
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    body: text('body').notNull(),
    /** When the court's system says that it made the message; without it nothing is newer or older. */
    sentAt: instant('sent_at'),
    state: text('state').$type<'recorded' | 'set-aside' | 'rejected'>().notNull(),
    receivedAt: instant('received_at').notNull(),
    receivedBy: text('received_by').notNull(),
    /** Kept letter by letter: the same message again gets the same bytes. */
    answer: json('answer').$type<CourtAnswer>(),
  },
  (t) => [
    unique('court_messages_inbox').on(t.source, t.key, t.bodyHash),
    check('court_messages_state', sql`${t.state} in ('recorded','set-aside','rejected')`),
  ],
);

/** A person whom the courts named under a URN. Personal; everything else of a result holds this id alone. */
export const courtDefendants = pgTable(
  'court_defendants',
  {
    id: uuid('id').primaryKey(),
    urn: text('urn').notNull(),
    name: text('name').notNull(),
    /** As the message has it; empty where it has none. */
    dateOfBirth: text('date_of_birth').notNull().default(''),
    /** Which defendant of the case this is, where a person said so. */
    defendantId: uuid('defendant_id').references(() => defendants.id),
  },
  (t) => [unique('court_defendants_person').on(t.urn, t.name, t.dateOfBirth)],
);

/** What one message says of one case, kept whole: what it does is worked out from all that are stored. */
export const courtCaseResults = pgTable(
  'court_case_results',
  {
    id: uuid('id').primaryKey(),
    messageId: uuid('message_id')
      .notNull()
      .references(() => courtMessages.id),
    position: integer('position').notNull(),
    urn: text('urn').notNull(),
    /** Null while the case is not known here. */
    caseId: uuid('case_id').references(() => cases.id),
    content: jsonb('content').$type<CourtCase>().notNull(),
    /** A person said that it is of no case of this hub. */
    rejected: boolean('rejected').notNull().default(false),
  },
  (t) => [
    index('court_case_results_case').on(t.caseId),
    index('court_case_results_urn').on(t.urn),
    index('court_case_results_message').on(t.messageId),
  ],
);

/** Which case a URN of the courts means, where a person linked it to one of another URN. */
export const courtUrns = pgTable('court_urns', {
  urn: text('urn').primaryKey(),
  caseId: uuid('case_id')
    .notNull()
    .references(() => cases.id),
  linkedBy: text('linked_by').notNull(),
  linkedAt: instant('linked_at').notNull(),
});

/** Every event that results have made; of those that stand, what in the results each stands for. */
export const courtEvents = pgTable(
  'court_events',
  {
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    eventId: uuid('event_id')
      .primaryKey()
      .references(() => caseEvents.id),
    /** Null for a correction, and once another has taken its place. */
    key: text('key'),
    hearingId: uuid('hearing_id'),
    /** What the event says, as one text: compared with what the results call for now. */
    says: text('says').notNull(),
  },
  (t) => [unique('court_events_key').on(t.caseId, t.key)],
);

export type ExceptionState = 'open' | 'settled' | 'withdrawn';

/** What in the results of a court needs a person: what is wrong, and what they chose. */
export const courtExceptions = pgTable(
  'court_exceptions',
  {
    id: uuid('id').primaryKey(),
    urn: text('urn').notNull(),
    caseId: uuid('case_id').references(() => cases.id),
    /** What it is about, the same however often the message comes. */
    source: text('source').notNull(),
    kind: text('kind').notNull(),
    /** The code that police know it by, such as HO100304, where there is one. */
    code: text('code'),
    facts: jsonb('facts').$type<DoubtFacts>().notNull(),
    state: text('state').$type<ExceptionState>().notNull().default('open'),
    choice: jsonb('choice').$type<Choice>(),
    settledBy: text('settled_by'),
    settledAt: instant('settled_at'),
    createdAt: instant('created_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    unique('court_exceptions_source').on(t.urn, t.source),
    index('court_exceptions_case').on(t.caseId),
    index('court_exceptions_list').on(t.state, t.createdAt, t.id),
    check('court_exceptions_state', sql`${t.state} in ('open','settled','withdrawn')`),
  ],
);

/** Messages that could not be read: that they came, and why they were refused. Nothing else of them is kept. */
export const courtRefusals = pgTable('court_refusals', {
  id: uuid('id').primaryKey(),
  at: instant('at').notNull(),
  receivedFrom: text('received_from').notNull(),
  reason: text('reason').notNull(),
  bytes: integer('bytes'),
});
