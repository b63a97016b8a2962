import { eq, inArray } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import {
  cases,
  chasers,
  materialRequests,
  officerDuties,
  officerLinks,
  officers,
} from '../../db/schema/index.ts';
import { sayDate } from '../calendar/civil-date.ts';
import type { Message, MessageWriter, OnMessageTrouble } from '../messages/message-types.ts';
import { putMessage } from '../messages/outbox.ts';
import { onMessageTrouble } from '../tasks/trouble-tasks.ts';
import { revokeLinks } from './store-links.ts';
import { sayInMessage } from './say-items.ts';

/**
 * What follows where a message is given up: the task for a person; and where an officer did not get what they are asked
 * for, its link is revoked, since nobody knows who has it, and whoever stands above them is told what is owed.
 */
export const onLetterTrouble: OnMessageTrouble = async (tx, message, trouble) => {
  await onMessageTrouble(tx, message, trouble);
  const isLetter =
    message.purpose === 'chaser' || message.purpose === 'digest' || message.purpose === 'escalation';
  if (!isLetter || message.channel !== 'email' || trouble.kind === 'unknown') return;
  await revokeLinks(
    tx,
    { messageId: message.id },
    { by: 'hub', why: 'the message came back' },
    await readNow(tx),
  );
  if (!isPassedOn(message)) await passOn(tx, message);
};

/** To the deputy of whoever did not get it, else to whoever they answer to; where there is neither, the task is all. */
async function passOn(tx: Transaction, message: Message): Promise<void> {
  const [row] = await tx
    .select({ supervisor: officers.supervisor, deputy: officerDuties.deputy })
    .from(officers)
    .leftJoin(officerDuties, eq(officerDuties.collar, officers.collar))
    .where(eq(officers.collar, message.toId));
  const collar = message.purpose === 'escalation' ? row?.supervisor : (row?.deputy ?? row?.supervisor);
  if (collar === null || collar === undefined) return;
  const [recipient] = await tx.select().from(officers).where(eq(officers.collar, collar));
  if (!recipient) return;
  await putMessage(tx, {
    key: `passed-on:${message.id}`,
    purpose: 'escalation',
    toId: recipient.collar,
    toAddress: recipient.email,
    caseIds: message.caseIds,
    facts: { thread: `escalation:${recipient.collar}`, passedOn: message.id, for: message.toId },
    dueAt: await readNow(tx),
  });
}

/** Whether a message tells somebody of one that did not arrive, for `passedOnWriter` to write. */
export function isPassedOn({ facts }: Pick<Message, 'facts'>): boolean {
  return typeof facts['passedOn'] === 'string';
}

/** Writes it when it is sent: what is still owed of what was asked for. URN and item; no defendant, no victim. */
export const passedOnWriter: MessageWriter = async (tx, { facts }) => {
  const messageId = String(facts['passedOn']);
  const ids = await askedIn(tx, messageId);
  const rows =
    ids.length === 0
      ? []
      : await tx
          .select({ request: materialRequests, urn: cases.urn })
          .from(materialRequests)
          .innerJoin(cases, eq(cases.id, materialRequests.caseId))
          .where(inArray(materialRequests.id, ids))
          .orderBy(materialRequests.dueOn, cases.urn, materialRequests.id);
  const owed = rows.filter(({ request }) => request.state === 'outstanding');
  if (owed.length === 0) return 'nothing-to-say';
  const count = owed.length === 1 ? '1 item is' : `${owed.length} items are`;
  return {
    subject: `A message to ${String(facts['for'])} did not arrive: ${count} owed`,
    body: [
      `The address of ${String(facts['for'])} did not take this message. Please see that they hear of it, and that their address is put right:`,
      ...owed.map(
        ({ request, urn }) =>
          `${request.officer}: ${urn}: ${sayInMessage(request.material)}, due ${sayDate(request.dueOn)}.`,
      ),
    ].join('\n\n'),
  };
};

async function askedIn(tx: Transaction, messageId: string): Promise<string[]> {
  const links = await tx.select().from(officerLinks).where(eq(officerLinks.messageId, messageId));
  const chased = await tx
    .select({ id: chasers.requestId })
    .from(chasers)
    .where(eq(chasers.messageId, messageId));
  return [
    ...new Set([
      ...links.flatMap(({ requests }) => requests.map(({ id }) => id)),
      ...chased.map(({ id }) => id),
    ]),
  ];
}
