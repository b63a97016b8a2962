import { z } from 'zod';
import { webhookEvents } from '../../../db/schema/webhooks.ts';
import type { Database, Transaction } from '../../../db/connect.ts';
import { countDeliveries, type DeliveryRow, type WebhookRow } from '../../webhooks/store.ts';
import { etagOf } from '../etag.ts';

export const webhookBodySchema = z
  .strictObject({
    url: z.string().trim().max(2_000).meta({
      description: 'https alone in production; no redirect is followed. It may hold a secret of its own',
    }),
    description: z.string().trim().min(1).max(200),
    events: z
      .array(z.enum(webhookEvents))
      .min(1, 'needs at least one event')
      .max(webhookEvents.length)
      .transform((events) => [...new Set(events)]),
    restrictedCases: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether it is told of restricted cases too' }),
    paused: z
      .boolean()
      .default(false)
      .meta({ description: 'While it is paused what there is to tell waits, for 30 days' }),
  })
  .meta({
    id: 'WebhookBody',
    example: {
      url: 'https://records.force.example/hub',
      description: 'Record system',
      events: ['case.created', 'deadline.moved'],
      restrictedCases: false,
      paused: false,
    },
  });

export const webhookSchema = z
  .strictObject({
    id: z.uuid(),
    url: z.string(),
    description: z.string(),
    events: z.array(z.enum(webhookEvents)),
    restrictedCases: z.boolean(),
    paused: z.boolean(),
    pausedWhy: z.string().nullable().meta({ description: 'Why the hub paused it by itself' }),
    secretVersion: z.number().int(),
    secretSince: z.string(),
    restUntil: z
      .string()
      .nullable()
      .meta({ description: 'It did not answer: it is left in peace until then' }),
    pending: z.number().int().meta({ description: 'Deliveries that wait' }),
    failed: z.number().int().meta({ description: 'Deliveries that were given up' }),
    createdAt: z.string(),
    createdBy: z.string(),
    changedAt: z.string(),
    changedBy: z.string(),
  })
  .meta({ id: 'Webhook' });

export const withSecretSchema = webhookSchema.extend({
  secret: z
    .string()
    .meta({ description: 'Signs what is sent. Shown once: renew it where it is lost', example: 'whsec_…' }),
});

export const deliverySchema = z
  .strictObject({
    id: z.uuid(),
    webhookId: z.string().meta({ description: '`webhook-id` of each try, and `id` of its body' }),
    sequence: z.number().int(),
    type: z.enum([...webhookEvents, 'ping']),
    state: z.enum(['pending', 'delivered', 'failed', 'cancelled']),
    attempts: z.number().int(),
    lastStatus: z.number().int().nullable(),
    lastError: z.string().nullable(),
    lastAttemptAt: z.string().nullable(),
    nextAttemptAt: z.string().nullable(),
    deliveredAt: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'WebhookDelivery' });

export const tagOfWebhook = ({ id, version }: WebhookRow): string => etagOf(id, version);

export async function webhookJson(
  db: Database | Transaction,
  row: WebhookRow,
): Promise<z.output<typeof webhookSchema>> {
  const { id, url, description, events, restrictedCases, paused, pausedWhy } = row;
  const { secretVersion, secretSince, restUntil, createdAt, createdBy, changedAt, changedBy } = row;
  return {
    ...{ id, url, description, events, restrictedCases, paused, pausedWhy, secretVersion, secretSince },
    ...{ restUntil, ...(await countDeliveries(db, id)), createdAt, createdBy, changedAt, changedBy },
  };
}

/** A delivery without what it tells: administrators see no case. */
export function deliveryJson(row: DeliveryRow): z.output<typeof deliverySchema> {
  const { id, eventId, sequence, type, state, attempts, lastStatus, lastError } = row;
  return {
    ...{ id, webhookId: eventId, sequence, type, state, attempts, lastStatus, lastError },
    ...{ lastAttemptAt: row.lastAttemptAt, nextAttemptAt: state === 'pending' ? row.dueAt : null },
    ...{ deliveredAt: row.deliveredAt, createdAt: row.createdAt },
  };
}
