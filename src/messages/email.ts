import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import { startStopwatch } from '../platform/clock.ts';
import type { Channel, Delivery, Letter } from './message-types.ts';

/** Together well under the minute after which a message that is still being sent counts as left behind. */
export type EmailTimeouts = { connectMs: number; greetingMs: number; silenceMs: number; wholeMs: number };

const usualTimeouts: EmailTimeouts = {
  connectMs: 10_000,
  greetingMs: 10_000,
  silenceMs: 20_000,
  wholeMs: 45_000,
};
const connections = 4;

type SmtpError = Error & { code?: string; responseCode?: number; command?: string };

/** How far the sending of one message got. Carried on nodemailer's own record of the message. */
type Progress = { stream?: Readable };

/**
 * Sends by SMTP, over a pool of connections. Tells apart what a mail server refused, what it may take later, and what
 * it was sent whole without an answer: only then can it have accepted a message that we do not know of.
 * @param url SMTP_URL
 * @param from the sender, whose host ends every Message-ID
 */
export function createEmailChannel(
  url: string,
  from: string,
  timeouts: EmailTimeouts = usualTimeouts,
): Channel {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    // Nodemailer would send again by itself what was lost with a connection: that is ours to decide.
    maxRequeues: 0,
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0]);
  // The stream of a message is read only once the server has asked for it, after DATA.
  transport.use('stream', (mail, done) => {
    const { progress } = mail.data as { progress?: Progress };
    const read = mail.message.createReadStream.bind(mail.message);
    mail.message.createReadStream = (options) => {
      const stream = read(options);
      if (progress) progress.stream = stream;
      return stream;
    };
    done();
  });
  const host = from.split('@').at(-1) ?? 'localhost';

  return {
    deliver: async (letter) => {
      const progress: Progress = {};
      const elapsedMs = startStopwatch();
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), timeouts.wholeMs);
      try {
        await transport.sendMail({ ...compose(letter, from, host), progress, signal: abort.signal } as never);
        return { kind: 'accepted' };
      } catch (error) {
        return judge(error as SmtpError, progress, Math.round(elapsedMs()));
      } finally {
        clearTimeout(timer);
      }
    },
    providerOf: () => 'smtp',
    close: () => {
      transport.close();
      return Promise.resolve();
    },
  };
}

function compose(letter: Letter, from: string, host: string) {
  const { thread } = letter.facts;
  const about =
    typeof thread === 'string'
      ? `<${createHash('sha256').update(thread).digest('hex').slice(0, 32)}@${host}>`
      : undefined;
  return {
    from,
    to: letter.toAddress,
    subject: letter.subject,
    text: letter.body,
    messageId: `<${letter.id}@${host}>`,
    ...(about ? { references: [about], inReplyTo: about } : {}),
    // Where the server can, it reports what bounces and what waits under the message's own id (RFC 3461).
    dsn: { id: letter.id, return: 'headers', notify: ['failure', 'delay'], recipient: letter.toAddress },
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

/** Says in words that quote nothing: servers repeat addresses in what they answer. */
function judge(error: SmtpError, progress: Progress, elapsedMs: number): Delivery {
  const code = error.responseCode;
  const why =
    `${code ? `SMTP ${code}` : (error.code ?? error.name)} ${error.command ?? ''}`.trim() +
    ` after ${elapsedMs} ms`;
  // Refused credentials, or a server that is closing, are not the message's fault.
  const isAboutMessage = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  if (code !== undefined && isAboutMessage) return { kind: code >= 500 ? 'refused' : 'later', why };
  if (code !== undefined) return { kind: 'later', why };
  if (error.code === 'EENVELOPE') return { kind: 'refused', why };
  // Without the end of the message a server has nothing to accept.
  return { kind: progress.stream?.readableEnded ? 'in-doubt' : 'later', why };
}
