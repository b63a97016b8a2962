import { Worker } from 'node:worker_threads';
import { newId } from '../../platform/ids.ts';
import type { Programme, Solution } from './programme.ts';

export type Solved =
  | { kind: 'solved'; solution: Solution; ms: number }
  | { kind: 'timed-out'; limitMs: number }
  | { kind: 'failed'; why: string };

export type SolveOptions = {
  limitMs?: number;
  /** The program of the thread; a test gives one that does not answer. */
  thread?: URL;
};

/** How long the solver is waited for: many times what 20,000 cases take. */
export const usualLimitMs = 10_000;
const solverThread = new URL('./solver-thread.mjs', import.meta.url);

/** A thread that has answered waits for the next programme: loading the solver takes as long as solving. */
let waiting: Worker | null = null;

/**
 * Solves a programme by HiGHS in a thread of its own, so that requests go on meanwhile. A thread that has not answered
 * in time is ended: WebAssembly cannot be interrupted otherwise. Never throws.
 */
export async function solve(programme: Programme, options: SolveOptions = {}): Promise<Solved> {
  const { limitMs = usualLimitMs, thread = solverThread } = options;
  const worker = thread === solverThread ? takeWaiting() : startThread(thread);
  const id = newId();
  const solved = await new Promise<Solved>((resolve) => {
    const timer = setTimeout(() => end({ kind: 'timed-out', limitMs }), limitMs);
    const answered = (answer: { id: string; solved: Solved }) => {
      if (answer.id === id) end(answer.solved);
    };
    const failed = (error: unknown) =>
      end({ kind: 'failed', why: error instanceof Error ? error.name : 'unknown' });
    const ended = () => end({ kind: 'failed', why: 'the thread of the solver ended' });
    function end(answer: Solved) {
      clearTimeout(timer);
      worker.off('message', answered).off('error', failed).off('exit', ended);
      resolve(answer);
    }
    worker.on('message', answered).on('error', failed).on('exit', ended);
    worker.postMessage({ id, programme, limitSeconds: limitMs / 1_000 });
  });
  if (solved.kind === 'solved' && waiting === null && thread === solverThread) waiting = worker;
  else await worker.terminate();
  return solved;
}

function takeWaiting(): Worker {
  const worker = waiting ?? startThread(solverThread);
  waiting = null;
  return worker;
}

/** The process may end while a thread waits. */
function startThread(thread: URL): Worker {
  const worker = new Worker(thread, { execArgv: [] });
  worker.unref();
  // What a thread says while nobody waits for it concerns nobody.
  worker.on('error', () => undefined);
  worker.once('exit', () => {
    if (waiting === worker) waiting = null;
  });
  return worker;
}
