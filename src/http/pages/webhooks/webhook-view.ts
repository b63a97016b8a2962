import type { z } from 'zod';
import { webhookEvents } from '../../../../db/schema/webhooks.ts';
import { sayInstant } from '../../../calendar/london-time.ts';
import type { deliverySchema, webhookSchema } from '../../api/webhooks-json.ts';
import { figure, numberHead, wordHead, words, type Table } from '../figures/table.ts';
import { readFields, type Field, type Form } from '../form-field.ts';

export type WebhookJson = z.output<typeof webhookSchema>;
export type DeliveryJson = z.output<typeof deliverySchema>;

type Tag = { text: string; classes: string };

export const webhookHref = ({ id }: Pick<WebhookJson, 'id'>): string => `/admin/webhooks/${id}`;

const eventNames: Record<DeliveryJson['type'], string> = {
  'case.created': 'A case is created',
  'case.finalised': 'A case is finalised',
  'deadline.moved': 'A deadline moves',
  'contact.made': 'A victim or witness is told',
  ping: 'A test',
};

function stateOf({ paused, pausedWhy, restUntil }: WebhookJson): Tag {
  if (pausedWhy !== null) return { text: 'Paused by the hub', classes: 'govuk-tag--red' };
  if (paused) return { text: 'Paused', classes: 'govuk-tag--grey' };
  if (restUntil !== null) return { text: 'Does not answer', classes: 'govuk-tag--orange' };
  return { text: 'Told', classes: 'govuk-tag--green' };
}

/** The systems that are told of things. */
export function webhooksTable(items: readonly WebhookJson[]): Table {
  return {
    id: 'webhooks',
    title: 'Systems that are told',
    heads: [
      ...['System', 'Address', 'Of what'].map(wordHead),
      ...['Waiting', 'Given up'].map(numberHead),
      wordHead('State'),
    ],
    rows: items.map((one) => ({
      cells: [
        { text: one.description, href: webhookHref(one) },
        words(hostOf(one)),
        words(one.events.map((event) => eventNames[event]).join('; ')),
        figure(one.pending),
        figure(one.failed),
        { text: '', tag: stateOf(one) },
      ],
    })),
  };
}

/** The path of the address may be a secret of its receiver: the host says enough. */
const hostOf = ({ url }: WebhookJson): string => new URL(url).host;

const states: Record<DeliveryJson['state'], Tag> = {
  pending: { text: 'Waits', classes: 'govuk-tag--blue' },
  delivered: { text: 'Delivered', classes: 'govuk-tag--green' },
  failed: { text: 'Given up', classes: 'govuk-tag--red' },
  cancelled: { text: 'Not told', classes: 'govuk-tag--grey' },
};

export const deliveryStates = Object.entries(states).map(([value, { text }]) => ({ value, text }));

/** The view model of one webhook, and what it was told. */
export type WebhookView = {
  title: string;
  tag: Tag;
  facts: { key: string; value: string }[];
  href: string;
  isPaused: boolean;
  deliveries: {
    what: string;
    tag: Tag;
    at: string;
    tries: number;
    answer: string;
    next: string;
    /** Where it is sent again; null where it arrived. */
    retry: string | null;
  }[];
};

export function webhookView(one: WebhookJson, deliveries: readonly DeliveryJson[]): WebhookView {
  const rows: [string, string | null][] = [
    ['Address', one.url],
    ['Told of', one.events.map((event) => eventNames[event]).join('; ')],
    ['Restricted cases', one.restrictedCases ? 'Told of too' : 'Left out'],
    ['Why the hub paused it', one.pausedWhy],
    ['Left in peace until', one.restUntil && sayInstant(one.restUntil)],
    ['Waiting', String(one.pending)],
    ['Given up', String(one.failed)],
    ['Secret', `Number ${one.secretVersion}, since ${sayInstant(one.secretSince)}`],
    ['Made', `${sayInstant(one.createdAt)} by ${one.createdBy}`],
    ['Changed', `${sayInstant(one.changedAt)} by ${one.changedBy}`],
  ];
  return {
    title: one.description,
    tag: stateOf(one),
    facts: rows.flatMap(([key, value]) => (value === null ? [] : [{ key, value }])),
    href: webhookHref(one),
    isPaused: one.paused,
    deliveries: deliveries.map((delivery) => ({
      what: eventNames[delivery.type],
      tag: states[delivery.state],
      at: sayInstant(delivery.createdAt),
      tries: delivery.attempts,
      answer: sayAnswer(delivery),
      next: delivery.nextAttemptAt === null ? 'None' : sayInstant(delivery.nextAttemptAt),
      retry:
        delivery.state === 'failed' || delivery.state === 'pending'
          ? `${webhookHref(one)}/deliveries/${delivery.id}/retry`
          : null,
    })),
  };
}

function sayAnswer({ lastStatus, lastError }: DeliveryJson): string {
  const said = [lastStatus === null ? null : `HTTP ${lastStatus}`, lastError].filter((one) => one !== null);
  return said.length === 0 ? 'None yet' : said.join(', ');
}

/** The name of the tick for an event: the names of fields have dots where rows begin. */
const tickOf = (event: string): string => `tells-${event.replace('.', '-')}`;

/** Where a refusal of the list of events is said. */
export const eventPlaces = { events: tickOf(webhookEvents[0]) };

/** The fields by which a webhook is made or changed. */
export const webhookFields: readonly Field[] = [
  { kind: 'text', path: 'description', label: 'Which system is it?', hint: 'For example, Record system' },
  {
    kind: 'text',
    path: 'url',
    label: 'Address',
    hint: 'https alone. It may hold a secret of its own: it is shown to administrators only',
  },
  ...webhookEvents.map((event, n): Field => ({
    kind: 'tick',
    path: tickOf(event),
    label: eventNames[event],
    ...(n === 0 ? { heading: 'What it is told of' } : {}),
  })),
  {
    kind: 'tick',
    path: 'restrictedCases',
    label: 'Restricted cases too',
    heading: 'What else',
  },
];

/** What a form says of a webhook; whether it is paused is no field of the form. */
export function webhookOf(form: Form, paused: boolean): object {
  const { description, url, restrictedCases = false } = readFields(webhookFields, form);
  const events = webhookEvents.filter((event) => form[tickOf(event)] === 'true');
  return { description, url, events, restrictedCases, paused };
}

/** A webhook as its form holds it. */
export function formOfWebhook({ description, url, events, restrictedCases }: WebhookJson): Form {
  const ticks = events.map((event): [string, string] => [tickOf(event), 'true']);
  return { description, url, restrictedCases: String(restrictedCases), ...Object.fromEntries(ticks) };
}
