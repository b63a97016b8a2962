import type { Hub } from '../src/platform/hub.ts';
import { learnEffort } from '../src/workload/learn-effort.ts';
import { warnSeniors } from '../src/workload/warn-seniors.ts';

export type PlanWatch = {
  /** Looks now. Never fails; what failed is tried again. */
  look(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Looks every few minutes at what the teams can still do in time, and warns their seniors; once a day it learns how long
 * work takes. Every worker process does, one at a time.
 */
export function startPlanWatch(hub: Pick<Hub, 'db' | 'logger'>, everyMs = 300_000): PlanWatch {
  const log = hub.logger.child({ part: 'plan-watch' });
  let isClosed = false;
  let running: Promise<void> = Promise.resolve();

  const watch = async () => {
    if (isClosed) return;
    try {
      await learnEffort(hub.db);
      await warnSeniors(hub.db);
    } catch (err) {
      if (!isClosed) log.warn({ err }, 'looking at the plan failed; it is tried again');
    }
  };
  const look = () => {
    running = running.then(watch);
    return running;
  };
  const timer = setInterval(() => void look(), everyMs);
  void look();
  return {
    look,
    close: async () => {
      isClosed = true;
      clearInterval(timer);
      await running;
    },
  };
}
