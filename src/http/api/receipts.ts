import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import type { ReceiptStatus } from '../../../db/schema/messages.ts';
import { instantOfEpochMs } from '../../calendar/london-time.ts';
import { onLetterTrouble } from '../../chasers/pass-on-letter.ts';
import { readBounce, type BounceReport } from '../../messages/read-bounce.ts';
import { receiveReceipt, type Receiving } from '../../messages/receive-receipt.ts';
import type { Failure } from '../../platform/failure.ts';
import { closeMessageTrouble } from '../../tasks/trouble-tasks.ts';
import type { Context, Routes } from '../app-context.ts';
import { defineRoute, jsonBody, problemAnswer } from '../define-route.ts';
import { problem } from '../problem.ts';

/** A callback of GOV.UK Notify. It adds fields as it likes; the address in `to` is never read. */
const notifyReceipt = z.object({
  id: z.string().max(100),
  reference: z.string().max(200).nullable(),
  status: z.string().max(50),
  created_at: z.iso.datetime({ offset: true }),
  completed_at: z.iso.datetime({ offset: true }).nullable().optional(),
  sent_at: z.iso.datetime({ offset: true }).nullable().optional(),
});

const answers = {
  204: { description: 'Taken, or of no message of the hub' },
  401: problemAnswer('The bearer token is not the one of the configuration'),
  404: problemAnswer('The hub is not configured to take these reports'),
};

const notifyRoute = defineRoute({
  method: 'post',
  path: '/api/receipts/notify',
  access: 'anyone',
  tags: ['Messages'],
  summary:
    'A delivery receipt of GOV.UK Notify, with NOTIFY_RECEIPT_TOKEN as its bearer token; repeated ones and those out of order change nothing',
  request: { body: jsonBody(notifyReceipt) },
  responses: answers,
});

const emailRoute = defineRoute({
  method: 'post',
  path: '/api/receipts/email',
  access: 'anyone',
  tags: ['Messages'],
  summary:
    'A delivery status notification (RFC 3464) as the mail gateway received it, with EMAIL_RECEIPT_TOKEN as bearer token',
  request: {
    body: { required: true, content: { 'message/rfc822': { schema: z.string() } } },
  },
  responses: answers,
});

/** How Notify's words are taken. Of the rest nothing has become yet. */
const statuses: Partial<Record<string, ReceiptStatus>> = {
  delivered: 'delivered',
  'permanent-failure': 'bounced',
  'temporary-failure': 'failed-for-now',
  'technical-failure': 'failed-for-now',
};

/** A server that gave up after days has given up: that is for a person, whatever the class of its code. */
const actions: Partial<Record<BounceReport['action'], ReceiptStatus>> = {
  failed: 'bounced',
  delayed: 'delayed',
  delivered: 'delivered',
};

const receiving: Receiving = {
  onTrouble: onLetterTrouble,
  onArrived: (tx, messageId, now) =>
    closeMessageTrouble(tx, messageId, { outcome: 'arrived after all', by: 'hub' }, now),
};

/** `POST /api/receipts/notify`, `/email` */
export const receipts: Routes = (app) => {
  app.openapi(notifyRoute, async (c) => {
    const { db, config } = c.get('hub');
    const refused = refuse(c, config.receiptTokens.notify);
    if (refused) return problem(c, refused);
    const { reference, ...given } = c.req.valid('json');
    const status = statuses[given.status];
    const messageId = z.uuid().safeParse(reference).data;
    if (status !== undefined && messageId !== undefined) {
      const at = given.completed_at ?? given.sent_at ?? given.created_at;
      await db.transaction((tx) =>
        receiveReceipt(
          tx,
          {
            messageId,
            provider: 'notify',
            status,
            code: given.status,
            happenedAt: new Date(at).toISOString(),
          },
          receiving,
        ),
      );
    }
    return c.body(null, 204);
  });

  app.openapi(emailRoute, async (c) => {
    const { db, config } = c.get('hub');
    const refused = refuse(c, config.receiptTokens.email);
    if (refused) return problem(c, refused);
    const report = readBounce(Buffer.from(await c.req.arrayBuffer()).toString('latin1'));
    if (report === null)
      return problem(c, {
        kind: 'invalid',
        detail: 'This is no delivery status notification of a message of the hub.',
      });
    const { messageId, action, status: code, happenedMs } = report;
    const status = actions[action];
    if (status !== undefined)
      await db.transaction(async (tx) => {
        const happenedAt = happenedMs === null ? await readNow(tx) : instantOfEpochMs(happenedMs);
        await receiveReceipt(tx, { messageId, provider: 'smtp', status, code, happenedAt }, receiving);
      });
    return c.body(null, 204);
  });
};

function refuse(c: Context, expected: string | undefined): Failure | null {
  if (expected === undefined) return { kind: 'not-found', detail: 'No reports of this kind are taken here.' };
  const given = /^Bearer (.+)$/i.exec(c.req.header('Authorization') ?? '')?.[1] ?? '';
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected))
    ? null
    : { kind: 'unauthenticated', detail: 'The bearer token is not the right one.' };
}
