import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** The queues, most dangerous first. */
export const alertClasses = ['deadlines', 'victim-updates', 'chasers'] as const;
export type AlertClass = (typeof alertClasses)[number];
export type AlertState = 'pending' | 'fired' | 'superseded' | 'withdrawn' | 'quarantined';
export type FollowUp = { kind: 'task' | 'message' | 'chaser' | 'state' | 'none'; id?: string; why?: string };

/** One step of an obligation, to be fired exactly once at its time. */
export const alerts = pgTable(
  'alerts',
  {
    id: uuid('id').primaryKey(),
    class: text('class').$type<AlertClass>().notNull(),
    obligationId: uuid('obligation_id').notNull(),
    version: integer('version').notNull(),
    step: text('step').notNull(),
    caseId: uuid('case_id').notNull(),
    fireAt: instant('fire_at').notNull(),
    state: text('state').$type<AlertState>().notNull(),
    firedAt: instant('fired_at'),
    followUps: jsonb('follow_ups').$type<FollowUp[]>(),
    starts: integer('starts').notNull().default(0),
    lastError: text('last_error'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    unique('alerts_once').on(t.obligationId, t.version, t.step),
    index('alerts_due')
      .on(t.class, t.fireAt)
      .where(sql`${t.state} = 'pending'`),
    index('alerts_case').on(t.caseId),
    check('alerts_state', sql`${t.state} in ('pending','fired','superseded','withdrawn','quarantined')`),
    check('alerts_never_early', sql`${t.firedAt} is null or ${t.firedAt} >= ${t.fireAt}`),
  ],
);

export type AlertInsert = typeof alerts.$inferInsert;
/** The pending alerts of an obligation come to nothing: it has a newer version, or is over. */
export type OutdatedAlert = { obligationId: string; state: 'superseded' | 'withdrawn' };

/** The last row that each worker process wrote through the queue: proof that it hears. */
export const canaries = pgTable('canaries', {
  queue: text('queue').primaryKey(),
  heardAt: instant('heard_at').notNull(),
});
