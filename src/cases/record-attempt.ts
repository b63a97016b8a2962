import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { contactAttempts, contacts } from '../../db/schema/index.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { readDeadline } from '../deadlines/store.ts';
import { invalidField, type Failure } from '../platform/failure.ts';
import { newId } from '../platform/ids.ts';
import type { AttemptRow, ContactRow } from '../victims/store.ts';
import { recordOwnEvent } from './record-event.ts';
import type { CaseRow, Recording } from './settle.ts';

export type AttemptBody = {
  channel: string;
  result: AttemptRow['result'];
  note?: string | undefined;
  at?: string | undefined;
};

/**
 * Records one try at a contact. Reached or declined discharges the duty and completes its task in the same
 * transaction; a message left does not. The caller holds the lock on the case.
 * @returns `conflict` where the contact is not owed, `invalid` where the attempt is still to come
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
  const deadline = await readDeadline(tx, contactId);
  if (!contact || !deadline) return { kind: 'not-found', detail: 'There is no such contact.' };
  if (contact.state !== 'owed')
    return {
      kind: 'conflict',
      detail:
        contact.stoppedWhy === null
          ? `The contact is ${contact.state}.`
          : `The contact is stopped: ${contact.stoppedWhy}.`,
    };
  const at = body.at ?? now;
  if (at > now) return invalidField('at', 'is still to come');
  if (at < contact.createdAt && civilDateOf(at) < civilDateOf(contact.createdAt))
    return invalidField('at', 'is before the contact was owed');
  await tx.insert(contactAttempts).values({
    id: newId(),
    contactId,
    channel: body.channel,
    result: body.result,
    note: body.note ?? null,
    at,
    by: actor.id,
    recordedAt: now,
  });
  await recordOwnEvent(
    tx,
    row,
    {
      type: 'contact-attempted',
      on: civilDateOf(at),
      at,
      personId: contact.personId,
      data: { rule: deadline.rule, clock: deadline.clockKey, channel: body.channel, result: body.result },
    },
    recording,
  );
  const [after] = await tx.select().from(contacts).where(eq(contacts.id, contactId));
  return after ?? contact;
}
