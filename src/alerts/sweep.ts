import type { Database } from '../../db/connect.ts';
import type { Config } from '../platform/config.ts';
import { startStopwatch } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { PostgresAddress } from '../platform/postgres-address.ts';
import { armHorizon, rearmHorizon } from './arm.ts';
import type { Drain } from './drain.ts';
import { createGate } from './gate.ts';
import { isMessageQueue, queueNames, type HubQueues, type QueueName } from './hub-queues.ts';
import { listenForDue } from './listen.ts';
import { countSweepError } from './metrics.ts';

/** What carries out all that is due of a queue. */
export type Drains = Record<QueueName, Drain>;

export type Sweep = {
  /** Sweeps one queue now, or all of them in order of danger. Never fails; what failed is tried again later. */
  sweepNow(name?: QueueName): Promise<void>;
  armNow(): Promise<void>;
  /** Forgets every wake-up and arms anew: for after the hub's clock was moved. */
  rearmNow(): Promise<void>;
  close(): Promise<void>;
};

/** Announcements within so many milliseconds are one. */
const debounceMs = 10;

/** A sweep that takes longer waits for something that will never come, such as an answer on a dead connection. */
const hangsMs = 120_000;

/**
 * Fires what is overdue every few seconds, most dangerous class first, whatever BullMQ does; arms the horizon every
 * minute and whenever the queue's backend is back; and sweeps a class at once when a writer announces something fresh.
 * Every worker process runs one: there is no leader to freeze. No error ends it.
 */
export function startSweep(parts: {
  db: Database;
  address: PostgresAddress;
  config: Pick<Config, 'sweepSeconds' | 'armSeconds'>;
  logger: Logger;
  drains: Drains;
  queues: HubQueues;
}): Sweep {
  const log = parts.logger.child({ part: 'sweep' });
  let isClosed = false;
  const gates = Object.fromEntries(
    queueNames.map((name) => [name, createGate(() => attempt(name, parts.drains[name]))]),
  ) as Drains;
  const arm = createGate(() => attempt('arm', () => armHorizon(parts.db, parts.queues)));
  const rearm = createGate(() => attempt('arm', () => rearmHorizon(parts.db, parts.queues)));

  async function attempt(part: string, work: () => Promise<unknown>): Promise<void> {
    if (isClosed) return;
    try {
      if (await endsWithin(work, hangsMs)) return;
      countSweepError(part);
      log.error({ swept: part, hangsMs }, 'a sweep hangs; it is left to itself, and the next goes on');
    } catch (err) {
      countSweepError(part);
      log.error({ err, swept: part }, 'a sweep failed; it will be tried again');
    }
  }

  async function sweepNow(name?: QueueName): Promise<void> {
    if (name) return gates[name]();
    // One after another by danger; but a mail server that hangs is not waited for before the next round.
    for (const cls of queueNames) {
      if (isMessageQueue(cls)) void gates[cls]();
      else await gates[cls]();
    }
  }

  const sweeping = repeat(sweepNow, parts.config.sweepSeconds * 1_000);
  const arming = repeat(arm, parts.config.armSeconds * 1_000);
  parts.queues.onReady(() => void arm());

  const heard = new Map<QueueName, NodeJS.Timeout>();
  const listening = listenForDue(parts.address, parts.logger, (payload) => {
    const name = queueNames.find((queue) => queue === payload);
    if (!name) {
      if (payload === undefined) void sweepNow();
      return;
    }
    if (heard.has(name)) return;
    const sweepHeard = async () => {
      heard.delete(name);
      await gates[name]();
      await attempt('arm', () => armHorizon(parts.db, parts.queues, [name]));
    };
    heard.set(
      name,
      setTimeout(() => void sweepHeard(), debounceMs),
    );
  });

  return {
    sweepNow,
    armNow: arm,
    rearmNow: rearm,
    close: async () => {
      isClosed = true;
      for (const timer of heard.values()) clearTimeout(timer);
      await Promise.all([listening.close(), sweeping.close(), arming.close()]);
      await Promise.all(queueNames.map((name) => gates[name]()));
    },
  };
}

async function endsWithin(work: () => Promise<unknown>, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  try {
    return await Promise.race([work().then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Does something at once and then at every interval, never twice at once: a slow round delays the next. */
function repeat(work: () => Promise<void>, intervalMs: number): { close: () => Promise<void> } {
  let isClosed = false;
  let wake: () => void = () => undefined;
  const loop = async () => {
    while (!isClosed) {
      const elapsedMs = startStopwatch();
      await work();
      if (isClosed) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(0, intervalMs - elapsedMs()));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const running = loop();
  return {
    close: async () => {
      isClosed = true;
      wake();
      await running;
    },
  };
}
