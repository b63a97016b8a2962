import { z } from 'zod';
import type { Transaction } from '../../../db/connect.ts';
import { readNow } from '../../../db/read-now.ts';
import { invalidField, isFailure, type Failure } from '../../platform/failure.ts';
import { newId } from '../../platform/ids.ts';
import { recordHistory } from '../../staff/history.ts';
import { checkUrl, reachOf } from '../../webhooks/may-reach.ts';
import { markOf, secretOf } from '../../webhooks/secrets.ts';
import {
  insertWebhook,
  listWebhooks,
  lockWebhook,
  readWebhook,
  removeWebhook,
  renewSecret,
  updateWebhook,
  type WebhookRow,
} from '../../webhooks/store.ts';
import type { Context, Routes } from '../app-context.ts';
import {
  defineRoute,
  idempotencyHeader,
  ifMatchHeader,
  jsonAnswer,
  jsonBody,
  problemAnswer,
} from '../define-route.ts';
import { checkIfMatch } from '../etag.ts';
import { change, type StaffActor } from '../idempotency.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { idParam } from './deadlines.ts';
import {
  tagOfWebhook,
  webhookBodySchema,
  webhookJson,
  webhookSchema,
  withSecretSchema,
} from './webhooks-json.ts';

const access = ['administrator'] as const;
const tags = ['Webhooks'];
export const noWebhook = { kind: 'not-found', detail: 'There is no such webhook.' } as const;
export const noWebhookAnswer = problemAnswer('There is no such webhook');
const staleAnswers = {
  404: noWebhookAnswer,
  412: problemAnswer('It was changed after it was read'),
  428: problemAnswer('If-Match is missing'),
};

const listRoute = defineRoute({
  method: 'get',
  path: '/api/webhooks',
  access,
  tags,
  summary: 'Where other systems are told of things, newest first',
  request: { query: pageQuery(z.tuple([z.uuid()])) },
  responses: { 200: jsonAnswer('A page of webhooks', pageSchema(webhookSchema)) },
});

const makeRoute = defineRoute({
  method: 'post',
  path: '/api/webhooks',
  access,
  tags,
  summary: 'Tell another system of things, by signed POSTs (Standard Webhooks). The secret is shown once',
  description:
    'A body is `{ id, sequence, type, timestamp, data }`: ids, URN and dates, never a name. Answer 2xx within 10 seconds. Anything else is tried again, after 5 s, 30 s, 2 min and so on for three days. The order is not guaranteed, and the same can come twice: sort by `sequence`, and tell copies by `webhook-id`. No answer is kept for an Idempotency-Key.',
  request: { body: jsonBody(webhookBodySchema), headers: idempotencyHeader },
  responses: { 201: jsonAnswer('Made, with its secret', withSecretSchema) },
});

const readRoute = defineRoute({
  method: 'get',
  path: '/api/webhooks/{id}',
  access,
  tags,
  summary: 'A webhook, and how much waits for it',
  request: { params: idParam },
  responses: { 200: jsonAnswer('The webhook', webhookSchema), 404: noWebhookAnswer },
});

const changeRoute = defineRoute({
  method: 'put',
  path: '/api/webhooks/{id}',
  access,
  tags,
  summary: 'Change a webhook, pause it or let it go on',
  request: { params: idParam, body: jsonBody(webhookBodySchema), headers: ifMatchHeader },
  responses: { 200: jsonAnswer('As it is now', webhookSchema), ...staleAnswers },
});

const removeRoute = defineRoute({
  method: 'delete',
  path: '/api/webhooks/{id}',
  access,
  tags,
  summary: 'Take a webhook away: it is told nothing more, what waits included',
  request: { params: idParam, headers: ifMatchHeader },
  responses: { 204: { description: 'Taken away' }, ...staleAnswers },
});

const renewRoute = defineRoute({
  method: 'post',
  path: '/api/webhooks/{id}/secret',
  access,
  tags,
  summary: 'Renew the secret of a webhook; for a day the one before signs too. It is shown once',
  request: { params: idParam, headers: idempotencyHeader.extend(ifMatchHeader.shape) },
  responses: { 201: jsonAnswer('The webhook, with its new secret', withSecretSchema), ...staleAnswers },
});

/** `GET|POST /api/webhooks`, `GET|PUT|DELETE /api/webhooks/:id`, `POST /api/webhooks/:id/secret` */
export const webhooks: Routes = (app) => {
  app.openapi(listRoute, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const { db } = c.get('hub');
    const found = page(await listWebhooks(db, limit, cursor?.[0]), limit, ({ id }) => [id]);
    const items = await Promise.all(found.items.map((row) => webhookJson(db, row)));
    return c.json({ items, next: found.next }, 200);
  });

  app.openapi(makeRoute, (c) =>
    change(c, async (tx, actor) => {
      const body = c.req.valid('json');
      const key = keyOf(c);
      if (isFailure(key)) return key;
      const wrong = checkBody(c, body.url);
      if (wrong) return wrong;
      const id = newId();
      const secret = secretOf(key, id, 1);
      const row = await insertWebhook(tx, id, body, markOf(secret), actor.id);
      await note(tx, actor, 'webhook-made', row);
      return {
        ...{ status: 201, headers: { Location: `/api/webhooks/${id}`, ETag: tagOfWebhook(row) } },
        ...{ body: { ...(await webhookJson(tx, row)), secret }, isSecret: true },
      };
    }),
  );

  app.openapi(readRoute, async (c) => {
    const { db } = c.get('hub');
    const row = await readWebhook(db, c.req.valid('param').id);
    if (!row) return problem(c, noWebhook);
    return c.json(await webhookJson(db, row), 200, { ETag: tagOfWebhook(row) });
  });

  app.openapi(changeRoute, (c) =>
    change(c, async (tx, actor) => {
      const before = await lockCurrent(c, tx, c.req.valid('param').id);
      if (isFailure(before)) return before;
      const body = c.req.valid('json');
      const wrong = checkBody(c, body.url);
      if (wrong) return wrong;
      const row = await updateWebhook(tx, before.id, { ...body, pausedWhy: null, restUntil: null }, actor.id);
      await note(tx, actor, 'webhook-changed', row);
      return { status: 200, headers: { ETag: tagOfWebhook(row) }, body: await webhookJson(tx, row) };
    }),
  );

  app.openapi(removeRoute, (c) =>
    change(c, async (tx, actor) => {
      const row = await lockCurrent(c, tx, c.req.valid('param').id);
      if (isFailure(row)) return row;
      await removeWebhook(tx, row.id, actor.id);
      await note(tx, actor, 'webhook-removed', row);
      return { status: 204 };
    }),
  );

  app.openapi(renewRoute, (c) =>
    change(c, async (tx, actor) => {
      const before = await lockCurrent(c, tx, c.req.valid('param').id);
      if (isFailure(before)) return before;
      const key = keyOf(c);
      if (isFailure(key)) return key;
      const secret = secretOf(key, before.id, before.secretVersion + 1);
      const row = await renewSecret(tx, before, markOf(secret), actor.id);
      await note(tx, actor, 'webhook-secret-renewed', row);
      return {
        ...{ status: 201, headers: { ETag: tagOfWebhook(row) }, isSecret: true },
        body: { ...(await webhookJson(tx, row)), secret },
      };
    }),
  );
};

/** The hub's own key, of which secrets are made. */
function keyOf(c: Context): string | Failure {
  const { linkSecret } = c.get('hub').config;
  return linkSecret ?? { kind: 'unavailable', detail: 'Nothing can be signed without LINK_SECRET.' };
}

function checkBody(c: Context, url: string): Failure | null {
  const wrong = checkUrl(url, reachOf(c.get('hub').config));
  return wrong === null ? null : invalidField('url', wrong);
}

/** The webhook, locked, as whoever asks has read it. */
async function lockCurrent(c: Context, tx: Transaction, id: string): Promise<WebhookRow | Failure> {
  const row = await lockWebhook(tx, id);
  if (!row) return noWebhook;
  return checkIfMatch(c, tagOfWebhook(row)) ?? row;
}

/** The path of a URL may be a secret of its receiver: the history has the host alone. */
async function note(tx: Transaction, actor: StaffActor, action: string, row: WebhookRow): Promise<void> {
  const { id, url, events, restrictedCases, paused, secretVersion } = row;
  await recordHistory(tx, { id: actor.id, requestId: actor.requestId }, await readNow(tx), [
    {
      ...{ action, caseId: null, entity: 'webhook', entityId: id },
      detail: { host: new URL(url).host, events, restrictedCases, paused, secretVersion },
    },
  ]);
}
