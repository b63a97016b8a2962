import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Database, Transaction } from '../../../db/connect.ts';
import { contacts as contactTable } from '../../../db/schema/index.ts';
import type { MessageWay } from '../../../db/schema/person-details.ts';
import { canText } from '../../messages/open-channel.ts';
import { messagePerson } from '../../cases/message-person.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { isFailure, type Failure } from '../../platform/failure.ts';
import { readContactView } from '../../victims/contact-view.ts';
import { draftFor } from '../../victims/draft-words.ts';
import { listContacts } from '../../victims/list-contacts.ts';
import { readPerson } from '../../victims/people-store.ts';
import { withAttempts } from '../../victims/store.ts';
import { speakTo, waysToReach } from '../../victims/ways.ts';
import type { Routes, Staff } from '../app-context.ts';
import { lockOpen, openCaseById, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { contactLetterPage } from '../pages/contact-letter.ts';
import { problem } from '../problem.ts';
import { contactJson, contactSchema } from './contact-json.ts';
import { answerPlainPage } from '../plain-page.ts';
import { idParam } from './deadlines.ts';

const messageRoute = defineRoute({
  method: 'post',
  path: '/api/contacts/{id}/messages',
  access: ['caseworker', 'senior'],
  tags: ['Victims and witnesses'],
  summary:
    'Send a neutral e-mail or text that asks the person to ring; only where they agreed and it is safe',
  request: {
    params: idParam,
    headers: idempotencyHeader,
    body: jsonBody(
      z.strictObject({
        channel: z.enum(['email', 'sms']),
        readSafeContact: z
          .boolean()
          .optional()
          .meta({ description: 'You have read what keeps the person safe: needed where there is any' }),
      }),
    ),
  },
  responses: {
    201: jsonAnswer('The contact, with the message in the outbox', contactSchema),
    404: problemAnswer('There is no such contact'),
    409: problemAnswer('It may not be sent, and why'),
  },
});

const letterSchema = z
  .strictObject({
    to: z.strictObject({ name: z.string(), address: z.string() }),
    on: z.string(),
    words: z.string(),
  })
  .meta({ id: 'ContactLetter' });

const letterRoute = defineRoute({
  method: 'get',
  path: '/api/contacts/{id}/letter',
  access: ['caseworker', 'senior'],
  tags: ['Victims and witnesses'],
  summary: 'A letter to whoever could not be reached: print it, send it, and record the attempt',
  request: { params: idParam },
  responses: {
    200: {
      description: 'The letter; a page to print for those who accept text/html',
      content: { 'application/json': { schema: letterSchema }, 'text/html': { schema: z.string() } },
    },
    404: problemAnswer('There is no such contact'),
    409: problemAnswer('No letter may be sent, or it is not owed'),
  },
});

const missing: Failure = { kind: 'not-found', detail: 'There is no such contact.' };

/** `POST /api/contacts/:id/messages`, `GET /api/contacts/:id/letter` */
export const contactMessages: Routes = (app) => {
  app.openapi(messageRoute, (c) =>
    change(c, async (tx, actor) => {
      const found = await readContact(tx, c.req.valid('param').id);
      if (!found) return missing;
      const row = await lockOpen(c, tx, found.caseId);
      if (isFailure(row)) return row;
      const contact = (await readContact(tx, found.id)) ?? found;
      const ways: MessageWay[] = canText(c.get('hub').config) ? ['email', 'sms'] : ['email'];
      const asked = { ...c.req.valid('json'), ways };
      const sent = await messagePerson(tx, row, contact, asked, await recordingOf(tx, actor));
      if (isFailure(sent)) return sent;
      return { status: 201, body: await contactAsShown(tx, contact.id, actor.staff) };
    }),
  );

  app.openapi(letterRoute, async (c) => {
    const { db } = c.get('hub');
    const contact = await readContact(db, c.req.valid('param').id);
    if (!contact) return problem(c, missing);
    const row = await openCaseById(c, contact.caseId);
    if (isFailure(row)) return problem(c, row);
    if (contact.state !== 'owed')
      return problem(c, { kind: 'conflict', detail: `The contact is ${contact.state}.` });
    const letter = await letterTo(db, contact.personId);
    if (isFailure(letter)) return problem(c, letter);
    c.header('Vary', 'Accept');
    if (c.req.header('Accept')?.includes('text/html') !== true) return c.json(letter, 200);
    return answerPlainPage(c, (nonce) => contactLetterPage(letter, nonce));
  });
};

async function readContact(db: Database | Transaction, id: string) {
  const [row] = await db.select().from(contactTable).where(eq(contactTable.id, id));
  return row;
}

/** A letter says nothing of what it is about: somebody else may open it. */
async function letterTo(
  db: Database | Transaction,
  personId: string,
): Promise<z.input<typeof letterSchema> | Failure> {
  const person = await readPerson(db, personId);
  const { words, now, people } = await readContactView(db, [personId]);
  const reach = people.get(personId)?.reach;
  if (!person || !reach || !waysToReach(reach).includes('letter'))
    return { kind: 'conflict', detail: 'No letter may be sent: no address is known, or it is not safe.' };
  const { contact, instead } = speakTo(person);
  return {
    to: { name: instead?.name ?? person.name, address: contact.address ?? '' },
    on: civilDateOf(now),
    words: draftFor('letter', words),
  };
}

async function contactAsShown(tx: Transaction, id: string, staff: Staff) {
  const [entry] = await listContacts(tx, { id }, staff, 1);
  if (!entry) throw new Error('a contact that was messaged is not there');
  const [withTries] = await withAttempts(tx, [entry.contact]);
  const view = await readContactView(tx, [entry.person.id]);
  return contactJson(
    withTries ?? { ...entry.contact, attempts: [] },
    entry.person,
    entry.deadline,
    entry.case.urn,
    view,
  );
}
