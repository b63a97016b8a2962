import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/**
 * A mail server in a process of its own, so that it takes nothing from the one that is measured. It accepts everything,
 * and tells its parent, when asked, what came: how many messages, how many Message-IDs, and how many to one person.
 */
const ids: string[] = [];
const recipients = new Map<string, number>();

const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  logger: false,
  onData: (stream, session, done) => {
    let head = '';
    stream.setEncoding('utf8').on('data', (part: string) => {
      if (head.length < 4_000) head += part;
    });
    stream.on('end', () => {
      ids.push(/^message-id: *(\S+)/im.exec(head)?.[1] ?? '');
      for (const { address } of session.envelope.rcptTo)
        recipients.set(address, (recipients.get(address) ?? 0) + 1);
      done();
    });
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.server.address() as AddressInfo).port });
});
process.on('message', (what) => {
  process.send?.({
    messages: ids.length,
    distinct: new Set(ids).size,
    most: Math.max(0, ...recipients.values()),
    recipients: recipients.size,
  });
  if (what === 'clear') {
    ids.length = 0;
    recipients.clear();
  }
});
process.on('disconnect', () => process.exit(0));
