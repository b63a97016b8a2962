import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { AssignmentRule } from '../../src/workload/assignment-rules.ts';
import type { WorkingPattern } from '../../src/staff/working-pattern.ts';
import { cases } from './cases.ts';
import { civilDate, instant } from './columns.ts';
import { officers, staff } from './people.ts';
import { tasks } from './tasks.ts';

/**
 * When a member of staff works and what they are trained in. Without a row, or with null, nothing is known of their
 * hours: they count as a full week, and are given work whenever they ask. Each part has its own version.
 */
export const attendance = pgTable('attendance', {
  staffId: text('staff_id')
    .primaryKey()
    .references(() => staff.id),
  pattern: jsonb('pattern').$type<WorkingPattern>(),
  patternVersion: integer('pattern_version').notNull().default(0),
  skills: text('skills')
    .array()
    .notNull()
    .default(sql`'{}'::text[]`),
  skillsVersion: integer('skills_version').notNull().default(0),
  absencesVersion: integer('absences_version').notNull().default(0),
  changedBy: text('changed_by').notNull(),
  changedAt: instant('changed_at').notNull(),
});

/** Who covers custody cases on a day on which the team does not work. */
export const weekendCover = pgTable(
  'weekend_cover',
  {
    team: text('team').notNull(),
    on: civilDate('covered_on').notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    start: text('start_time').notNull(),
    end: text('end_time').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.team, t.on, t.staffId] }),
    index('weekend_cover_staff').on(t.staffId, t.on),
  ],
);

/** What a senior has set for a team: the rota's version, and the rules by which new cases are given. */
export const teamSettings = pgTable('team_settings', {
  team: text('team').primaryKey(),
  rules: jsonb('rules').$type<AssignmentRule[]>().notNull(),
  rulesVersion: integer('rules_version').notNull().default(0),
  rotaVersion: integer('rota_version').notNull().default(0),
  changedBy: text('changed_by').notNull(),
  changedAt: instant('changed_at').notNull(),
});

/**
 * What is planned with, as a force (`hub`) or a team has set it: how long work takes, what moving a case costs. Without a
 * row the defaults of the hub hold.
 */
export const planningSettings = pgTable(
  'planning_settings',
  {
    name: text('name').$type<'effort' | 'move-costs'>().notNull(),
    scope: text('scope').$type<'hub' | 'crime' | 'traffic'>().notNull(),
    value: jsonb('value').$type<Record<string, unknown>>().notNull(),
    version: integer('version').notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.name, t.scope] }),
    check('planning_settings_name', sql`${t.name} in ('effort', 'move-costs')`),
    check('planning_settings_scope', sql`${t.scope} in ('hub', 'crime', 'traffic')`),
  ],
);

/** What a task warned the seniors of a team of, each in a word of its own. */
export const planWarnings = pgTable(
  'plan_warnings',
  {
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    reason: text('reason').notNull(),
    team: text('team').notNull(),
  },
  (t) => [primaryKey({ columns: [t.taskId, t.reason] }), index('plan_warnings_team').on(t.team)],
);

/** A member of staff who is not to work a case, or any case of an officer, until it is ended. */
export const conflicts = pgTable(
  'conflicts_of_interest',
  {
    id: uuid('id').primaryKey(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    caseId: uuid('case_id').references(() => cases.id),
    officer: text('officer').references(() => officers.collar),
    reason: text('reason').notNull(),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: text('ended_by'),
  },
  (t) => [
    uniqueIndex('conflicts_one_case')
      .on(t.staffId, t.caseId)
      .where(sql`${t.endedAt} is null and ${t.caseId} is not null`),
    uniqueIndex('conflicts_one_officer')
      .on(t.staffId, t.officer)
      .where(sql`${t.endedAt} is null and ${t.officer} is not null`),
    index('conflicts_officer').on(t.officer),
    check('conflicts_of_one', sql`num_nonnulls(${t.caseId}, ${t.officer}) = 1`),
  ],
);

/** What somebody wrote down while they held a task, for whoever has it next. */
export const taskNotes = pgTable(
  'task_notes',
  {
    id: uuid('id').primaryKey(),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    at: instant('at').notNull(),
    text: text('text').notNull(),
  },
  (t) => [index('task_notes_task').on(t.taskId, t.at, t.id)],
);

/** How long work takes, by team, learned from what was completed: never by person. */
export const learnedEffort = pgTable(
  'learned_effort',
  {
    team: text('team').notNull(),
    kind: text('kind').notNull(),
    complexity: text('complexity').notNull(),
    p50: smallint('p50').notNull(),
    p80: smallint('p80').notNull(),
    samples: integer('samples').notNull(),
    people: integer('people').notNull(),
    learnedAt: instant('learned_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.team, t.kind, t.complexity] })],
);
