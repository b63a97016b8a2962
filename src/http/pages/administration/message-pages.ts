import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { sayInstant } from '../../../calendar/london-time.ts';
import { messageResolutions, messageStates, type messageWithReceiptsSchema } from '../../api/message-json.ts';
import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi } from '../call-api.ts';
import { wordHead, words, type Table } from '../figures/table.ts';
import { readFields, type Field, type Form } from '../form-field.ts';
import { getPage, postForm, showProblem } from '../page-route.ts';
import { formToken, renderPage } from '../render.ts';
import {
  messagesTable,
  messageStateTags,
  purposeNames,
  resolutionNames,
  type MessageJson,
} from './administration-view.ts';
import { administrationLink, administrators } from './administrators.ts';
import { settingsForm, type Refused } from './settings-form.ts';

type MessagesJson = { items: MessageJson[]; next: string | null };
type ReceivedJson = z.output<typeof messageWithReceiptsSchema>;

/** The states that a person has to look at. */
const inDoubt = ['unknown', 'failed'] as const;
const resolution: Field = {
  path: 'resolution',
  kind: 'choose',
  label: 'What became of it?',
  choices: messageResolutions.map((value) => ({ value, text: resolutionNames[value] })),
};

/** `GET /admin/messages`, `/admin/messages/:id`, and what is done with a message that was given up */
export const messagePages: Routes = (app) => {
  getPage(app, '/admin/messages', administrators, 'Messages, those in doubt first', async (c) => {
    const state = c.req.query('state') ?? '';
    const states: readonly string[] = state === '' ? inDoubt : [state];
    const tables: { table: Table; nextHref: string | null }[] = [];
    for (const one of states) {
      const cursor = state === '' ? undefined : c.req.query('cursor');
      const query = new URLSearchParams({ state: one, ...(cursor === undefined ? {} : { cursor }) });
      const found = await callApi<MessagesJson>(c, app, { path: `/api/messages?${query.toString()}` });
      if (found.kind === 'problem') return showProblem(c, found);
      const { items, next } = found.body;
      if (items.length === 0) continue;
      const table = messagesTable(items, messageStateTags[one as MessageJson['state']].text);
      const more = new URLSearchParams({ state: one, cursor: next ?? '' }).toString();
      tables.push({
        table: { ...table, id: `messages-${one}` },
        nextHref: next === null ? null : `/admin/messages?${more}`,
      });
    }
    const choices = messageStates.map((value) => ({
      value,
      text: messageStateTags[value].text,
      selected: value === state,
    }));
    const model = { states: [{ value: '', text: 'In doubt', selected: state === '' }, ...choices], tables };
    return renderPage(c, {
      view: 'administration/messages',
      title: 'Messages',
      model,
      back: administrationLink,
    });
  });

  getPage(app, '/admin/messages/:id', administrators, 'A message, and what was reported of it', (c) =>
    show(c, app),
  );

  for (const verb of ['retry', 'resolve'] as const)
    postForm(
      app,
      `/admin/messages/:id/${verb}`,
      administrators,
      `The form to ${verb} a message`,
      async (c, form) => {
        const id = c.req.param('id') ?? '';
        const { key = '' } = form;
        const done = await callApi(c, app, {
          method: 'POST',
          path: `/api/messages/${encodeURIComponent(id)}/${verb}`,
          body: verb === 'retry' ? {} : readFields([resolution], form),
          key,
        });
        if (done.kind === 'ok') return c.redirect(`/admin/messages/${encodeURIComponent(id)}`, 303);
        return done.status === 404 || done.status >= 500
          ? showProblem(c, done)
          : show(c, app, { form, refused: done });
      },
    );
};

async function show(c: Context, app: Api, sent?: { form: Form; refused: Refused }): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const found = await callApi<ReceivedJson>(c, app, { path: `/api/messages/${encodeURIComponent(id)}` });
  if (found.kind === 'problem') return showProblem(c, found);
  const message = found.body;
  const path = `/admin/messages/${encodeURIComponent(id)}`;
  const title = `${purposeNames[message.purpose]} to ${message.to}`;
  const model = {
    heading: title,
    tag: messageStateTags[message.state],
    facts: factsOf(message),
    receipts: message.receipts.length === 0 ? null : receiptsTable(message),
    isGivenUp: inDoubt.some((state) => state === message.state) && message.resolution === null,
    retry: `${path}/retry`,
    key: randomUUID(),
    ...settingsForm([resolution], sent?.form ?? {}, {
      action: `${path}/resolve`,
      formToken: formToken(c),
      refused: sent?.refused,
    }),
  };
  const back = { text: 'Messages', href: '/admin/messages' };
  const status = (sent?.refused.status ?? 200) as 200;
  return renderPage(c, { view: 'administration/message', title, model, back }, status);
}

const channelNames = { email: 'E-mail', sms: 'Text message', teams: 'Microsoft Teams' };

function factsOf(message: ReceivedJson): { name: string; value: string }[] {
  const moment = (name: string, at: string | null) => (at === null ? [] : [{ name, value: sayInstant(at) }]);
  return [
    ...moment('Written', message.createdAt),
    { name: 'By', value: channelNames[message.channel] },
    { name: 'Times tried', value: String(message.attempts) },
    ...moment('Next try', message.nextTryAt),
    ...moment('Sent', message.sentAt),
    ...moment('Delivered', message.deliveredAt),
    ...(message.lastError === null ? [] : [{ name: 'How it failed', value: message.lastError }]),
    ...(message.resolution === null
      ? []
      : [
          {
            name: 'What became of it',
            value: `${resolutionNames[message.resolution]}, says ${message.resolvedBy ?? 'somebody'}`,
          },
        ]),
    ...moment('Settled', message.resolvedAt),
  ];
}

const receiptNames = {
  delivered: 'Delivered',
  bounced: 'Came back',
  'failed-for-now': 'Failed for now',
  delayed: 'Delayed',
} as const;

function receiptsTable({ receipts }: ReceivedJson): Table {
  return {
    id: 'receipts',
    title: 'What its provider reported',
    heads: ['Happened', 'Report', 'Code'].map(wordHead),
    rows: receipts.map(({ status, code, happenedAt }) => ({
      cells: [words(sayInstant(happenedAt)), words(receiptNames[status]), words(code)],
    })),
  };
}
