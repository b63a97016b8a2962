import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a receiver was sent. */
export type Got = { path: string; headers: IncomingHttpHeaders; body: string };

/** How a receiver answers: with a status and headers, or never. */
export type Reply = { status: number; headers?: Record<string, string> } | 'never';

export type Receiver = {
  url: string;
  got: Got[];
  /** How it answers from now on. */
  answer(reply: Reply): void;
  close(): Promise<void>;
};

/** A real HTTP server on loopback that other systems' part is played by. */
export async function startReceiver(): Promise<Receiver> {
  const got: Got[] = [];
  let reply: Reply = { status: 204 };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      got.push({ path: request.url ?? '', headers: request.headers, body });
      if (reply !== 'never') response.writeHead(reply.status, reply.headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hub`,
    got,
    answer: (next) => void (reply = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
