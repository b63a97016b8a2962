import type { z } from 'zod';
import { sayInstant } from '../../../calendar/london-time.ts';
import { messageResolutions, messageStates, type messageWithReceiptsSchema } from '../../api/message-json.ts';
import type { Routes } from '../../app-context.ts';
import { callApi } from '../call-api.ts';
import { wordHead, words, type Table } from '../figures/table.ts';
import type { Field } from '../form-field.ts';
import { getPage, showProblem } from '../page-route.ts';
import { renderPage } from '../render.ts';
import {
  messagesTable,
  messageStateTags,
  purposeNames,
  resolutionNames,
  type MessageJson,
} from './administration-view.ts';
import { administrationLink, administrators } from './administrators.ts';
import { givenUpPages } from './given-up-pages.ts';

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

  givenUpPages<ReceivedJson>(app, {
    path: '/admin/messages/:id',
    api: '/api/messages',
    summary: 'A message, and what was reported of it',
    fields: [resolution],
    again: {
      verb: 'retry',
      title: 'Send it again',
      text: 'To the address that is right by now. Do this where you know that it did not arrive.',
    },
    settle: { verb: 'resolve', title: 'Or say what became of it', button: 'Settle it' },
    back: { text: 'Messages', href: '/admin/messages' },
    next: (id) => `/admin/messages/${id}`,
    show: (message) => {
      const isGivenUp = inDoubt.some((state) => state === message.state) && message.resolution === null;
      return {
        heading: `${purposeNames[message.purpose]} to ${message.to}`,
        tag: messageStateTags[message.state],
        facts: factsOf(message),
        table: message.receipts.length === 0 ? null : receiptsTable(message),
        mayRetry: isGivenUp,
        maySettle: isGivenUp,
      };
    },
  });
};

const channelNames = { email: 'E-mail', sms: 'Text message', teams: 'Microsoft Teams' };

function factsOf(message: ReceivedJson): { key: string; value: string }[] {
  const moment = (key: string, at: string | null) => (at === null ? [] : [{ key, value: sayInstant(at) }]);
  return [
    ...moment('Written', message.createdAt),
    { key: 'By', value: channelNames[message.channel] },
    { key: 'Times tried', value: String(message.attempts) },
    ...moment('Next try', message.nextTryAt),
    ...moment('Sent', message.sentAt),
    ...moment('Delivered', message.deliveredAt),
    ...(message.lastError === null ? [] : [{ key: 'How it failed', value: message.lastError }]),
    ...(message.resolution === null
      ? []
      : [
          {
            key: 'What became of it',
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
