import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { cases, people } from './cases.ts';
import { civilDate, instant } from './columns.ts';
import { deadlines } from './deadlines.ts';

export type ContactState = 'owed' | 'made' | 'stopped' | 'withdrawn' | 'not-made';

/** An update owed to a victim or witness; its time limit is the deadline of the same id. */
export const contacts = pgTable(
  'contacts',
  {
    id: uuid('id')
      .primaryKey()
      .references(() => deadlines.id),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    reason: text('reason').notNull(),
    entitlement: text('entitlement').$type<'standard' | 'enhanced'>().notNull(),
    state: text('state').$type<ContactState>().notNull(),
    stoppedWhy: text('stopped_why'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('contacts_case').on(t.caseId),
    index('contacts_person').on(t.personId),
    index('contacts_state').on(t.state, t.createdAt, t.id),
    check('contacts_state_known', sql`${t.state} in ('owed','made','stopped','withdrawn','not-made')`),
  ],
);

/** One try at a contact. */
export const contactAttempts = pgTable(
  'contact_attempts',
  {
    id: uuid('id').primaryKey(),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contacts.id),
    channel: text('channel').notNull(),
    result: text('result')
      .$type<'reached' | 'no-answer' | 'message-left' | 'wrong-number' | 'declined'>()
      .notNull(),
    note: text('note'),
    at: instant('at').notNull(),
    by: text('by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    /** The same for the attempts of one talk, in which several updates were to be told. */
    talkId: uuid('talk_id'),
    /** Recorded for another update of the same talk, and not for this one by itself. */
    covered: boolean('covered').notNull().default(false),
  },
  (t) => [index('contact_attempts_contact').on(t.contactId)],
);

/** The words that this force uses, by the reason for a contact. A reason without a row has the hub's. */
export const contactWords = pgTable('contact_words', {
  reason: text('reason').primaryKey(),
  words: text('words').notNull(),
  version: integer('version').notNull().default(1),
  changedBy: text('changed_by').notNull(),
  changedAt: instant('changed_at').notNull(),
});

/** Services that support victims and witnesses. */
export const agencies = pgTable(
  'agencies',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull().unique(),
    services: text('services')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    area: text('area'),
    contact: jsonb('contact')
      .$type<{ phone?: string; email?: string; address?: string; web?: string }>()
      .notNull(),
    active: boolean('active').notNull().default(true),
    version: integer('version').notNull().default(1),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [index('agencies_list').on(t.name, t.id)],
);

export type ReferralState = 'sent' | 'accepted' | 'declined' | 'ended';

/** A person referred to an agency, with their consent, and what it answered. */
export const referrals = pgTable(
  'referrals',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    agencyId: uuid('agency_id')
      .notNull()
      .references(() => agencies.id),
    /** The day on which the person agreed. */
    consentOn: civilDate('consent_on').notNull(),
    why: text('why').notNull(),
    state: text('state').$type<ReferralState>().notNull(),
    madeAt: instant('made_at').notNull(),
    madeBy: text('made_by').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('referrals_person').on(t.personId, t.madeAt),
    check('referrals_state', sql`${t.state} in ('sent','accepted','declined','ended')`),
  ],
);

/** What an agency answered to a referral. */
export const referralReplies = pgTable(
  'referral_replies',
  {
    id: uuid('id').primaryKey(),
    referralId: uuid('referral_id')
      .notNull()
      .references(() => referrals.id),
    state: text('state').$type<ReferralState>().notNull(),
    words: text('words').notNull(),
    at: instant('at').notNull(),
    recordedBy: text('recorded_by').notNull(),
  },
  (t) => [index('referral_replies_referral').on(t.referralId, t.at)],
);
