import { sql } from 'drizzle-orm';
import { boolean, check, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** What this force has set for rules whose figure no law gives (grades C and P). A rule without a row is as it comes. */
export const ruleSettings = pgTable(
  'rule_settings',
  {
    rule: text('rule').primaryKey(),
    enabled: boolean('enabled').notNull(),
    /** The number of days, hours or months instead of the rule's own; null for its own. */
    amount: integer('amount'),
    note: text('note').notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [check('rule_settings_amount', sql`${t.amount} is null or ${t.amount} > 0`)],
);
