import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { startStopwatch } from '../platform/clock.ts';

export type Listening = {
  /** The port that was bound, also where any free one was asked for. */
  port: number;
  /** Takes no new requests, lets those that run finish, and closes; after the limit what is left is cut off. */
  close(limitMs?: number): Promise<void>;
};

const drainLimitMs = 10_000;
const idleCheckMs = 50;

/** Serves the application on a host and port (0: any free one). Rejects where it cannot listen. */
export async function serve(
  app: { fetch(request: Request, env: unknown): Response | Promise<Response> },
  options: { host: string; port: number; drainLimitMs?: number },
): Promise<Listening> {
  const closing = new AbortController();
  const server = createAdaptorServer({
    fetch: (request, env) => app.fetch(request, Object.assign(env, { closing: closing.signal })),
    serverOptions: { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 65_000 },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  const close = (limitMs = options.drainLimitMs ?? drainLimitMs) => {
    closing.abort();
    return (closed ??= drain(server, limitMs));
  };
  return { port, close };
}

async function drain(server: Server, limitMs: number): Promise<void> {
  const elapsedMs = startStopwatch();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that is kept alive falls idle only when its request is answered, so idle ones are closed again and again.
  const timer = setInterval(() => {
    if (elapsedMs() > limitMs) server.closeAllConnections();
    else server.closeIdleConnections();
  }, idleCheckMs);
  await closed;
  clearInterval(timer);
}
