import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { cases } from './cases.ts';
import { civilDate, civilDateRuns, instant } from './columns.ts';

export type HolidayRecord = { date: string; name: string };

/**
 * Append-only: every list of bank holidays that the hub has counted by, in the order in which they came into force; the
 * last one is in force. Each row holds its whole list, so that what was counted by it can be worked out again when the
 * list that is built in has long been another.
 */
export const calendarVersions = pgTable(
  'calendar_versions',
  {
    n: integer('n').primaryKey(),
    /** Names the content: the built-in list, and a digest of what was added to it. */
    version: text('version').notNull(),
    /** The version of the built-in list that it adds to. */
    base: text('base').notNull(),
    firstYear: integer('first_year').notNull(),
    lastYear: integer('last_year').notNull(),
    /** What was added to the built-in list. */
    proclaimed: jsonb('proclaimed').$type<HolidayRecord[]>().notNull(),
    /** Everything, the built-in list too. */
    holidays: jsonb('holidays').$type<HolidayRecord[]>().notNull(),
    at: instant('at').notNull(),
    by: text('by').notNull(),
  },
  (t) => [index('calendar_versions_version').on(t.version)],
);

export type RecomputationCause = 'calendar' | 'rules';

/** One recomputation of every live case, after the calendar or the rules have changed. */
export const recomputations = pgTable(
  'recomputations',
  {
    id: uuid('id').primaryKey(),
    cause: text('cause').$type<RecomputationCause>().notNull(),
    /** In sentences, for those who are told that a date has moved. */
    why: jsonb('why').$type<string[]>().notNull(),
    calendarVersion: text('calendar_version').notNull(),
    /** The rules that it is for: a worker with others leaves it alone. Null where any will do. */
    rules: text('rules'),
    casesTotal: integer('cases_total').notNull(),
    requestedAt: instant('requested_at').notNull(),
    requestedBy: text('requested_by').notNull(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    index('recomputations_unfinished')
      .on(t.requestedAt)
      .where(sql`${t.finishedAt} is null`),
    check('recomputations_cause', sql`${t.cause} in ('calendar','rules')`),
  ],
);

/**
 * The cases that a recomputation has still to do: a row goes in the transaction that does its case. No reference to
 * `cases`, which would have to lock them all.
 */
export const recomputationCases = pgTable(
  'recomputation_cases',
  {
    recomputationId: uuid('recomputation_id')
      .notNull()
      .references(() => recomputations.id),
    caseId: uuid('case_id').notNull(),
    /** How often it failed by itself; after three times it is left to a person. */
    failures: integer('failures').notNull().default(0),
    lastError: text('last_error'),
  },
  (t) => [primaryKey({ columns: [t.recomputationId, t.caseId] })],
);

/**
 * The days of the calendar that the counting of a case looked at when it was last settled. A case is left out of the
 * recomputation of other days; one without a row is left out of none.
 */
export const calendarReaches = pgTable('calendar_reaches', {
  caseId: uuid('case_id')
    .primaryKey()
    .references(() => cases.id),
  days: civilDateRuns('days').notNull(),
});

export type MoveKind = 'moved' | 'added' | 'met' | 'withdrawn';
export type MoveDates = { legalDue: string | null; actionDue: string | null };

/** A date that a recomputation moved, made or took away. */
export const recomputationMoves = pgTable(
  'recomputation_moves',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    recomputationId: uuid('recomputation_id')
      .notNull()
      .references(() => recomputations.id),
    caseUrn: text('case_urn').notNull(),
    deadlineId: uuid('deadline_id').notNull(),
    rule: text('rule').notNull(),
    kind: text('kind').$type<MoveKind>().notNull(),
    before: jsonb('before').$type<MoveDates>(),
    after: jsonb('after').$type<MoveDates>(),
  },
  (t) => [uniqueIndex('recomputation_moves_of').on(t.recomputationId, t.id)],
);

export type DeadlineDifference = {
  deadlineId: string;
  rule: string;
  stored: MoveDates;
  computed: MoveDates | null;
};

/** What the nightly check found: every stored date worked out again from what is stored with it. */
export const deadlineChecks = pgTable('deadline_checks', {
  /** The London date of the night; one check for each. */
  night: civilDate('night').primaryKey(),
  at: instant('at').notNull(),
  checked: integer('checked').notNull(),
  differing: integer('differing').notNull(),
  /** The first of them. */
  differences: jsonb('differences').$type<DeadlineDifference[]>().notNull(),
});
