import type { Hub } from '../src/platform/hub.ts';
import { learnEffort } from '../src/workload/learn-effort.ts';
import { endPastCover } from '../src/workload/rebalance/cover.ts';
import { warnSeniors } from '../src/workload/warn-seniors.ts';
import { lookEvery, type Looking } from './look-every.ts';

/**
 * Looks every few minutes at what the teams can still do in time, and warns their seniors; gives back what was covered
 * while somebody was away; once a day it learns how long work takes. Every worker process does, one at a time.
 */
export function startPlanWatch(hub: Pick<Hub, 'db' | 'logger'>, everyMs = 300_000): Looking {
  const watch = async () => {
    await endPastCover(hub.db);
    await learnEffort(hub.db);
    await warnSeniors(hub.db);
  };
  const log = hub.logger.child({ part: 'plan-watch' });
  const looking = lookEvery(everyMs, watch, log, 'looking at the plan failed; it is tried again');
  void looking.look();
  return looking;
}
