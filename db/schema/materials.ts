import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { StandingRequestScope } from '../../src/deadlines/case-state.ts';
import { cases } from './cases.ts';
import { civilDate, instant } from './columns.ts';

export type RequestState = 'outstanding' | 'received' | 'not-required' | 'withdrawn';

/** What a request rests on: the file standard in its version, what a prosecutor always wants, a plan, a check, a person. */
export type RequestBasis =
  | { kind: 'file-standard'; standard: string; version: number }
  | { kind: 'standing-request'; id: string; version: number; askedBy: string }
  | { kind: 'action-plan'; event: string; item: number }
  | { kind: 'file-check'; event: string }
  | { kind: 'caseworker' };

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
    /** What the caseworker wrote beside a rejection: for people, never for a message. */
    note: text('note'),
    dueOn: civilDate('due_on').notNull(),
    /** How the day was come by, with the grade of the rule or default. */
    dueWhy: text('due_why'),
    basis: jsonb('basis').$type<RequestBasis>(),
    /** How often what came was rejected. */
    rejections: integer('rejections').notNull().default(0),
    officer: text('officer').notNull(),
    state: text('state').$type<RequestState>().notNull(),
    defectCode: text('defect_code'),
    requestedBy: uuid('requested_by').notNull(),
    closedBy: uuid('closed_by'),
    /** What the officer said last, as the ladder must know it. */
    answer: text('answer').$type<'sent' | 'late' | 'not-mine' | 'cannot'>(),
    /** Chased by the compressed ladder. */
    urgent: boolean('urgent').notNull().default(false),
    /** The steps by which it is chased in this version, each with its level and day; null where none was made yet. */
    plan: text('plan'),
    /** Not chased before this day, and why. */
    heldUntil: civilDate('held_until'),
    heldWhy: text('held_why'),
    /** When the last step of its ladder came to nothing and people were asked to decide. */
    failedAt: instant('failed_at'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    unique('material_requests_identity').on(t.caseId, t.key),
    index('material_requests_officer')
      .on(t.officer, t.dueOn)
      .where(sql`${t.state} = 'outstanding'`),
    index('material_requests_failed')
      .on(t.caseId)
      .where(sql`${t.state} = 'outstanding' and ${t.failedAt} is not null`),
    check(
      'material_requests_state',
      sql`${t.state} in ('outstanding','received','not-required','withdrawn')`,
    ),
  ],
);

export type ChaserLevel = 'officer' | 'sergeant' | 'inspector' | 'caseworker';

/** A deputy's, one above instead of somebody who is away, or to be read on the next shift. */
export type StandsIn = 'deputy' | 'away' | 'next-shift';

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
    /** The asking that it belongs to: due date, officer and rejections. A step is sent once in each. */
    occasion: text('occasion'),
    /** Why it went to somebody else, or waits, where it did. */
    standsIn: text('stands_in').$type<StandsIn>(),
  },
  (t) => [
    index('chasers_request').on(t.requestId),
    index('chasers_message').on(t.messageId),
    index('chasers_recipient').on(t.recipient, t.at),
    uniqueIndex('chasers_once').on(t.requestId, t.occasion, t.step),
  ],
);

/** Append-only: what prosecutors always want for a kind of case, each version beside the one before. */
export const standingRequests = pgTable(
  'standing_requests',
  {
    id: uuid('id').notNull(),
    version: integer('version').notNull(),
    material: text('material').notNull(),
    why: text('why').notNull(),
    /** The CPS unit or court team: never a person. */
    askedBy: text('asked_by').notNull(),
    scope: jsonb('scope').$type<StandingRequestScope>().notNull(),
    /** Working days after the case comes to be one of the kind; null for the day on which the file is due. */
    dueInWorkingDays: integer('due_in_working_days'),
    /** Cases received from this day on are asked. */
    startsOn: civilDate('starts_on').notNull(),
    /** Cases received from this day on are asked no more. */
    endsOn: civilDate('ends_on'),
    note: text('note').notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.version] }),
    check('standing_requests_dates', sql`${t.endsOn} is null or ${t.endsOn} >= ${t.startsOn}`),
    check(
      'standing_requests_due',
      sql`${t.dueInWorkingDays} is null or ${t.dueInWorkingDays} between 1 and 60`,
    ),
  ],
);
