import { sql } from 'drizzle-orm';
import { bigint, check, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Answers already given, by caller and Idempotency-Key, kept in the transaction of their effect. */
export const idempotencyRecords = pgTable('idempotency_records', {
  key: text('key').primaryKey(),
  fingerprint: text('fingerprint').notNull(),
  status: integer('status').notNull(),
  headers: jsonb('headers').$type<Record<string, string>>().notNull(),
  body: text('body').notNull(),
  createdAt: instant('created_at').notNull(),
});

/** How far the hub's clock is ahead of the machine's, in milliseconds: 0 unless the demo moved it. */
export const hubClock = pgTable(
  'hub_clock',
  {
    id: integer('id').primaryKey().default(1),
    aheadMs: bigint('ahead_ms', { mode: 'number' }).notNull().default(0),
  },
  (t) => [check('hub_clock_one_row', sql`${t.id} = 1`)],
);

/** Facts about this installation: the seed that was planted, keys of the demo's issuer. */
export const installation = pgTable('installation', {
  name: text('name').primaryKey(),
  value: jsonb('value').notNull(),
  at: instant('at').notNull(),
});
