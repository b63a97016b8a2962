import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { contactAttempts, contacts, deadlines, messages, people } from '../../db/schema/index.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { loadCalendar } from '../deadlines/store-calendar.ts';
import { readNow } from '../../db/read-now.ts';
import type { Instant } from '../platform/clock.ts';
import { groupBy } from '../platform/group-by.ts';
import { conversationsOf } from './conversation.ts';
import type { Words } from './draft-words.ts';
import { nextStep, type NextStep, type Try } from './next-try.ts';
import type { PersonRow } from './people-store.ts';
import { safestOf, type Reachable } from './ways.ts';
import { loadWords } from './words-store.ts';

export type ContactMessage = Pick<
  typeof messages.$inferSelect,
  'id' | 'channel' | 'state' | 'dueAt' | 'sentAt' | 'resolution'
> & { contactIds: string[] };

/** What is known of a person when they are contacted: how they may be reached, what to say, and what was tried. */
export type PersonView = {
  reach: Reachable;
  /** What they are to be told now, soonest due first; empty where nothing is owed. */
  talk: { id: string; reason: string; dueAt: Instant | null }[];
  tries: Try[];
  messages: ContactMessage[];
  next: NextStep | null;
};

export type ContactView = {
  words: Words;
  now: Instant;
  calendar: HolidayCalendar;
  people: ReadonlyMap<string, PersonView>;
};

/** Reads what showing the contacts of people needs, as it stands now. */
export async function readContactView(
  db: Database | Transaction,
  personIds: readonly string[],
): Promise<ContactView> {
  const ids = [...new Set(personIds)];
  const [now, calendar, words] = [await readNow(db), await loadCalendar(db), await loadWords(db)];
  if (ids.length === 0) return { words, now, calendar, people: new Map() };
  const persons = await db.select().from(people).where(inArray(people.id, ids));
  const same = await readSame(db, persons);
  const owed = await db
    .select({ deadline: deadlines, reason: contacts.reason })
    .from(contacts)
    .innerJoin(deadlines, eq(deadlines.id, contacts.id))
    .where(and(inArray(contacts.personId, ids), eq(contacts.state, 'owed')));
  const reasons = new Map(owed.map(({ deadline, reason }) => [deadline.id, reason]));
  const talks = conversationsOf(
    owed.map(({ deadline }) => deadline),
    () => false,
    now,
  );
  const told = talks.flatMap((talk) => talk.contacts.map(({ id }) => id));
  const attempts =
    told.length === 0
      ? []
      : await db.select().from(contactAttempts).where(inArray(contactAttempts.contactId, told));
  const sent = groupBy(await readMessages(db, ids), ({ toId }) => toId);
  const views = persons.map((person): [string, PersonView] => {
    const talk = (talks.find(({ personId }) => personId === person.id)?.contacts ?? []).map((deadline) => ({
      id: deadline.id,
      reason: reasons.get(deadline.id) ?? '',
      dueAt: deadline.expiresAt,
    }));
    const isOf = (id: string) => talk.some((one) => one.id === id);
    const ofPerson = sent.get(person.id) ?? [];
    const reach = safestOf(
      person,
      same.filter((one) => one.identity === person.identity && one.id !== person.id),
    );
    const tries = [
      ...triesOf(attempts.filter(({ contactId }) => isOf(contactId))),
      ...ofPerson
        .filter(({ contactIds, sentAt }) => sentAt !== null && contactIds.some(isOf))
        .map(({ channel, sentAt }): Try => ({ channel, result: 'message-left', at: sentAt ?? '' })),
    ];
    const [first] = talk;
    const next = first === undefined ? null : nextStep(reach, tries, first.dueAt, now, calendar);
    return [person.id, { reach, talk, tries, messages: ofPerson, next }];
  });
  return { words, now, calendar, people: new Map(views) };
}

/** One talk in which several things were to be told was one try. */
function triesOf(rows: readonly (typeof contactAttempts.$inferSelect)[]): Try[] {
  const talks = new Map(rows.map((row) => [row.talkId ?? row.id, row]));
  return [...talks.values()].map(({ channel, result, at }) => ({ channel, result, at }));
}

async function readSame(db: Database | Transaction, persons: readonly PersonRow[]): Promise<PersonRow[]> {
  const identities = persons.flatMap(({ identity }) => identity ?? []);
  if (identities.length === 0) return [];
  return db
    .select()
    .from(people)
    .where(and(isNotNull(people.identity), inArray(people.identity, identities)));
}

async function readMessages(
  db: Database | Transaction,
  personIds: readonly string[],
): Promise<(ContactMessage & { toId: string })[]> {
  const { id, channel, state, dueAt, sentAt, resolution, toId } = messages;
  const rows = await db
    .select({ id, channel, state, dueAt, sentAt, resolution, toId, facts: messages.facts })
    .from(messages)
    .where(and(inArray(messages.toId, [...personIds]), eq(messages.purpose, 'victim-update')))
    .orderBy(sql`${messages.createdAt}, ${messages.id}`);
  return rows.map(({ facts, ...row }) => ({
    ...row,
    contactIds: Array.isArray(facts['contacts']) ? (facts['contacts'] as string[]) : [],
  }));
}
