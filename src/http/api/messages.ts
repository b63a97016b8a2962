import { inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { Database, Transaction } from '../../../db/connect.ts';
import { readNow } from '../../../db/read-now.ts';
import { cases } from '../../../db/schema/cases.ts';
import { instantField } from '../../deadlines/facts.ts';
import {
  currentAddress,
  findMessage,
  listMessages,
  lockMessage,
  readReceipts,
  resolveMessage,
  sendAnew,
  type StoredMessage,
} from '../../messages/store.ts';
import { isFailure, type Failure } from '../../platform/failure.ts';
import { recordHistory } from '../../staff/history.ts';
import { closeMessageTrouble } from '../../tasks/trouble-tasks.ts';
import { messageChannels } from '../../../db/schema/messages.ts';
import { recordAccess } from '../access.ts';
import type { Api, Context, Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { mayList } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change, type StaffActor } from '../idempotency.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { idParam } from './deadlines.ts';
import {
  messageJson,
  messagePurposes,
  messageResolutions,
  messageSchema,
  messageStates,
  messageWithReceiptsSchema,
  receiptJson,
} from './message-json.ts';

const listRoute = defineRoute({
  method: 'get',
  path: '/api/messages',
  access: ['administrator', 'auditor'],
  tags: ['Messages'],
  summary: 'What leaves the building, the newest first: how it goes, never what it says',
  request: {
    query: pageQuery(z.tuple([instantField, z.uuid()])).extend({
      state: z.enum(messageStates).optional(),
      channel: z.enum(messageChannels).optional(),
      purpose: z.enum(messagePurposes).optional(),
      to: z.string().max(100).optional().meta({ description: 'Id of the recipient', example: 'PC1001' }),
    }),
  },
  responses: { 200: jsonAnswer('A page of messages', pageSchema(messageSchema)) },
});

const readRoute = defineRoute({
  method: 'get',
  path: '/api/messages/{id}',
  access: ['caseworker', 'senior', 'administrator', 'auditor'],
  tags: ['Messages'],
  summary: 'A message, and what its provider reported of it',
  request: { params: idParam },
  responses: {
    200: jsonAnswer('The message', messageWithReceiptsSchema),
    404: problemAnswer('There is no such message, or it is of cases of others'),
  },
});

/** `GET /api/messages`, `GET /api/messages/:id`, `POST /api/messages/:id/retry`, `/resolve` */
export const messages: Routes = (app) => {
  app.openapi(listRoute, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query');
    const rows = await listMessages(c.get('hub').db, filter, cursor, limit);
    const found = page(rows, limit, ({ createdAt, id }) => [createdAt, id]);
    return c.json({ items: found.items.map(messageJson), next: found.next }, 200);
  });

  app.openapi(readRoute, async (c) => {
    const { db } = c.get('hub');
    const message = await mayHandle(c, db, await findMessage(db, c.req.valid('param').id), 'read');
    if (isFailure(message)) return problem(c, message);
    const receipts = await readReceipts(db, message.id);
    return c.json({ ...messageJson(message), receipts: receipts.map(receiptJson) }, 200);
  });

  verb(app, {
    name: 'retry',
    summary: 'Send a message again that was given up, to the address that its recipient has now',
    body: z.strictObject({}),
    act: async (tx, message, _body, actor) => {
      const now = await readNow(tx);
      const address = await currentAddress(tx, message.toId);
      const again = await sendAnew(tx, message, address ?? message.toAddress, now);
      await closeMessageTrouble(tx, message.id, { outcome: 'sent again', by: actor.id }, now);
      return again;
    },
  });

  verb(app, {
    name: 'resolve',
    summary: 'Say what became of a message that was given up',
    body: z.strictObject({ resolution: z.enum(messageResolutions) }),
    act: async (tx, message, { resolution }, actor) => {
      const now = await readNow(tx);
      const resolved = await resolveMessage(tx, message, { resolution, by: actor.id }, now);
      await closeMessageTrouble(tx, message.id, { outcome: resolution, by: actor.id }, now);
      return resolved;
    },
  });
};

/** One of the two things that a person can do with a message that the hub gave up. */
function verb<Body extends Record<string, unknown>>(
  app: Api,
  {
    name,
    summary,
    body,
    act,
  }: {
    name: 'retry' | 'resolve';
    summary: string;
    body: z.ZodType<Body>;
    act: (tx: Transaction, message: StoredMessage, body: Body, actor: StaffActor) => Promise<StoredMessage>;
  },
): void {
  const route = defineRoute({
    method: 'post',
    path: `/api/messages/{id}/${name}`,
    access: ['caseworker', 'senior', 'administrator'],
    tags: ['Messages'],
    summary,
    request: { params: idParam, body: jsonBody(body), headers: idempotencyHeader },
    responses: {
      200: jsonAnswer('The message', messageSchema),
      404: problemAnswer('There is no such message, or it is of cases of others'),
      409: problemAnswer('The hub has not given it up'),
    },
  });
  app.openapi(route, (c) =>
    change(c, async (tx, actor) => {
      const { id } = c.req.valid('param' as never) as { id: string };
      const message = await mayHandle(c, tx, await lockMessage(tx, id), 'change');
      if (isFailure(message)) return message;
      if (message.state !== 'failed' && message.state !== 'unknown')
        return {
          kind: 'conflict',
          detail: `The message is ${message.state}: only one that was given up can be handled.`,
        };
      const given = c.req.valid('json' as never) as Body;
      const now = await readNow(tx);
      const after = await act(tx, message, given, actor);
      const entry = {
        entity: 'message',
        entityId: id,
        detail: { from: message.state, to: after.state, ...given },
      };
      const concerned = message.caseIds.length === 0 ? [null] : message.caseIds;
      await recordHistory(
        tx,
        actor,
        now,
        concerned.map((caseId) => ({
          action: `message-${name === 'retry' ? 'retried' : 'resolved'}`,
          caseId,
          ...entry,
        })),
      );
      return { status: 200, body: messageJson(after) };
    }),
  );
}

const noMessage: Failure = { kind: 'not-found', detail: 'There is no such message.' };

/**
 * Whether a person may look after a message: administrators and auditors any, for they see neither words nor cases;
 * others those of a case that they may open, of which that is recorded.
 */
async function mayHandle(
  c: Context,
  db: Database | Transaction,
  message: StoredMessage | undefined,
  action: 'read' | 'change',
): Promise<StoredMessage | Failure> {
  const staff = staffOf(c);
  if (message === undefined) return noMessage;
  if (staff.role === 'administrator' || staff.role === 'auditor') return message;
  const concerned =
    message.caseIds.length === 0
      ? []
      : await db.select().from(cases).where(inArray(cases.id, message.caseIds));
  const seen = concerned.filter((row) => mayList(row, staff)).map(({ id }) => id);
  if (seen.length === 0) return noMessage;
  await recordAccess(db, {
    staff,
    caseId: seen,
    action,
    route: c.get('routeName'),
    requestId: c.get('requestId'),
  });
  return message;
}
