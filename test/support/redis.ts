import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { waitFor } from './wait-for.ts';

/** A Redis server of the test's own. */
export type TestRedis = {
  url: string;
  port: number;
  readonly pid: number;
  /** Kills it; `start` brings it back on the same port, with what it had where it keeps a log. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it answering, with every connection open, until `thaw`. */
  freeze(): void;
  thaw(): void;
  flush(): Promise<void>;
  /** Ends it for good and removes its folder. */
  close(): Promise<void>;
};

/**
 * Whether Redis can be tested here. Without the binary a CI run fails; anywhere else the tests that need it are left
 * out, which is said loudly.
 */
export const hasRedis: boolean = (() => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    if (process.env['CI'] === 'true')
      throw new Error('redis-server is not installed, and CI must test with it');
    process.stderr.write('\n!!! redis-server is not installed: EVERY TEST ON REDIS IS LEFT OUT !!!\n\n');
    return false;
  }
})();

/** Starts Redis on a free port, without persistence unless asked. */
export async function startRedis(options: { appendonly?: boolean } = {}): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;

  const start = async () => {
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    const log = ['--appendonly', options.appendonly ? 'yes' : 'no'];
    child = spawn('redis-server', [...settings, ...log], { stdio: 'ignore' });
    await waitFor('Redis to answer', () => ask(url, (client) => client.ping()));
  };
  const stop = async () => {
    const dying = child;
    child = undefined;
    if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
    const ended = new Promise((resolve) => dying.once('exit', resolve));
    dying.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    url,
    port,
    get pid() {
      if (!child?.pid) throw new Error('Redis is stopped');
      return child.pid;
    },
    stop,
    start,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    flush: async () => void (await ask(url, (client) => client.flushall())),
    close: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ask<Answer>(url: string, question: (client: Redis) => Promise<Answer>): Promise<Answer> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await question(client);
  } finally {
    client.disconnect();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
