import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { contacts as contactTable } from '../../../db/schema/index.ts';
import { recordAttempt } from '../../cases/record-attempt.ts';
import { instantField } from '../../deadlines/facts.ts';
import { isFailure } from '../../platform/failure.ts';
import { readContactView } from '../../victims/contact-view.ts';
import { listContacts } from '../../victims/list-contacts.ts';
import { withAttempts } from '../../victims/store.ts';
import type { Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { recordAccess } from '../access.ts';
import { lockOpen, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { attemptChannels, attemptResults, contactJson, contactSchema } from './contact-json.ts';
import { idParam } from './deadlines.ts';

const listRoute = defineRoute({
  method: 'get',
  path: '/api/contacts',
  access: ['caseworker', 'senior'],
  tags: ['Victims and witnesses'],
  summary: 'Updates owed to victims and witnesses, soonest due first',
  request: {
    query: pageQuery(z.tuple([z.string(), z.uuid()])).extend({
      caseworker: z.string().max(40).optional(),
      state: z.enum(['owed', 'made', 'stopped', 'withdrawn', 'not-made']).optional(),
    }),
  },
  responses: { 200: jsonAnswer('A page of contacts', pageSchema(contactSchema)) },
});

const attemptRoute = defineRoute({
  method: 'post',
  path: '/api/contacts/{id}/attempts',
  access: ['caseworker', 'senior'],
  tags: ['Victims and witnesses'],
  summary: 'Record a try; reached and declined discharge all that it covered and complete its task',
  request: {
    params: idParam,
    body: jsonBody(
      z.strictObject({
        channel: z.enum(attemptChannels),
        result: z.enum(attemptResults),
        note: z.string().trim().min(1).max(2_000).optional(),
        at: instantField.optional(),
        covers: z.array(z.uuid()).min(1).max(50).optional().meta({
          description: 'The contacts that the talk was about; all of `conversation` where it is left out',
        }),
      }),
    ),
    headers: idempotencyHeader,
  },
  responses: {
    201: jsonAnswer('The contact with its attempts', contactSchema),
    404: problemAnswer('There is no such contact'),
    409: problemAnswer('It is not owed'),
  },
});

/** `GET /api/contacts`, `POST /api/contacts/:id/attempts` */
export const contacts: Routes = (app) => {
  app.openapi(listRoute, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query');
    const { db } = c.get('hub');
    const staff = staffOf(c);
    const rows = await listContacts(db, filter, staff, limit + 1, cursor);
    const found = page(rows, limit, ({ contact, deadline }) => [
      deadline.expiresAt ?? 'infinity',
      contact.id,
    ]);
    await recordAccess(db, {
      staff,
      caseId: found.items.map((entry) => entry.case.id),
      action: 'read',
      route: c.get('routeName'),
      requestId: c.get('requestId'),
    });
    const attempts = await withAttempts(
      db,
      found.items.map(({ contact }) => contact),
    );
    const view = await readContactView(
      db,
      found.items.map(({ person }) => person.id),
    );
    const items = found.items.map((entry, i) =>
      contactJson(
        attempts[i] ?? { ...entry.contact, attempts: [] },
        entry.person,
        entry.deadline,
        entry.case.urn,
        view,
      ),
    );
    return c.json({ items, next: found.next }, 200);
  });

  app.openapi(attemptRoute, (c) =>
    change(c, async (tx, actor) => {
      const { id } = c.req.valid('param');
      const [found] = await tx.select().from(contactTable).where(eq(contactTable.id, id));
      if (!found) return { kind: 'not-found', detail: 'There is no such contact.' };
      const row = await lockOpen(c, tx, found.caseId);
      if (isFailure(row)) return row;
      const recorded = await recordAttempt(tx, row, id, c.req.valid('json'), await recordingOf(tx, actor));
      if (isFailure(recorded)) return recorded;
      const [entry] = await listContacts(tx, { id }, actor.staff, 1);
      const [withTries] = await withAttempts(tx, [recorded]);
      if (!entry || !withTries) throw new Error('a contact that was recorded is not there');
      const view = await readContactView(tx, [entry.person.id]);
      return { status: 201, body: contactJson(withTries, entry.person, entry.deadline, row.urn, view) };
    }),
  );
};
