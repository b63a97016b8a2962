import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { civilDate, instant } from './columns.ts';

export type StaffRole = 'caseworker' | 'senior' | 'administrator' | 'auditor' | 'feed';
export type Rank = 'constable' | 'sergeant' | 'inspector';

/** People of the hub, and the machine client that feeds it. */
export const staff = pgTable(
  'staff',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    role: text('role').$type<StaffRole>().notNull(),
    team: text('team').$type<'crime' | 'traffic'>(),
    email: text('email').notNull(),
    active: boolean('active').notNull().default(true),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    check('staff_role', sql`${t.role} in ('caseworker','senior','administrator','auditor','feed')`),
    check('staff_team', sql`${t.role} <> 'caseworker' or ${t.team} is not null`),
  ],
);

/** Police officers who are asked for material, and those to whom a chaser escalates. */
export const officers = pgTable('officers', {
  collar: text('collar').primaryKey(),
  name: text('name').notNull(),
  rank: text('rank').$type<Rank>().notNull(),
  email: text('email').notNull(),
  station: text('station').notNull(),
  supervisor: text('supervisor'),
});

/**
 * Days on which a member of staff is away: from a time of the first day and until one of the last ('HH:mm', London's
 * clock), or from the beginning of the first and to the end of the last.
 */
export const absences = pgTable(
  'absences',
  {
    id: uuid('id').primaryKey(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    from: civilDate('from_date').notNull(),
    to: civilDate('to_date').notNull(),
    start: text('start_time'),
    end: text('end_time'),
    kind: text('kind').$type<'leave' | 'sickness' | 'court' | 'training'>().notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [
    index('absences_staff').on(t.staffId, t.to),
    check('absences_order', sql`${t.from} <= ${t.to}`),
    check(
      'absences_times',
      sql`${t.from} < ${t.to} or coalesce(${t.start}, '00:00') < coalesce(${t.end}, '24:00')`,
    ),
  ],
);

/** A run of days on duty and rest days that repeats: `days[0]` is the day `from`. */
export type RestPattern = { from: string; days: ('duty' | 'rest')[] };

/** When an officer is on duty, and who stands in. An officer without a row is on duty every working day. */
export const officerDuties = pgTable('officer_duties', {
  collar: text('collar')
    .primaryKey()
    .references(() => officers.collar),
  deputy: text('deputy').references(() => officers.collar),
  restPattern: jsonb('rest_pattern').$type<RestPattern>(),
  version: integer('version').notNull().default(1),
  changedBy: text('changed_by').notNull(),
  changedAt: instant('changed_at').notNull(),
});

/** Days on which an officer is away. */
export const officerAbsences = pgTable(
  'officer_absences',
  {
    id: uuid('id').primaryKey(),
    collar: text('collar')
      .notNull()
      .references(() => officers.collar),
    from: civilDate('from_date').notNull(),
    to: civilDate('to_date').notNull(),
    kind: text('kind').$type<'leave' | 'sickness' | 'court' | 'training'>().notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [
    index('officer_absences_officer').on(t.collar, t.to),
    check('officer_absences_order', sql`${t.from} <= ${t.to}`),
  ],
);
