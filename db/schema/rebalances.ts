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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Proposal } from '../../src/workload/rebalance/proposal.ts';
import { cases } from './cases.ts';
import { civilDate, instant } from './columns.ts';
import { staff } from './people.ts';

export type RebalanceKind = 'balance' | 'cover' | 'new-starter';

/** A plan of who gives which cases to whom, as it was proposed. */
export const rebalances = pgTable(
  'rebalances',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').$type<RebalanceKind>().notNull(),
    /** Null for every team. */
    team: text('team').$type<'crime' | 'traffic'>(),
    reason: text('reason'),
    /** Whose absence is covered, and who is new. */
    concerns: text('concerns').references(() => staff.id),
    coverFrom: civilDate('cover_from'),
    coverTo: civilDate('cover_to'),
    /** All but the moves, which are rows of their own. */
    plan: jsonb('plan').$type<Omit<Proposal, 'moves'>>().notNull(),
    proposedBy: text('proposed_by').notNull(),
    proposedAt: instant('proposed_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    appliedAt: instant('applied_at'),
    undoUntil: instant('undo_until'),
  },
  (t) => [
    index('rebalances_list').on(t.proposedAt, t.id),
    check('rebalances_kind', sql`${t.kind} in ('balance','cover','new-starter')`),
  ],
);

/** Who had an open task of a case before it moved. */
export type HadTask = { id: string; assignee: string | null };

/** One move of a plan, and what became of it. */
export const rebalanceMoves = pgTable(
  'rebalance_moves',
  {
    rebalanceId: uuid('rebalance_id')
      .notNull()
      .references(() => rebalances.id),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    from: text('from_staff')
      .notNull()
      .references(() => staff.id),
    to: text('to_staff')
      .notNull()
      .references(() => staff.id),
    /** The version of the case that was looked at. */
    caseVersion: integer('case_version').notNull(),
    minutes: integer('minutes').notNull(),
    cost: integer('cost').notNull(),
    reason: text('reason').notNull(),
    state: text('state').$type<'proposed' | 'applied' | 'refused' | 'undone'>().notNull(),
    /** Why it was refused. */
    why: text('why'),
    by: text('changed_by'),
    at: instant('changed_at'),
    /** Of what is applied: who had which open task before, for undoing. */
    had: jsonb('had').$type<HadTask[]>(),
    /** The event by which it changed hands; none for cover. */
    eventId: uuid('event_id'),
  },
  (t) => [
    primaryKey({ columns: [t.rebalanceId, t.caseId] }),
    index('rebalance_moves_case').on(t.caseId),
    check('rebalance_moves_state', sql`${t.state} in ('proposed','applied','refused','undone')`),
  ],
);

/** A case that a senior wants to stay with whoever has it. The row stays when it is unpinned, for its version. */
export const casePins = pgTable('case_pins', {
  caseId: uuid('case_id')
    .primaryKey()
    .references(() => cases.id),
  pinned: boolean('pinned').notNull(),
  reason: text('reason').notNull(),
  by: text('pinned_by').notNull(),
  at: instant('pinned_at').notNull(),
  version: integer('version').notNull().default(1),
});

/** Who does what falls due in a case while its caseworker is away. The case stays theirs. */
export const caseCovers = pgTable(
  'case_covers',
  {
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    rebalanceId: uuid('rebalance_id')
      .notNull()
      .references(() => rebalances.id),
    absent: text('absent')
      .notNull()
      .references(() => staff.id),
    by: text('covered_by')
      .notNull()
      .references(() => staff.id),
    from: civilDate('from_date').notNull(),
    to: civilDate('to_date').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.rebalanceId, t.caseId] }),
    uniqueIndex('case_covers_one')
      .on(t.caseId)
      .where(sql`${t.endedAt} is null`),
    index('case_covers_end')
      .on(t.to)
      .where(sql`${t.endedAt} is null`),
    check('case_covers_order', sql`${t.from} <= ${t.to}`),
  ],
);
