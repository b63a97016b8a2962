import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { flagsAtStart } from '../../src/platform/short-pauses.ts';
import type { PostgresAddress } from '../../src/platform/postgres-address.ts';

export type Reply = { status: number; readonly text: string };
export type ApiServer = {
  /** The first of its processes. */
  url: string;
  /** Sends a request over connections that stay open. It shares the machine with the API, so it does as little as can be. */
  send(method: string, path: string, headers?: Record<string, string>, body?: unknown): Promise<Reply>;
  stop(): Promise<void>;
};

/**
 * Starts the API in processes of its own, so that whoever measures takes nothing from it. Requests go to each in turn.
 * @param processes how many, as a force runs one for each core
 */
export async function startApi(address: PostgresAddress, processes = 1): Promise<ApiServer> {
  const servers = await Promise.all(
    Array.from({ length: processes }, async () => {
      const child = fork(
        fileURLToPath(new URL('api-process.ts', import.meta.url)),
        [JSON.stringify(address)],
        { execArgv: [...process.execArgv, ...flagsAtStart] },
      );
      const [{ port }] = (await once(child, 'message')) as [{ port: number }];
      return { child, port, idle: [] as Socket[] };
    }),
  );
  const open = new Set<Socket>();
  let turn = 0;
  const send: ApiServer['send'] = async (method, path, headers = {}, body) => {
    const { port, idle } = servers[turn++ % processes]!;
    const socket = takeOpen(idle) ?? connectTo(port, open);
    const payload = body === undefined ? '' : JSON.stringify(body);
    const lines = Object.entries({
      ...{ Host: '127.0.0.1', ...headers },
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(method === 'GET' ? {} : { 'Content-Length': String(Buffer.byteLength(payload)) }),
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    const answered = readReply(socket);
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${payload}`);
    const reply = await answered;
    idle.push(socket);
    return reply;
  };
  return {
    url: `http://127.0.0.1:${servers[0]!.port}`,
    send,
    stop: async () => {
      for (const socket of open) socket.destroy();
      const ended = servers.map(({ child }) => once(child, 'exit'));
      for (const { child } of servers) child.disconnect();
      await Promise.all(ended);
    },
  };
}

/** The API closes what has been idle for a minute, and what is written to a socket that is closed is never answered. */
function takeOpen(idle: Socket[]): Socket | undefined {
  for (;;) {
    const socket = idle.pop();
    if (socket?.destroyed !== true) return socket;
  }
}

function connectTo(port: number, open: Set<Socket>): Socket {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  open.add(socket);
  return socket.on('close', () => open.delete(socket));
}

/** Reads one answer: its status and its body, which has a length that was said or comes in chunks. */
function readReply(socket: Socket): Promise<Reply> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    const finish = (settle: () => void) => {
      socket.off('data', take).off('error', fail).off('close', lost);
      settle();
    };
    const take = (part: Buffer) => {
      received = received.length === 0 ? part : Buffer.concat([received, part]);
      const reply = parseReply(received);
      if (reply !== null) finish(() => resolve(reply));
    };
    const fail = (error: Error) => finish(() => reject(error));
    const lost = () => fail(new Error('the API closed the connection'));
    socket.on('data', take).on('error', fail).on('close', lost);
  });
}

function parseReply(received: Buffer): Reply | null {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = received.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const body = received.subarray(end + 4);
  if (/^transfer-encoding: chunked/im.test(head)) return parseChunks(status, body);
  const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
  return body.length < length ? null : replyOf(status, body.subarray(0, length));
}

/** Read only by who wants to: to decode every page would take from the API what it is measured by. */
const replyOf = (status: number, ...parts: Buffer[]): Reply => ({
  status,
  get text() {
    return Buffer.concat(parts).toString('utf8');
  },
});

function parseChunks(status: number, body: Buffer): Reply | null {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const line = body.indexOf('\r\n', at);
    if (line < 0) return null;
    const size = Number.parseInt(body.toString('latin1', at, line), 16);
    const start = line + 2;
    if (body.length < start + size + 2) return null;
    if (size === 0) return replyOf(status, ...parts);
    parts.push(body.subarray(start, start + size));
    at = start + size + 2;
  }
}
