import { randomUUID } from 'node:crypto';
import type { Api, Context, Routes } from '../../app-context.ts';
import { administrationLink, administrators } from '../administration/administrators.ts';
import { callApi, type ApiAnswer } from '../call-api.ts';
import { showFields, type Field } from '../form-field.ts';
import { readListed, restHref } from '../listed.ts';
import { noticeOf } from '../notices.ts';
import { formPage } from '../one-form.ts';
import { getPage, postForm, showProblem } from '../page-route.ts';
import { formToken, renderPage } from '../render.ts';
import { tablesPage } from '../tables-page.ts';
import { carrySecret, takeSecret } from './show-once.ts';
import {
  deliveryStates,
  eventPlaces,
  formOfWebhook,
  webhookFields,
  webhookHref,
  webhookOf,
  webhooksTable,
  webhookView,
  type DeliveryJson,
  type WebhookJson,
} from './webhook-view.ts';

type WithSecret = WebhookJson & { secret: string };

const list = { text: 'Telling other systems', href: '/admin/webhooks' };
const one = `${list.href}/:id`;
const apiPath = (c: Context): string => `/api/webhooks/${encodeURIComponent(c.req.param('id') ?? '')}`;
const hrefOf = (c: Context): string => `${list.href}/${encodeURIComponent(c.req.param('id') ?? '')}`;

const stateFilter: Field = {
  kind: 'pick',
  path: 'state',
  label: 'Show',
  blank: 'All of 30 days',
  choices: deliveryStates,
};

/** `GET /admin/webhooks`, `GET|POST` of `/new`, `/:id/change`, `/:id/remove`, `GET /:id` and what is done there */
export const webhookPages: Routes = (app) => {
  getPage(app, list.href, administrators, 'Other systems that are told of things', async (c) => {
    const found = await readListed<WebhookJson>(c, app, '/api/webhooks');
    if (found.kind === 'problem') return showProblem(c, found);
    const { items, next } = found.body;
    const view = {
      title: list.text,
      intro: ['Other systems are told of what happens by signed messages: ids, URN and dates, never a name.'],
      button: { text: 'Tell another system', href: `${list.href}/new` },
      tables: items.length === 0 ? [] : [webhooksTable(items)],
      nothing: 'No system is told yet.',
    };
    return tablesPage(c, view, administrationLink, next);
  });

  formPage<unknown, WithSecret>(app, {
    path: `${list.href}/new`,
    roles: administrators,
    summary: 'Tell another system of things',
    read: (c) => callApi(c, app, { path: '/api/webhooks?limit=1' }),
    show: () => ({
      title: 'Tell another system',
      fields: webhookFields,
      places: eventPlaces,
      button: 'Make it, and show its secret',
      back: list,
    }),
    send: (form) => ({ path: '/api/webhooks', body: webhookOf(form, false) }),
    next: (made, _found, c) => showingSecret(c, made),
  });

  getPage(app, one, administrators, 'A system that is told, and what it was told', (c) => show(c, app));

  formPage<WebhookJson>(app, {
    path: `${one}/change`,
    roles: administrators,
    summary: 'Change a webhook',
    read: (c) => callApi(c, app, { path: apiPath(c) }),
    show: (found) => ({
      title: `Change ${found.description}`,
      fields: webhookFields,
      places: eventPlaces,
      start: formOfWebhook(found),
      button: 'Save it',
      back: { text: found.description, href: webhookHref(found) },
    }),
    send: (form, found, c) => ({
      ...{ method: 'PUT', path: apiPath(c), ifMatch: form['etag'] },
      body: webhookOf(form, found.paused),
    }),
    next: (_done, found) => `${webhookHref(found)}?done=saved`,
  });

  formPage<WebhookJson>(app, {
    path: `${one}/remove`,
    roles: administrators,
    summary: 'Take a webhook away',
    read: (c) => callApi(c, app, { path: apiPath(c) }),
    show: (found) => ({
      title: `Take ${found.description} away`,
      intro: [`It is told nothing more: not what waits for it either (${found.pending}).`],
      fields: [],
      button: 'Take it away',
      isWarning: true,
      back: { text: found.description, href: webhookHref(found) },
    }),
    send: (form, _found, c) => ({ method: 'DELETE', path: apiPath(c), ifMatch: form['etag'] }),
    next: () => `${list.href}?done=removed`,
  });

  verb(app, 'ping', 'Send a test to a webhook', (c) => ({ path: `${apiPath(c)}/ping` }), 'pinged');
  verb(
    app,
    'deliveries/:delivery/retry',
    'Send again what was not delivered',
    (c) => ({ path: `${apiPath(c)}/deliveries/${encodeURIComponent(c.req.param('delivery') ?? '')}/retry` }),
    'retried',
  );

  postForm(app, `${one}/secret`, administrators, 'Renew the secret of a webhook', async (c, form) => {
    const renewed = await callApi<WithSecret>(c, app, {
      ...{ method: 'POST', path: `${apiPath(c)}/secret`, ifMatch: form['etag'], key: form['key'] ?? '' },
    });
    return renewed.kind === 'ok' ? c.redirect(showingSecret(c, renewed.body), 303) : again(c, app, renewed);
  });

  postForm(app, `${one}/pause`, administrators, 'Pause a webhook, or let it go on', async (c, form) => {
    const found = await callApi<WebhookJson>(c, app, { path: apiPath(c) });
    if (found.kind === 'problem') return showProblem(c, found);
    const { url, description, events, restrictedCases } = found.body;
    const paused = form['paused'] === 'true';
    const changed = await callApi(c, app, {
      ...{ method: 'PUT', path: apiPath(c), ifMatch: form['etag'], key: form['key'] ?? '' },
      body: { url, description, events, restrictedCases, paused },
    });
    const done = paused ? 'paused' : 'resumed';
    return changed.kind === 'ok' ? c.redirect(`${hrefOf(c)}?done=${done}`, 303) : again(c, app, changed);
  });
};

/** A button of the page of a webhook that asks one thing of the interface. */
function verb(
  app: Api,
  name: string,
  summary: string,
  ask: (c: Context) => { path: string },
  done: string,
): void {
  postForm(app, `${one}/${name}`, administrators, summary, async (c, form) => {
    const answer = await callApi(c, app, { method: 'POST', ...ask(c), key: form['key'] ?? '' });
    return answer.kind === 'ok' ? c.redirect(`${hrefOf(c)}?done=${done}`, 303) : again(c, app, answer);
  });
}

/** The page of a webhook, which shows its new secret once. */
function showingSecret(c: Context, { secret, ...made }: WithSecret): string {
  carrySecret(c, webhookHref(made), secret);
  return webhookHref(made);
}

type Refused = Extract<ApiAnswer<unknown>, { kind: 'problem' }>;

function again(c: Context, app: Api, refused: Refused): Response | Promise<Response> {
  return refused.status === 404 || refused.status >= 500 ? showProblem(c, refused) : show(c, app, refused);
}

async function show(c: Context, app: Api, refused?: Refused): Promise<Response> {
  const found = await callApi<WebhookJson>(c, app, { path: apiPath(c) });
  if (found.kind === 'problem') return showProblem(c, found);
  const told = await readListed<DeliveryJson>(c, app, `${apiPath(c)}/deliveries`, ['state']);
  if (told.kind === 'problem') return showProblem(c, told);
  const state = c.req.query('state') ?? '';
  const model = {
    ...webhookView(found.body, told.body.items),
    secret: takeSecret(c, hrefOf(c)),
    filters: showFields([stateFilter], { state }),
    nextHref: restHref(c, told.body.next),
    errors: refused === undefined ? [] : [{ text: refused.detail, href: '#main-content' }],
    notice: noticeOf(c),
    ...{ formToken: formToken(c), key: randomUUID(), etag: found.etag ?? '' },
  };
  const page = { view: 'webhook', title: model.title, model, back: list };
  return renderPage(c, page, (refused?.status ?? 200) as 200);
}
