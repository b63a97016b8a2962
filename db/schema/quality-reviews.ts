import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { staff } from './people.ts';
import { tasks } from './tasks.ts';

export type ReviewVerdict = 'pass' | 'partial' | 'fail';

/**
 * Append-only: what a senior found when they looked at completed work of the sample. The note can name people, so it
 * stands here alone.
 */
export const qualityReviews = pgTable(
  'quality_reviews',
  {
    taskId: uuid('task_id')
      .primaryKey()
      .references(() => tasks.id),
    /** In which the task was completed, written 2026-06. */
    month: text('month').notNull(),
    verdict: text('verdict').$type<ReviewVerdict>().notNull(),
    note: text('note'),
    reviewedBy: text('reviewed_by')
      .notNull()
      .references(() => staff.id),
    reviewedAt: instant('reviewed_at').notNull(),
  },
  (t) => [
    index('quality_reviews_month').on(t.month),
    check('quality_reviews_verdict', sql`${t.verdict} in ('pass','partial','fail')`),
  ],
);
