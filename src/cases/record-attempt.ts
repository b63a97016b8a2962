import { and, eq, or } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { contactAttempts, contacts, deadlines } from '../../db/schema/index.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { invalid, invalidField, type Failure } from '../platform/failure.ts';
import { newId } from '../platform/ids.ts';
import { readContactView } from '../victims/contact-view.ts';
import type { AttemptRow, ContactRow } from '../victims/store.ts';
import { cancelMessages } from './message-person.ts';
import { planNextTry } from './plan-next-try.ts';
import { recordOwnEvents, type OwnEvent } from './record-event.ts';
import type { CaseRow, Recording } from './settle.ts';

export type AttemptBody = {
  channel: string;
  result: AttemptRow['result'];
  note?: string | undefined;
  at?: string | undefined;
  /** The contacts that the talk was about; all that the person was to be told at the time where it is left out. */
  covers?: string[] | undefined;
};

/**
 * Records one try at a person. Reached or declined discharges everything that the talk covered and completes its task
 * in the same transaction; anything else plans the next try. The caller holds the lock on the case.
 * What a talk covered may be recorded once more by itself, as whoever records each update apart does.
 * @returns `conflict` where the contact is not owed, `invalid` where the attempt is still to come or covers what is
 *   not owed to the person
 */
export async function recordAttempt(
  tx: Transaction,
  row: CaseRow,
  contactId: string,
  body: AttemptBody,
  recording: Recording,
): Promise<ContactRow | Failure> {
  const { now, actor } = recording;
  const [contact] = await tx.select().from(contacts).where(eq(contacts.id, contactId)).for('update');
  if (!contact) return { kind: 'not-found', detail: 'There is no such contact.' };
  const isOver = body.result === 'reached' || body.result === 'declined';
  const isSaidAgain = contact.state === 'made' && isOver && (await wasCovered(tx, contactId));
  // Whoever was given up may ring of themselves.
  const isOpen = contact.state === 'owed' || (contact.state === 'not-made' && isOver);
  if (!isOpen && !isSaidAgain)
    return {
      kind: 'conflict',
      detail:
        contact.stoppedWhy === null
          ? `The contact is ${contact.state}.`
          : `The contact is ${contact.state}: ${contact.stoppedWhy}.`,
    };
  const at = body.at ?? now;
  if (at > now) return invalidField('at', 'is still to come');
  if (at < contact.createdAt && civilDateOf(at) < civilDateOf(contact.createdAt))
    return invalidField('at', 'is before the contact was owed');
  const covered = await coveredBy(tx, contact, isSaidAgain ? [] : body.covers, at);
  if ('detail' in covered) return covered;
  const talkId = newId();
  await tx.insert(contactAttempts).values(
    covered.map(({ id }) => ({
      id: newId(),
      contactId: id,
      channel: body.channel,
      result: body.result,
      note: body.note ?? null,
      at,
      by: actor.id,
      recordedAt: now,
      talkId,
      covered: id !== contactId,
    })),
  );
  const events = covered.map(({ rule, clockKey }): OwnEvent => ({
    type: 'contact-attempted',
    on: civilDateOf(at),
    at,
    personId: contact.personId,
    data: { rule, clock: clockKey, channel: body.channel, result: body.result, talk: talkId },
  }));
  const [first, ...rest] = events;
  if (first !== undefined) await recordOwnEvents(tx, row, [first, ...rest], recording);
  if (isOver) await cancelMessages(tx, contact.personId);
  else await planNextTry(tx, row, contact.personId, recording);
  const [after] = await tx.select().from(contacts).where(eq(contacts.id, contactId));
  return after ?? contact;
}

/** Discharged by a talk that was recorded for another update: saying the same of this one is no contradiction. */
async function wasCovered(tx: Transaction, contactId: string): Promise<boolean> {
  const rows = await tx.select().from(contactAttempts).where(eq(contactAttempts.contactId, contactId));
  const over = rows.filter(({ result }) => result === 'reached' || result === 'declined');
  return over.length > 0 && over.every(({ covered }) => covered);
}

type Covered = { id: string; rule: string; clockKey: string };

/** What a talk was about: what it is said to cover, else all that the person was to be told when it took place. */
async function coveredBy(
  tx: Transaction,
  contact: ContactRow,
  covers: readonly string[] | undefined,
  at: string,
): Promise<Covered[] | Failure> {
  const owed = await tx
    .select({
      id: deadlines.id,
      rule: deadlines.rule,
      clockKey: deadlines.clockKey,
      createdAt: contacts.createdAt,
    })
    .from(contacts)
    .innerJoin(deadlines, eq(deadlines.id, contacts.id))
    .where(
      and(
        eq(contacts.personId, contact.personId),
        or(eq(contacts.state, 'owed'), eq(contacts.id, contact.id)),
      ),
    )
    .orderBy(deadlines.expiresAt, deadlines.id);
  if (covers !== undefined) {
    const wrong = covers.flatMap((id, i) =>
      owed.some((one) => one.id === id)
        ? []
        : [{ path: `covers.${i}`, message: 'is not owed to this person' }],
    );
    if (wrong.length > 0) return invalid(wrong);
    return owed.filter(({ id }) => id === contact.id || covers.includes(id));
  }
  const { people } = await readContactView(tx, [contact.personId]);
  const talk = new Set(people.get(contact.personId)?.talk.map(({ id }) => id));
  return owed.filter(({ id, createdAt }) => id === contact.id || (talk.has(id) && createdAt <= at));
}
