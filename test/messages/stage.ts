import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { TestDatabase } from '../support/database.ts';
import type { MessagePurpose } from '../../db/schema/messages.ts';
import type { EmailTimeouts } from '../../src/messages/email.ts';
import { createEmailChannel } from '../../src/messages/email.ts';
import type { Channel, OnMessageTrouble } from '../../src/messages/message-types.ts';
import type { Sender } from '../../src/messages/send-messages.ts';
import { createLogger } from '../../src/platform/logger.ts';

/** What the server does with the next message; it accepts when told nothing. */
export type Behaviour =
  | 'accept'
  | 'refuse-recipient-later'
  | 'refuse-recipient'
  | 'refuse-data-later'
  | 'refuse-data'
  | 'hang'
  | 'drop-after-data'
  | 'drop-before-data';

export type MailServer = {
  port: number;
  url: string;
  /** Every message that arrived whole, accepted or not, as it was sent. */
  received: string[];
  accepted: string[];
  /** What each message asked to have reported, and as what (RFC 3461). */
  reports: unknown[];
  next: Behaviour[];
  close(): Promise<void>;
};

/** A real SMTP server on a free port. */
export async function startMailServer(): Promise<MailServer> {
  const received: string[] = [];
  const accepted: string[] = [];
  const reports: unknown[] = [];
  const next: Behaviour[] = [];
  const refusal = (code: number) =>
    Object.assign(new Error('no: somebody@force.invalid'), { responseCode: code });
  const server: SMTPServer = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    hideDSN: false,
    logger: false,
    onRcptTo: (_address, _session, done) => {
      const [behaviour] = next;
      if (behaviour === 'refuse-recipient' || behaviour === 'refuse-recipient-later') {
        next.shift();
        return done(refusal(behaviour === 'refuse-recipient' ? 550 : 450));
      }
      if (behaviour === 'drop-before-data') {
        next.shift();
        dropAll();
        return;
      }
      done();
    },
    onData: (stream, session, done) => {
      let text = '';
      reports.push((session.envelope as { dsn?: unknown }).dsn);
      stream.setEncoding('utf8').on('data', (part: string) => (text += part));
      stream.on('end', () => {
        received.push(text);
        const behaviour = next.shift() ?? 'accept';
        if (behaviour === 'hang') return;
        if (behaviour === 'drop-after-data') return dropAll();
        if (behaviour === 'refuse-data') return done(refusal(554));
        if (behaviour === 'refuse-data-later') return done(refusal(451));
        accepted.push(text);
        done();
      });
    },
  });
  const dropAll = () => {
    for (const connection of server.connections) {
      (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
    }
  };
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    received,
    accepted,
    reports,
    next,
    close: () => new Promise((resolve) => (dropAll(), server.close(() => resolve()))),
  };
}

/** Short enough for tests, in the same order as the usual ones. */
export const shortTimeouts: EmailTimeouts = {
  connectMs: 500,
  greetingMs: 500,
  silenceMs: 400,
  wholeMs: 1_500,
};

export function emailTo(server: { url: string }): Channel {
  return createEmailChannel(server.url, 'hub@prosecution-hub.invalid', shortTimeouts);
}

export type Trouble = { id: string; kind: Parameters<OnMessageTrouble>[2]['kind'] };

/** A sender that tries again at once, and keeps what a person would be told. */
export function testSender(db: TestDatabase, channel: Channel, changes: Partial<Sender> = {}) {
  const troubles: Trouble[] = [];
  const onTrouble: OnMessageTrouble = (_tx, message, { kind }) =>
    Promise.resolve(void troubles.push({ id: message.id, kind }));
  const sender: Sender = {
    db: db.db,
    channel,
    logger: createLogger('silent'),
    writers: {},
    onTrouble,
    plan: { firstMs: 1, longestMs: 4, mostAttempts: 4 },
    ...changes,
  };
  return { sender, troubles };
}

/** A message that is due, with its words unless they are to be written. */
export async function addMessage(
  db: TestDatabase,
  purpose: MessagePurpose,
  changes: { toId?: string; unwritten?: boolean; dueInMs?: number; facts?: object } = {},
): Promise<string> {
  const id = randomUUID();
  const words = changes.unwritten ? null : 'words';
  await db.sql`
    insert into messages (id, key, channel, purpose, to_id, to_address, case_ids, subject, body, facts, state, due_at, created_at)
    values (${id}, ${id}, 'email', ${purpose}, ${changes.toId ?? 'PC1001'}, 'pc1001@force.invalid', '[]', ${words}, ${words},
      ${JSON.stringify(changes.facts ?? {})}::text::jsonb, 'pending', hub_now() + ${changes.dueInMs ?? -1_000} * interval '1 millisecond', now())`;
  return id;
}

export async function messageRow(db: TestDatabase, id: string) {
  const [row] = await db.sql<
    { state: string; attempts: number; last_error: string | null; subject: string | null; sent: boolean }[]
  >`select state, attempts, last_error, subject, sent_at is not null as sent from messages where id = ${id}`;
  return row!;
}
