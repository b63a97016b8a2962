import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** What other systems can be told of; `ping` is sent when an administrator asks for it. */
export const webhookEvents = ['case.created', 'case.finalised', 'deadline.moved', 'contact.made'] as const;
export type WebhookEvent = (typeof webhookEvents)[number];
export type WebhookEventType = WebhookEvent | 'ping';

/** Where another system of the force is told of things, and of which. Its times are in machine time. */
export const webhooks = pgTable('webhooks', {
  id: uuid('id').primaryKey(),
  url: text('url').notNull(),
  description: text('description').notNull(),
  events: jsonb('events').$type<WebhookEvent[]>().notNull(),
  /** Whether it is told of restricted cases too. */
  restrictedCases: boolean('restricted_cases').notNull(),
  paused: boolean('paused').notNull(),
  /** Why the hub paused it by itself. */
  pausedWhy: text('paused_why'),
  /** Which of its secrets signs; each is made of this row and a key outside the database. */
  secretVersion: integer('secret_version').notNull(),
  secretSince: instant('secret_since').notNull(),
  /** Begins the digest of the secret: tells whether the key outside the database is still the one it was made with. */
  secretMark: text('secret_mark').notNull(),
  /** It did not answer, or asked for patience: nothing is sent to it until then. */
  restUntil: instant('rest_until'),
  createdAt: instant('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  changedAt: instant('changed_at').notNull(),
  changedBy: text('changed_by').notNull(),
  removedAt: instant('removed_at'),
  version: integer('version').notNull().default(1),
});

export type WebhookDeliveryState = 'pending' | 'delivered' | 'failed' | 'cancelled';

/** Something that one webhook is to be told, once: the outbox. Due times are in machine time. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: uuid('id').primaryKey(),
    sequence: bigint('sequence', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    webhookId: uuid('webhook_id')
      .notNull()
      .references(() => webhooks.id),
    /** `webhook-id`: the same for each webhook that is told of the same thing, and for each try. */
    eventId: uuid('event_id').notNull(),
    /** Two things to tell with one key are one. */
    key: text('key').notNull(),
    type: text('type').$type<WebhookEventType>().notNull(),
    /** Ids, URN and dates; never names. */
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    /** When it happened, by the hub's clock. */
    at: instant('at').notNull(),
    state: text('state').$type<WebhookDeliveryState>().notNull().default('pending'),
    /** When it is tried next. While it is tried this is ahead, so that one whose worker died is tried again. */
    dueAt: instant('due_at')
      .notNull()
      .default(sql`clock_timestamp()`),
    attempts: integer('attempts').notNull().default(0),
    lastStatus: integer('last_status'),
    lastError: text('last_error'),
    lastAttemptAt: instant('last_attempt_at'),
    deliveredAt: instant('delivered_at'),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (t) => [
    uniqueIndex('webhook_deliveries_once').on(t.webhookId, t.key),
    index('webhook_deliveries_due')
      .on(t.webhookId, t.dueAt)
      .where(sql`${t.state} = 'pending'`),
    index('webhook_deliveries_list').on(t.webhookId, t.sequence),
    index('webhook_deliveries_old').on(t.createdAt),
    check('webhook_deliveries_state', sql`${t.state} in ('pending','delivered','failed','cancelled')`),
  ],
);
