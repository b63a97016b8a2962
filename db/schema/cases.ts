import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { civilDate, instant } from './columns.ts';
import { officers, staff } from './people.ts';
import type { PersonDetails, SafeContact } from './person-details.ts';

/** The prosecution file. What is known of it is the fold of its events; these columns are what is searched. */
export const cases = pgTable(
  'cases',
  {
    id: uuid('id').primaryKey(),
    urn: text('urn').notNull().unique(),
    kind: text('kind').$type<'crime' | 'traffic'>().notNull(),
    state: text('state').$type<'open' | 'finalised'>().notNull().default('open'),
    officer: text('officer')
      .notNull()
      .references(() => officers.collar),
    caseworker: text('caseworker').references(() => staff.id),
    team: text('team').$type<'crime' | 'traffic'>().notNull(),
    restricted: boolean('restricted').notNull().default(false),
    visibleTo: text('visible_to')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    /** What its state says that rules of giving out work ask about, such as `custody`. */
    traits: text('traits')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    complexity: text('complexity').$type<'simple' | 'standard' | 'complex'>().notNull().default('standard'),
    /** What whoever works it must be trained in, by the rules of its team. */
    skills: text('skills')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    /** Staff with a conflict of interest: none of its work is given to them. */
    barred: text('barred')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    /** Of its defendants, in their order, as the register of defendants has them: every list of tasks shows them. */
    defendantNames: text('defendant_names')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    receivedAt: instant('received_at').notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('cases_caseworker').on(t.caseworker, t.state),
    index('cases_officer').on(t.officer),
    index('cases_list').on(t.createdAt, t.id),
    check('cases_state', sql`${t.state} in ('open','finalised')`),
  ],
);

/** Append-only: what happened in a case, when it happened and when the hub learned of it. Ids and facts, never names. */
export const caseEvents = pgTable(
  'case_events',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    seq: integer('seq').notNull(),
    type: text('type').notNull(),
    on: civilDate('happened_on').notNull(),
    at: instant('happened_at'),
    receivedAt: instant('received_at').notNull(),
    defendantId: uuid('defendant_id'),
    offenceId: uuid('offence_id'),
    hearingId: uuid('hearing_id'),
    personId: uuid('person_id'),
    data: jsonb('data').notNull(),
    supersedes: uuid('supersedes'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: text('recorded_by').notNull(),
  },
  (t) => [
    unique('case_events_seq').on(t.caseId, t.seq),
    uniqueIndex('case_events_supersedes')
      .on(t.supersedes)
      .where(sql`${t.supersedes} is not null`),
    /** What reports on the quality of files read. */
    index('case_events_of_quality')
      .on(t.type, t.on)
      .where(
        sql`${t.type} in ('file-checked','material-rejected','material-received','officer-answered','officer-changed')`,
      ),
  ],
);

export const defendants = pgTable(
  'defendants',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    dateOfBirth: civilDate('date_of_birth'),
  },
  (t) => [index('defendants_case').on(t.caseId, t.position)],
);

export const offences = pgTable(
  'offences',
  {
    id: uuid('id').primaryKey(),
    defendantId: uuid('defendant_id')
      .notNull()
      .references(() => defendants.id),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    position: integer('position').notNull(),
    code: text('code').notNull(),
    title: text('title').notNull(),
  },
  (t) => [index('offences_case').on(t.caseId, t.position)],
);

/** Hearings as the fold of the events has them, kept for search by date. */
export const hearings = pgTable(
  'hearings',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    on: civilDate('heard_on').notNull(),
    time: text('time'),
    court: text('court').notNull(),
    courtName: text('court_name').notNull(),
    type: text('type').notNull(),
    state: text('state').$type<'listed' | 'vacated'>().notNull(),
  },
  (t) => [index('hearings_case').on(t.caseId), index('hearings_on').on(t.on)],
);

/** Victims and witnesses of a case. Personal details live here alone; events carry the id. */
export const people = pgTable(
  'people',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    position: integer('position').notNull(),
    role: text('role').$type<'victim' | 'witness'>().notNull(),
    name: text('name').notNull(),
    dateOfBirth: civilDate('date_of_birth'),
    contact: jsonb('contact').$type<{ phone?: string; email?: string; address?: string }>().notNull(),
    preferred: text('preferred').$type<'phone' | 'email' | 'sms' | 'letter' | 'none'>().notNull(),
    safeContact: jsonb('safe_contact').$type<SafeContact>(),
    needsAssessment: jsonb('needs_assessment').$type<{ on: string; note: string; reassessOn?: string }>(),
    unavailable: jsonb('unavailable').$type<{ from: string; to: string; why?: string }[]>(),
    details: jsonb('details').$type<PersonDetails>(),
    /** The same for rows of several cases that are one human being. */
    identity: uuid('identity'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('people_case').on(t.caseId, t.position),
    index('people_identity')
      .on(t.identity)
      .where(sql`${t.identity} is not null`),
  ],
);

/** What was changed, by whom. Sealed afterwards into a hash chain, so that any edit shows. */
export const history = pgTable(
  'history',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    caseId: uuid('case_id'),
    entity: text('entity').notNull(),
    entityId: text('entity_id').notNull(),
    detail: jsonb('detail').notNull(),
    requestId: text('request_id'),
  },
  (t) => [index('history_case').on(t.caseId, t.id)],
);

/** One link of the chain over `history`: hash of the previous link and of the row. */
export const historySeals = pgTable('history_seals', {
  position: bigint('position', { mode: 'number' }).primaryKey(),
  historyId: bigint('history_id', { mode: 'number' })
    .notNull()
    .unique()
    .references(() => history.id),
  hash: text('hash').notNull(),
});

/** Who looked at or changed which case, or which cases where one answer showed several. The view `case_access` has a row for each. */
export const accessLog = pgTable(
  'access_log',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    caseId: uuid('case_id'),
    /** A row for each case of a list would cost more than reading the list. */
    caseIds: uuid('case_ids').array(),
    action: text('action').$type<'read' | 'change'>().notNull(),
    route: text('route').notNull(),
    requestId: text('request_id').notNull(),
  },
  (t) => [
    index('access_log_of_case')
      .on(t.caseId, t.id)
      .where(sql`${t.caseId} is not null`),
    index('access_log_of_cases')
      .using('gin', t.caseIds)
      // To enter 25 cases takes a page longer than to find its tasks. They wait in a list, which the workers empty every few
      // seconds; without them it is emptied at 64 MB, by whoever fills it.
      .with({ fastupdate: true, gin_pending_list_limit: 65_536 })
      .where(sql`${t.caseIds} is not null`),
    index('access_log_actor').on(t.actor, t.id),
    check('access_log_cases', sql`num_nonnulls(${t.caseId}, ${t.caseIds}) = 1`),
  ],
);
