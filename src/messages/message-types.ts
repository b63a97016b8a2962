import type { Transaction } from '../../db/connect.ts';
import type { MessageChannel, MessagePurpose, Provider } from '../../db/schema/messages.ts';
import type { Instant } from '../platform/clock.ts';

/** A message as it waits in the outbox. `subject` and `body` are null until it is written, which is when it is sent. */
export type Message = {
  id: string;
  key: string;
  channel: MessageChannel;
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

export type Words = { subject: string; body: string };

/** Writes a message at the moment of its first sending. */
export type MessageWriter = (tx: Transaction, message: Message) => Promise<Words | 'nothing-to-say'>;

/** Who writes messages of a purpose; a message of any other purpose carries its words from the start. */
export type MessageWriters = Partial<Record<MessagePurpose, MessageWriter>>;

/** Puts into the words of a message, each time it leaves, what is not to be kept in the database. */
export type CompleteWords = (tx: Transaction, words: Words) => Promise<Words>;

/**
 * When a message that is due may leave: now, or at a later instant, as where it is night and it would wake an officer.
 * @param now the hub's time
 */
export type MayLeave = (tx: Transaction, message: Message, now: Instant) => Promise<Instant>;

/**
 * Makes the task for a person, in the transaction that gives a message up.
 * `failed`: refused for good. `unknown`: it may have arrived, and sending it again could be one time too many.
 * `bounced`: it left, and came back.
 */
export type OnMessageTrouble = (
  tx: Transaction,
  message: Message,
  trouble: { kind: 'failed' | 'unknown' | 'bounced'; why: string },
) => Promise<void>;

/** What became of one try at handing a message over. `why` holds no data of the message. */
export type Delivery =
  /** `ref` is the provider's own id of it. */
  | { kind: 'accepted'; ref?: string }
  /** Not accepted, and may be later. `pauseMs`: the provider wants nothing at all for so long. */
  | { kind: 'later'; why: string; pauseMs?: number }
  /** Not accepted, and never will be. */
  | { kind: 'refused'; why: string }
  /** It was sent whole and no answer came: it may have been accepted. */
  | { kind: 'in-doubt'; why: string };

/** What a provider says of a message of which it is not known whether it took it. */
export type Sighting = { kind: 'accepted'; ref?: string } | { kind: 'absent' } | { kind: 'cannot-tell' };

/** A written message, ready to leave. */
export type Letter = Pick<Message, 'id' | 'channel' | 'toId' | 'toAddress' | 'facts'> & Words;

/** A way out of the building. */
export type Channel = {
  deliver(letter: Letter): Promise<Delivery>;
  close(): Promise<void>;
  /** Asks the provider whether it has a message already; there only where providers can be asked. */
  look?(letter: Letter): Promise<Sighting>;
  /** Whether `look` can tell of messages of a channel. */
  canLook?(channel: MessageChannel): boolean;
  /** Who carries messages of a channel. */
  providerOf?(channel: MessageChannel): Provider;
};
