import { startStopwatch } from './clock.ts';
import type { Logger } from './logger.ts';

/** Closes something. Told in how many milliseconds it should give up what hangs, a little before it is left behind. */
export type Close = (limitMs: number) => Promise<void> | void;

/** Closes what was added, in that order, when the process is told to stop. */
export type Shutdown = {
  /** Adds a closer. Add in the order of closing: HTTP, workers, sweep, Redis, Postgres. */
  add(name: string, close: Close): void;
  /** Closes everything and exits, as a first signal does. A second call, as a second signal, exits at once. */
  run(reason: string): Promise<void>;
};

type ShutdownOptions = {
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** The hard limit for all closers together, in milliseconds. */
  limitMs?: number;
  /** Where SIGINT and SIGTERM come from. */
  signals?: { on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown };
  exit?: (code: number) => void;
};

const defaultLimitMs = 20_000;
/** The part of its time after which a closer should have given up by itself. */
const ownPart = 0.8;
/** Ctrl-C under npm comes twice, from the terminal and from npm, within a few milliseconds. */
const samePressMs = 500;

/**
 * Listens for SIGINT and SIGTERM at once. Exits with 0 when everything closed, with 1 when a closer failed or ran out
 * of time. Each closer gets an equal share of the time that is left, so that one that hangs (a BullMQ worker does
 * while Redis is down) takes no time from those after it, and a quick one leaves them more.
 */
export function createShutdown(options: ShutdownOptions): Shutdown {
  const { logger, limitMs = defaultLimitMs, signals = process } = options;
  const exit = options.exit ?? ((code: number) => process.exit(code));
  const closers: { name: string; close: Close }[] = [];
  let isRunning = false;

  async function run(reason: string): Promise<void> {
    if (isRunning) {
      logger.warn({ reason }, 'told to stop again: exiting at once');
      return exit(1);
    }
    isRunning = true;
    logger.info({ reason }, 'shutting down');
    const elapsedMs = startStopwatch();
    let closedAll = true;
    for (const [index, { name: closer, close }] of closers.entries()) {
      const shareMs = Math.max(0, limitMs - elapsedMs()) / (closers.length - index);
      const outcome = await closeWithin(close, shareMs);
      if (outcome.kind === 'closed') continue;
      closedAll = false;
      if (outcome.kind === 'failed') logger.error({ closer, err: outcome.error }, 'could not be closed');
      else logger.error({ closer, shareMs: Math.round(shareMs) }, 'did not close in its time');
    }
    logger.info({ closedAll, elapsedMs: Math.round(elapsedMs()) }, 'shut down');
    exit(closedAll ? 0 : 1);
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    let sinceMs = () => Infinity;
    signals.on(signal, () => {
      if (sinceMs() < samePressMs) return;
      sinceMs = startStopwatch();
      void run(signal);
    });
  }
  return { add: (name, close) => void closers.push({ name, close }), run };
}

type Outcome = { kind: 'closed' } | { kind: 'failed'; error: unknown } | { kind: 'late' };

async function closeWithin(close: Close, limitMs: number): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'late' }), limitMs);
  });
  const closing = (async (): Promise<Outcome> => {
    try {
      await close(limitMs * ownPart);
      return { kind: 'closed' };
    } catch (error) {
      return { kind: 'failed', error };
    }
  })();
  const outcome = await Promise.race([closing, late]);
  clearTimeout(timer);
  return outcome;
}
