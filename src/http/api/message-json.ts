import { z } from 'zod';
import { messageChannels, providers } from '../../../db/schema/messages.ts';
import type { StoredMessage, StoredReceipt } from '../../messages/store.ts';

export const messageStates = ['pending', 'sending', 'sent', 'failed', 'unknown', 'cancelled'] as const;
export const messagePurposes = [
  ...(['chaser', 'escalation', 'digest', 'staff-alert', 'victim-update', 'answer-receipt'] as const),
];
export const messageResolutions = ['arrived', 'told-another-way', 'not-needed'] as const;

const fields = {
  id: z.uuid(),
  purpose: z.enum(messagePurposes),
  channel: z.enum(messageChannels),
  to: z.string().meta({ description: 'Id of the recipient: an officer, a member of staff or a team' }),
  state: z.enum(messageStates),
  provider: z.enum(providers).nullable(),
  attempts: z.number().int(),
  nextTryAt: z.string().nullable(),
  sentAt: z.string().nullable(),
  deliveredAt: z.string().nullable(),
  lastError: z.string().nullable().meta({ description: 'Codes and words of the hub; never an address' }),
  resolution: z.enum(messageResolutions).nullable(),
  resolvedBy: z.string().nullable(),
  resolvedAt: z.string().nullable(),
  createdAt: z.string(),
};

/** A message as those who look after messages see it: neither its words nor its cases, nor an address. */
export const messageSchema = z.strictObject(fields).meta({ id: 'Message' });

export const messageWithReceiptsSchema = z
  .strictObject({
    ...fields,
    receipts: z.array(
      z.strictObject({
        status: z.enum(['delivered', 'bounced', 'failed-for-now', 'delayed']),
        code: z.string(),
        happenedAt: z.string(),
        receivedAt: z.string(),
      }),
    ),
  })
  .meta({ id: 'MessageWithReceipts' });

export function messageJson(message: StoredMessage): z.input<typeof messageSchema> {
  const { id, purpose, channel, toId, state, provider, attempts, sentAt, deliveredAt, lastError } = message;
  const { resolution, resolvedBy, resolvedAt, createdAt, dueAt } = message;
  return {
    id,
    purpose,
    channel,
    to: toId,
    state,
    provider,
    attempts,
    nextTryAt: state === 'pending' ? dueAt : null,
    sentAt,
    deliveredAt,
    lastError,
    resolution,
    resolvedBy,
    resolvedAt,
    createdAt,
  };
}

export function receiptJson({ status, code, happenedAt, receivedAt }: StoredReceipt) {
  return { status, code, happenedAt, receivedAt };
}
