import { sql } from 'drizzle-orm';
import {
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

export type MessagePurpose =
  'chaser' | 'escalation' | 'digest' | 'staff-alert' | 'victim-update' | 'answer-receipt';
export type MessageState = 'pending' | 'sending' | 'sent' | 'failed' | 'unknown' | 'cancelled';

/** What a message goes by: a person's mailbox or mobile telephone, or the Teams channel of a team of the hub. */
export const messageChannels = ['email', 'sms', 'teams'] as const;
export type MessageChannel = (typeof messageChannels)[number];

/** Who carries a message; `demo` is the demo's outbox, out of which nothing leaves. */
export const providers = ['smtp', 'notify', 'teams', 'demo'] as const;
export type Provider = (typeof providers)[number];

/** Sent by the thousand at 08:00, on a queue of their own: nothing that somebody waits for stands behind them. */
export const bulkPurposes = ['chaser', 'escalation', 'digest'] as const;

/** The queue on which a message of a purpose leaves. */
export function queueOfPurpose(purpose: MessagePurpose): 'messages' | 'bulk-messages' {
  return (bulkPurposes as readonly MessagePurpose[]).includes(purpose) ? 'bulk-messages' : 'messages';
}

/** What a person said of a message that was given up. */
export type MessageResolution = 'arrived' | 'told-another-way' | 'not-needed';

/** Something that leaves the building, once. */
export const messages = pgTable(
  'messages',
  {
    id: uuid('id').primaryKey(),
    /** Two obligations with one key are one message. */
    key: text('key').notNull().unique(),
    channel: text('channel').$type<MessageChannel>().notNull(),
    purpose: text('purpose').$type<MessagePurpose>().notNull(),
    toId: text('to_id').notNull(),
    toAddress: text('to_address').notNull(),
    caseIds: jsonb('case_ids').$type<string[]>().notNull(),
    /** Null until it is written, which is when it is sent. */
    subject: text('subject'),
    body: text('body'),
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull(),
    state: text('state').$type<MessageState>().notNull(),
    /** When it leaves; after a try that failed, when the next one is. */
    dueAt: instant('due_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    sendingSince: instant('sending_since'),
    sentAt: instant('sent_at'),
    lastError: text('last_error'),
    createdAt: instant('created_at').notNull(),
    provider: text('provider').$type<Provider>(),
    /** The provider's own id of it, where it gives one. */
    providerRef: text('provider_ref'),
    /** When it reached the mailbox, where the provider tells. */
    deliveredAt: instant('delivered_at'),
    /** What a person said became of it. */
    resolution: text('resolution').$type<MessageResolution>(),
    resolvedBy: text('resolved_by'),
    resolvedAt: instant('resolved_at'),
  },
  (t) => [
    index('messages_due')
      .on(t.dueAt)
      .where(sql`${t.state} = 'pending'`),
    index('messages_to').on(t.toId, t.createdAt),
    index('messages_by_state').on(t.state, t.createdAt, t.id),
    check('messages_state', sql`${t.state} in ('pending','sending','sent','failed','unknown','cancelled')`),
  ],
);

/** What a provider can report of a message that it took. */
export type ReceiptStatus = 'delivered' | 'bounced' | 'failed-for-now' | 'delayed';

/** Reports of providers on what became of messages: each kept once, in whatever order they come. */
export const messageReceipts = pgTable(
  'message_receipts',
  {
    id: uuid('id').primaryKey(),
    messageId: uuid('message_id')
      .notNull()
      .references(() => messages.id),
    provider: text('provider').$type<Provider>().notNull(),
    status: text('status').$type<ReceiptStatus>().notNull(),
    /** The provider's own word or code, such as `permanent-failure` or `5.1.1`; never an address. */
    code: text('code').notNull(),
    /** By the provider's clock. */
    happenedAt: instant('happened_at').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [
    uniqueIndex('message_receipts_once').on(t.messageId, t.provider, t.status, t.code, t.happenedAt),
    index('message_receipts_message').on(t.messageId, t.happenedAt),
  ],
);

/** How much a provider may still be sent now: one bucket for all workers together. In machine time. */
export const providerAllowances = pgTable('provider_allowances', {
  provider: text('provider').$type<Provider>().primaryKey(),
  tokens: doublePrecision('tokens').notNull(),
  filledAt: instant('filled_at').notNull(),
  /** The provider asked for patience until then. */
  pausedUntil: instant('paused_until'),
});

/** What one link of an officer opens: these requests, in the versions in which they were asked for. */
export type LinkedRequest = { id: string; version: number; officer: string };

/**
 * Links that officers answer by. The signature that makes a link work is not here: it is made of this row with a key
 * outside the database, so that a copy of the database opens nothing.
 */
export const officerLinks = pgTable(
  'officer_links',
  {
    id: uuid('id').primaryKey(),
    /** Who was sent it. */
    officer: text('officer').notNull(),
    messageId: uuid('message_id').notNull(),
    requests: jsonb('requests').$type<LinkedRequest[]>().notNull(),
    issuedAt: instant('issued_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
    revokedBy: text('revoked_by'),
    revokedWhy: text('revoked_why'),
  },
  (t) => [
    index('officer_links_officer').on(t.officer, t.issuedAt),
    index('officer_links_message').on(t.messageId),
  ],
);
