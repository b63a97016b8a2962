import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { contacts, messages, people } from '../../db/schema/index.ts';
import type { MessageWay } from '../../db/schema/person-details.ts';
import { invalidField, type Failure } from '../platform/failure.ts';
import type { MessageWriter } from '../messages/message-types.ts';
import { putMessage } from '../messages/outbox.ts';
import { recordHistory } from '../staff/history.ts';
import { openTasks } from '../tasks/store.ts';
import { lastMomentOf } from '../tasks/task-draft.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { readNow } from '../../db/read-now.ts';
import { readContactView } from '../victims/contact-view.ts';
import { draftFor } from '../victims/draft-words.ts';
import { readPerson, type PersonRow } from '../victims/people-store.ts';
import type { ContactRow } from '../victims/store.ts';
import { nextAllowed, whyNoMessage } from './check-message.ts';
import { assignmentOf, type CaseRow, type Recording } from './settle.ts';
import { readCase } from './store.ts';

/**
 * Puts a neutral message to a person in the outbox, which asks them to ring: only where they agreed, in hours that are
 * safe. It is judged again when it leaves. The caller holds the lock on the case.
 * @param body.ways those by which the hub itself can send messages
 * @param body.readSafeContact somebody has read what keeps the person safe, where there is anything to read
 * @returns `conflict`, with why, where it may not be sent
 */
export async function messagePerson(
  tx: Transaction,
  row: CaseRow,
  contact: ContactRow,
  body: { channel: MessageWay; ways: readonly MessageWay[]; readSafeContact?: boolean | undefined },
  { now, actor }: Recording,
): Promise<string | Failure> {
  if (contact.state !== 'owed') return { kind: 'conflict', detail: `The contact is ${contact.state}.` };
  const view = (await readContactView(tx, [contact.personId])).people.get(contact.personId);
  const person = await readPerson(tx, contact.personId);
  if (!view || !person) return { kind: 'not-found', detail: 'There is no such person.' };
  const why = whyNoMessage(view.reach, body.channel);
  if (why.length > 0) return { kind: 'conflict', detail: `No message may be sent: ${why.join('; ')}.` };
  if (!body.ways.includes(body.channel))
    return { kind: 'conflict', detail: 'The hub cannot send that itself: send it by hand and record it.' };
  if (view.reach.safeContact !== null && body.readSafeContact !== true)
    return invalidField('readSafeContact', 'is needed: what keeps the person safe has to be read first');
  const about = view.talk.map(({ id }) => id);
  const isUnderWay = view.messages.some(
    ({ state, resolution, contactIds }) =>
      (['pending', 'sending'].includes(state) || (state === 'unknown' && resolution === null)) &&
      contactIds.some((id) => about.includes(id)),
  );
  if (isUnderWay)
    return { kind: 'conflict', detail: 'A message to the person is under way already, or may have arrived.' };
  const { id } = await putMessage(tx, {
    key: `victim-update:${contact.id}:${view.messages.length + 1}`,
    purpose: 'victim-update',
    channel: body.channel,
    toId: contact.personId,
    toAddress: addressFor(person, body.channel),
    caseIds: [row.id],
    facts: { contacts: about.length > 0 ? about : [contact.id], personVersion: person.version },
    dueAt: nextAllowed(view.reach, now) ?? now,
  });
  await recordHistory(tx, actor, now, [
    {
      action: 'person-messaged',
      caseId: row.id,
      entity: 'contact',
      entityId: contact.id,
      detail: { message: id, channel: body.channel },
    },
  ]);
  return id;
}

/**
 * Writes a message to a person when it leaves. Where anything about them has changed since somebody read what keeps
 * them safe, or nothing is owed any more, it does not leave; in the first case a person decides.
 */
export const personMessageWriter: MessageWriter = async (tx, message) => {
  const person = await readPerson(tx, message.toId);
  const about = (message.facts['contacts'] ?? []) as string[];
  const owed = await tx
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(sql`${contacts.id}::text in ${about.length > 0 ? about : ['']}`, eq(contacts.state, 'owed')));
  if (!person || owed.length === 0) return 'nothing-to-say';
  const view = await readContactView(tx, [person.id]);
  const reach = view.people.get(person.id)?.reach ?? person;
  const changed = person.version !== message.facts['personVersion'];
  const way = message.channel === 'sms' ? 'sms' : 'email';
  const isOtherAddress = addressFor(person, way) !== message.toAddress;
  if (changed || isOtherAddress || whyNoMessage(reach, way).length > 0) {
    const row = await readCase(tx, person.caseId);
    if (row) await askPerson(tx, person.id, row);
    return 'nothing-to-say';
  }
  return { subject: 'Please ring us', body: draftFor('message', view.words) };
};

function addressFor({ contact }: PersonRow, way: MessageWay): string {
  return (way === 'email' ? contact.email : contact.phone) ?? '';
}

/** A message that was stopped in doubt is for a person: they read, and send it again or call. */
async function askPerson(tx: Transaction, personId: string, row: CaseRow): Promise<void> {
  const now = await readNow(tx);
  const draft = {
    kind: 'message-stopped',
    title: 'A message to a person was stopped: read what keeps them safe, then decide',
    source: `message-stopped:${personId}`,
    subject: { personId },
    why: ['What is known of the person changed after the message was written, so it was not sent'],
    consequence: 'victim' as const,
    danger: false,
    alwaysCritical: false,
    dueAt: lastMomentOf(civilDateOf(now)),
    effortMinutes: 10,
  };
  await openTasks(tx, [{ assignment: assignmentOf(row), draft }], now);
}

/** When a message to a person may leave, by what is known of them now. */
export async function whenMayLeave(tx: Transaction, message: { toId: string }, now: string): Promise<string> {
  const [person] = await tx.select().from(people).where(eq(people.id, message.toId));
  if (!person) return now;
  const view = await readContactView(tx, [person.id]);
  return nextAllowed(view.people.get(person.id)?.reach ?? person, now) ?? now;
}

/** Takes back the messages to a person that have not left. @returns how many there were */
export async function cancelMessages(tx: Transaction, personId: string): Promise<number> {
  const cancelled = await tx
    .update(messages)
    .set({ state: 'cancelled' })
    .where(
      and(eq(messages.toId, personId), eq(messages.purpose, 'victim-update'), eq(messages.state, 'pending')),
    )
    .returning({ id: messages.id });
  return cancelled.length;
}

/** What is known of a person has changed: messages to them that have not left stop, and somebody decides. */
export async function stopMessages(tx: Transaction, row: CaseRow, personId: string): Promise<void> {
  if ((await cancelMessages(tx, personId)) > 0) await askPerson(tx, personId, row);
}
