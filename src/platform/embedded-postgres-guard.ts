import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { findProcess, sendSignal, waitUntil } from './embedded-postgres-process.ts';
import type { CommandLine } from './embedded-postgres-user.ts';

/** What the guard needs to know to start a server, again if need be, and to clear up behind it. */
export type ServerPlan = CommandLine & { env: Record<string, string>; socketDir: string };

/** A guard process and the server that it runs. */
export type Guard = {
  /** The process id of the server that runs, or ran last; undefined before the first. */
  pid(): number | undefined;
  /** From now on the guard starts the server again whenever it ends. */
  keepUp(): void;
  /** Whether the guard process has ended. */
  hasEnded(): boolean;
  /** Asks for a fast shutdown (clients are cut off, nothing is lost) and waits until the server is gone. */
  stop(): Promise<void>;
};

const program = fileURLToPath(new URL('./embedded-postgres-guard.mjs', import.meta.url));
const stopLimitMs = 25_000;

/**
 * Starts a guard, which starts the server. Both end when this process ends; neither keeps it from ending.
 * @param logFile receives the server's log, emptied first
 * @param on.started called with the process id of each server after the first
 * @param on.ended called when the guard has ended without having been asked to
 */
export function startGuard(
  plan: ServerPlan,
  logFile: string,
  on: { started: (pid: number) => void; ended: () => void },
): Guard {
  const log = openSync(logFile, 'w', 0o600);
  const child = spawn(process.execPath, [program, JSON.stringify(plan)], {
    // A session of its own: Ctrl-C in the terminal reaches Node alone, which stops the server when it is done with it.
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'pipe', log],
    env: environmentWithoutNodeOptions(),
  }) as ChildProcessByStdio<Writable, Readable, null>;
  closeSync(log);
  const { stdin, stdout } = child;
  let pid: number | undefined;
  let ended = false;
  let stopping: Promise<void> | undefined;

  const gone = new Promise<void>((resolve) => {
    const onEnd = () => {
      if (ended) return;
      ended = true;
      resolve();
      if (!stopping) on.ended();
    };
    child.once('exit', onEnd);
    child.once('error', onEnd);
  });
  stdin.on('error', () => undefined);
  createInterface({ input: stdout }).on('line', (line) => {
    const isFirst = pid === undefined;
    pid = (JSON.parse(line) as { pid: number }).pid;
    if (!isFirst) on.started(pid);
  });
  child.unref();
  for (const stream of [stdin, stdout] as unknown as Socket[]) stream.unref();

  return {
    pid: () => pid,
    keepUp: () => void stdin.write('1'),
    hasEnded: () => ended,
    stop: () => (stopping ??= stopGuard(child, gone, () => pid)),
  };
}

async function stopGuard(
  child: ChildProcess,
  gone: Promise<void>,
  pid: () => number | undefined,
): Promise<void> {
  const server = pid() === undefined ? undefined : findProcess(pid()!);
  child.ref();
  child.stdin?.end();
  const timer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
  await gone;
  clearTimeout(timer);
  if (server) await endProcess(server);
}

/**
 * Sees to it that a server has ended: fast shutdown first, then immediate (safe, recovers at the next start), then
 * SIGKILL. Does nothing when it has ended, even if its process id is in use again.
 */
export async function endProcess(server: { pid: number; startedAt: string }): Promise<void> {
  const hasEnded = () => findProcess(server.pid)?.startedAt !== server.startedAt;
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', 15_000],
    ['SIGQUIT', 6_000],
    ['SIGKILL', 2_000],
  ];
  for (const [signal, limitMs] of steps) {
    if (hasEnded()) return;
    sendSignal(server.pid, signal);
    if (await waitUntil(hasEnded, limitMs)) return;
  }
}

function environmentWithoutNodeOptions(): NodeJS.ProcessEnv {
  // Loaders that NODE_OPTIONS asks for would slow the guard down, or stop it.
  const { NODE_OPTIONS: _, ...rest } = process.env;
  return rest;
}
