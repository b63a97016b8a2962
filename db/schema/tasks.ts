import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { cases } from './cases.ts';
import { instant } from './columns.ts';
import { staff } from './people.ts';

export type TaskState = 'open' | 'done' | 'cancelled';

/** Work for a person. */
export const tasks = pgTable(
  'tasks',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    caseId: uuid('case_id').references(() => cases.id),
    /** One open task for each source of a case, such as `deadline:<id>`. */
    source: text('source').notNull(),
    deadlineId: uuid('deadline_id'),
    requestId: uuid('request_id'),
    subject: jsonb('subject').$type<Record<string, string>>().notNull(),
    why: jsonb('why').$type<string[]>().notNull(),
    team: text('team').notNull(),
    assignee: text('assignee').references(() => staff.id),
    /** Named staff where the case is restricted; empty otherwise. */
    visibleTo: text('visible_to')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    /** Staff who may not take it, as whoever recorded a remand may not confirm the limit that follows. */
    notFor: text('not_for')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    /** As its case says: what it takes, who has a conflict of interest, whether somebody is in custody. */
    skills: text('skills')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    barred: text('barred')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    custody: boolean('custody').notNull().default(false),
    /** 0 limit, 1 hearing, 2 victim, 3 chase, 4 record. */
    consequence: smallint('consequence').notNull(),
    /** Missing it ends a case or frees someone. */
    danger: boolean('danger').notNull().default(false),
    /** In the critical band whatever its date, as an unconfirmed custody limit is. */
    alwaysCritical: boolean('always_critical').notNull().default(false),
    dueAt: instant('due_at').notNull(),
    effortMinutes: integer('effort_minutes').notNull(),
    state: text('state').$type<TaskState>().notNull().default('open'),
    deferredUntil: instant('deferred_until'),
    deferredWhy: text('deferred_why'),
    /** When it has waited longer than its class allows. */
    risesAt: instant('rises_at').notNull(),
    /** Chasing for something in its case has come to nothing, and the material has not come since. Kept by a trigger. */
    chasingFailed: boolean('chasing_failed').notNull().default(false),
    claimedBy: text('claimed_by').references(() => staff.id),
    claimToken: uuid('claim_token'),
    /** Machine time. */
    claimUntil: instant('claim_until'),
    outcome: text('outcome'),
    note: text('note'),
    closedAt: instant('closed_at'),
    closedBy: text('closed_by'),
    createdAt: instant('created_at').notNull(),
    /** When it came to whose it is now, or back to its team's pool, where that was after it was made. Kept by a trigger. */
    assignedAt: instant('assigned_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('tasks_source')
      .on(t.caseId, t.source)
      .where(sql`${t.state} = 'open'`),
    uniqueIndex('tasks_source_without_case')
      .on(t.source)
      .where(sql`${t.state} = 'open' and ${t.caseId} is null`),
    uniqueIndex('tasks_one_claim')
      .on(t.claimedBy)
      .where(sql`${t.state} = 'open' and ${t.claimedBy} is not null`),
    index('tasks_assignee')
      .on(t.assignee, t.consequence, t.dueAt, t.createdAt, t.id)
      .where(sql`${t.state} = 'open'`),
    // A team's pool as it is pulled from: most of it, and what may stand higher than its date says.
    index('tasks_pool_usual')
      .on(t.team, t.consequence, t.dueAt, t.createdAt, t.risesAt)
      .where(
        sql`${t.state} = 'open' and ${t.assignee} is null and ${t.claimedBy} is null
          and not (${t.alwaysCritical} or ${t.danger} or ${t.chasingFailed})`,
      ),
    index('tasks_pool_grave')
      .on(t.team, t.consequence, t.alwaysCritical, t.dueAt, t.createdAt)
      .where(
        sql`${t.state} = 'open' and ${t.assignee} is null and ${t.claimedBy} is null
          and (${t.alwaysCritical} or ${t.danger} or ${t.chasingFailed})`,
      ),
    index('tasks_claim_until')
      .on(t.claimUntil)
      .where(sql`${t.state} = 'open' and ${t.claimedBy} is not null`),
    index('tasks_custody_due')
      .on(t.team, t.consequence, t.dueAt, t.createdAt)
      .where(sql`${t.state} = 'open' and ${t.custody}`),
    index('tasks_case').on(t.caseId),
    index('tasks_deadline').on(t.deadlineId),
    index('tasks_request').on(t.requestId),
    check('tasks_state', sql`${t.state} in ('open','done','cancelled')`),
  ],
);

/** Every holding of a task, from claim to how it ended. */
export const claims = pgTable(
  'claims',
  {
    token: uuid('token').primaryKey(),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    claimedAt: instant('claimed_at').notNull(),
    until: instant('until').notNull(),
    endedAt: instant('ended_at'),
    how: text('how').$type<'completed' | 'released' | 'deferred' | 'expired' | 'reassigned' | 'cancelled'>(),
  },
  (t) => [
    uniqueIndex('claims_one_live')
      .on(t.taskId)
      .where(sql`${t.endedAt} is null`),
    index('claims_staff').on(t.staffId, t.claimedAt),
  ],
);
