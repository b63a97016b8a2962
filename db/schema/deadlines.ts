import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { cases } from './cases.ts';
import { civilDate, instant } from './columns.ts';

export type DeadlineState = 'pending' | 'met' | 'missed' | 'withdrawn';

/** A date that a rule gives a case, with everything it was worked out from. */
export const deadlines = pgTable(
  'deadlines',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    rule: text('rule').notNull(),
    ruleVersion: integer('rule_version').notNull(),
    calendarVersion: text('calendar_version').notNull(),
    subjectKey: text('subject_key').notNull(),
    clockKey: text('clock_key').notNull(),
    defendantId: uuid('defendant_id'),
    offenceId: uuid('offence_id'),
    personId: uuid('person_id'),
    hearingId: uuid('hearing_id'),
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull(),
    explanation: jsonb('explanation').$type<string[]>().notNull(),
    /** The force's figure by which it was counted; null where it was the rule's own. */
    setting: jsonb('setting').$type<{ amount: number }>(),
    /** Null where the count needs a holiday list that is not loaded yet. */
    legalDue: civilDate('legal_due'),
    /** Only for rules counted in hours. */
    legalDueAt: instant('legal_due_at'),
    actionDue: civilDate('action_due'),
    /** The end of `legal_due`: from then on it is missed. */
    expiresAt: instant('expires_at'),
    state: text('state').$type<DeadlineState>().notNull(),
    startedBy: uuid('started_by').notNull(),
    metOn: civilDate('met_on'),
    metBy: uuid('met_by'),
    endedBy: uuid('ended_by'),
    endedWhy: text('ended_why'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    unique('deadlines_identity').on(t.caseId, t.rule, t.subjectKey, t.clockKey),
    index('deadlines_open')
      .on(t.rule, t.legalDue)
      .where(sql`${t.state} = 'pending'`),
    check('deadlines_state', sql`${t.state} in ('pending','met','missed','withdrawn')`),
  ],
);
