import { z } from 'zod';
import type { Transaction } from '../../../db/connect.ts';
import { readNow } from '../../../db/read-now.ts';
import { newId } from '../../platform/ids.ts';
import { recordHistory } from '../../staff/history.ts';
import {
  listDeliveries,
  lockDelivery,
  lockWebhook,
  readWebhook,
  sendAgain,
  type DeliveryRow,
} from '../../webhooks/store.ts';
import { tell } from '../../webhooks/tell.ts';
import type { Routes } from '../app-context.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, problemAnswer } from '../define-route.ts';
import { change, type StaffActor } from '../idempotency.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { idParam } from './deadlines.ts';
import { noWebhook, noWebhookAnswer } from './webhooks.ts';
import { deliveryJson, deliverySchema } from './webhooks-json.ts';

const access = ['administrator'] as const;
const tags = ['Webhooks'];
const noDelivery = { kind: 'not-found', detail: 'There is no such delivery of this webhook.' } as const;

const pingRoute = defineRoute({
  method: 'post',
  path: '/api/webhooks/{id}/ping',
  access,
  tags,
  summary: 'Send a test to a webhook, a paused one too: its deliveries say what came of it',
  request: { params: idParam, headers: idempotencyHeader },
  responses: { 202: jsonAnswer('It is on its way', deliverySchema), 404: noWebhookAnswer },
});

const listRoute = defineRoute({
  method: 'get',
  path: '/api/webhooks/{id}/deliveries',
  access,
  tags,
  summary:
    'What a webhook was told and is to be told in the last 30 days, newest first; of no case more than its kind',
  request: {
    params: idParam,
    query: pageQuery(z.tuple([z.number().int()])).extend({
      state: deliverySchema.shape.state.optional(),
    }),
  },
  responses: { 200: jsonAnswer('A page of deliveries', pageSchema(deliverySchema)), 404: noWebhookAnswer },
});

const retryRoute = defineRoute({
  method: 'post',
  path: '/api/webhooks/{id}/deliveries/{delivery}/retry',
  access,
  tags,
  summary: 'Send a delivery again that was given up, or now one that waits, under the same webhook-id',
  request: { params: idParam.extend({ delivery: z.uuid() }), headers: idempotencyHeader },
  responses: {
    202: jsonAnswer('It is on its way', deliverySchema),
    404: problemAnswer('There is no such delivery'),
    409: problemAnswer('It was delivered'),
  },
});

/** `POST /api/webhooks/:id/ping`, `GET /api/webhooks/:id/deliveries`, `POST .../deliveries/:delivery/retry` */
export const webhookDeliveries: Routes = (app) => {
  app.openapi(pingRoute, (c) =>
    change(c, async (tx, actor) => {
      const { id } = c.req.valid('param');
      if (!(await lockWebhook(tx, id))) return noWebhook;
      const news = { key: `ping:${newId()}`, type: 'ping' as const, restricted: false, data: {} };
      const [told] = await tell(tx, [news], await readNow(tx), id);
      const row = told && (await lockDelivery(tx, id, told.id));
      if (!row) return noWebhook;
      await note(tx, actor, 'webhook-pinged', row);
      return { status: 202, body: deliveryJson(row) };
    }),
  );

  app.openapi(listRoute, async (c) => {
    const { limit, cursor, state } = c.req.valid('query');
    const { db } = c.get('hub');
    const webhook = await readWebhook(db, c.req.valid('param').id);
    if (!webhook) return problem(c, noWebhook);
    const rows = await listDeliveries(db, webhook.id, limit, { before: cursor?.[0], state });
    const found = page(rows, limit, ({ sequence }) => [sequence]);
    return c.json({ items: found.items.map(deliveryJson), next: found.next }, 200);
  });

  app.openapi(retryRoute, (c) =>
    change(c, async (tx, actor) => {
      const { id, delivery } = c.req.valid('param');
      if (!(await lockWebhook(tx, id))) return noWebhook;
      const row = await lockDelivery(tx, id, delivery);
      if (!row) return noDelivery;
      if (row.state === 'delivered') return { kind: 'conflict', detail: 'It was delivered.' };
      const again = await sendAgain(tx, row.id);
      await note(tx, actor, 'webhook-delivery-retried', row);
      return { status: 202, body: deliveryJson(again) };
    }),
  );
};

async function note(tx: Transaction, actor: StaffActor, action: string, row: DeliveryRow): Promise<void> {
  const { id: delivery, webhookId: entityId, attempts } = row;
  await recordHistory(tx, { id: actor.id, requestId: actor.requestId }, await readNow(tx), [
    { action, caseId: null, entity: 'webhook', entityId, detail: { delivery, attempts } },
  ]);
}
