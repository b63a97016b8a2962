import type { Transaction } from '../../db/connect.ts';
import type { MessagePurpose } from '../../db/schema/messages.ts';
import type { Instant } from '../platform/clock.ts';

/** A message as it waits in the outbox. `subject` and `body` are null until it is written, which is when it is sent. */
export type Message = {
  id: string;
  key: string;
  purpose: MessagePurpose;
  toId: string;
  toAddress: string;
  caseIds: string[];
  subject: string | null;
  body: string | null;
  /** `facts.thread`, a text, keeps messages of one conversation together in the reader's mailbox. */
  facts: Record<string, unknown>;
  dueAt: Instant;
  attempts: number;
};

/** Writes a message at the moment of its first sending. */
export type MessageWriter = (
  tx: Transaction,
  message: Message,
) => Promise<{ subject: string; body: string } | 'nothing-to-say'>;

/** Who writes messages of a purpose; a message of any other purpose carries its words from the start. */
export type MessageWriters = Partial<Record<MessagePurpose, MessageWriter>>;

/**
 * Makes the task for a person, in the transaction that gives a message up.
 * `failed`: refused for good. `unknown`: it may have arrived, and sending it again could be one time too many.
 */
export type OnMessageTrouble = (
  tx: Transaction,
  message: Message,
  trouble: { kind: 'failed' | 'unknown'; why: string },
) => Promise<void>;

/** What became of one try at handing a message over. `why` holds no data of the message. */
export type Delivery =
  | { kind: 'accepted' }
  /** Not accepted, and may be later. */
  | { kind: 'later'; why: string }
  /** Not accepted, and never will be. */
  | { kind: 'refused'; why: string }
  /** It was sent whole and no answer came: it may have been accepted. */
  | { kind: 'in-doubt'; why: string };

/** A written message, ready to leave. */
export type Letter = Pick<Message, 'id' | 'toAddress' | 'facts'> & { subject: string; body: string };

/** A way out of the building. */
export type Channel = { deliver(letter: Letter): Promise<Delivery>; close(): Promise<void> };
