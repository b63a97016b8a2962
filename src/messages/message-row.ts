import { sql } from 'drizzle-orm';
import type { MessageChannel, MessagePurpose } from '../../db/schema/messages.ts';
import type { Message } from './message-types.ts';

/** A message as a raw statement returns it. */
export type MessageRow = {
  id: string;
  key: string;
  channel: MessageChannel;
  purpose: MessagePurpose;
  to_id: string;
  to_address: string;
  case_ids: string[] | string;
  subject: string | null;
  body: string | null;
  facts: Record<string, unknown> | string;
  due_at: string;
  attempts: number;
  last_error: string | null;
};

/** The columns of `MessageRow`, from the table `messages` as `m`. */
export const messageColumns = sql`m.id, m.key, m.channel, m.purpose, m.to_id, m.to_address, m.case_ids, m.subject,
  m.body, m.facts, m.due_at::text, m.attempts, m.last_error`;

/** Drizzle's client hands JSON over as text. */
export function readMessage(row: MessageRow): Message & { lastError: string | null } {
  return {
    id: row.id,
    key: row.key,
    channel: row.channel,
    purpose: row.purpose,
    toId: row.to_id,
    toAddress: row.to_address,
    caseIds: parsed<string[]>(row.case_ids),
    subject: row.subject,
    body: row.body,
    facts: parsed<Record<string, unknown>>(row.facts),
    dueAt: new Date(row.due_at).toISOString(),
    attempts: row.attempts,
    lastError: row.last_error,
  };
}

function parsed<Value>(value: Value | string): Value {
  return typeof value === 'string' ? (JSON.parse(value) as Value) : value;
}
