import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, connect as dial, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endProcess } from '../../src/platform/embedded-postgres-guard.ts';
import { findProcess } from '../../src/platform/embedded-postgres-process.ts';
import type { PostgresAddress } from '../../src/platform/postgres-address.ts';
import { waitFor } from '../support/wait-for.ts';

/** Far longer than anything here takes: only what hangs is to meet it. */
export const startLimitMs = 90_000;

/** How a process ended; a process that a signal ended has no code. */
export type End = { code: number | null; signal: NodeJS.Signals | null };

/** A process of the project, as it is started in earnest. */
export type Running = {
  pid: number;
  /** All that it has written, to standard output and to standard error. */
  readonly output: string;
  readonly complaints: string;
  /** Waits until it has written something that matches; throws with what it wrote when it ends without. */
  says(pattern: RegExp, limitMs?: number): Promise<RegExpExecArray>;
  /** Resolves when it has ended and its output is complete. */
  ended: Promise<End>;
  /** Sends a signal, and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<End & { afterMs: number }>;
};

const project = fileURLToPath(new URL('../..', import.meta.url));
const inherited = ['PATH', 'HOME', 'TMPDIR', 'CI', 'HUB_CI_RUN'];
const folders: string[] = [];
const processes: { child: ChildProcess; running: Running }[] = [];

/** A folder for a test's data, which everybody may enter and write to; removed by `clearStage`. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hub-test-'));
  chmodSync(folder, 0o777);
  folders.push(folder);
  return folder;
}

/** Starts a program of the project with an environment of the test's own, in a process group of its own. */
export function startProcess(
  program: 'src/main.ts' | 'src/api.ts' | 'workers/main.ts',
  environment: Record<string, string | undefined>,
  user: { uid?: number; gid?: number } = {},
): Running {
  const kept = Object.fromEntries(inherited.map((name) => [name, process.env[name]]));
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    ...user,
    cwd: project,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...kept, ...environment },
  });
  let output = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  let end: End | undefined;
  const ended = new Promise<End>((resolve) => {
    child.once('close', (code, signal) => resolve((end = { code, signal })));
  });
  const running: Running = {
    pid: child.pid!,
    get output() {
      return output;
    },
    get complaints() {
      return complaints;
    },
    says: async (pattern, limitMs = startLimitMs) => {
      const look = () => pattern.exec(output) ?? pattern.exec(complaints);
      await waitFor(`${program} to say ${pattern}`, () => look() ?? end, limitMs);
      const said = look();
      if (!said) throw new Error(`${program} never said ${pattern}:\n${output}\n${complaints}`);
      return said;
    },
    ended,
    stop: async (signal) => {
      const before = performance.now();
      child.kill(signal);
      const how = await ended;
      return { ...how, afterMs: performance.now() - before };
    },
  };
  processes.push({ child, running });
  return running;
}

/** A demo that is ready, and its address. */
export async function startDemo(
  dataDir: string,
  options: { environment?: Record<string, string>; user?: { uid?: number; gid?: number } } = {},
): Promise<Running & { url: string }> {
  const environment = { PORT: '0', DATA_DIR: dataDir, ...options.environment };
  const running = startProcess('src/main.ts', environment, options.user);
  const [, url = ''] = await running.says(/is ready after [\d.]+ s: (\S+)[^]*Ctrl-C/);
  return Object.defineProperty(running as Running & { url: string }, 'url', { value: url });
}

/** The server of a data folder, and the folder of its socket, while it runs. */
export function serverOf(dataDir: string): { pid: number; socketDir: string } {
  const pid = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  return { pid, socketDir: readFileSync(join(dataDir, 'postgres-socket-folder'), 'utf8') };
}

/** What is left of a demo: processes that name its data folder, and the folder of its socket. */
export function leftOf(dataDir: string): string[] {
  const table = execFileSync('ps', ['-axww', '-o', 'pid=,stat=,args='], { encoding: 'utf8' });
  const left = table.split('\n').filter((line) => line.includes(dataDir) && !/^\s*\d+\s+Z/.test(line));
  const note = join(dataDir, 'postgres-socket-folder');
  const socketDir = existsSync(note) ? readFileSync(note, 'utf8') : '';
  return socketDir !== '' && existsSync(socketDir) ? [...left, socketDir] : left;
}

/** Ends, by their ids, all processes that are left, and removes the folders. */
export async function clearStage(): Promise<void> {
  for (const { child, running } of processes.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await running.ended;
  }
  for (const folder of folders.splice(0)) {
    const note = join(folder, 'postgres', 'postmaster.pid');
    const server = existsSync(note) ? findProcess(serverOf(folder).pid) : undefined;
    if (server?.command.includes(folder)) await endProcess(server);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** Makes a server that answers on a unix socket answer on TCP as well, as the ones that DATABASE_URL names mostly do. */
export async function overTcp(
  address: Extract<PostgresAddress, { kind: 'socket' }>,
): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    const upstream = dial(join(address.socketDir, `.s.PGSQL.${address.port}`));
    keep(client);
    keep(upstream);
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgres://${address.user}@127.0.0.1:${port}/${address.database}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
