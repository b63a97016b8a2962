import { checkTonight } from '../src/cases/nightly-check.ts';
import type { Hub } from '../src/platform/hub.ts';
import { lookEvery, type Looking } from './look-every.ts';

/** Looks every so often whether it is time for the nightly check, by the hub's clock. Every worker process does. */
export function startNightlyCheck(hub: Pick<Hub, 'db' | 'logger'>, everyMs = 60_000): Looking {
  const log = hub.logger.child({ part: 'nightly-check' });
  const check = async () => {
    const found = await checkTonight(hub.db);
    if (found === null) return;
    const { night, checked, differing } = found;
    if (differing > 0)
      log.error({ night, checked, differing }, 'stored dates differ from what they were worked out from');
    else log.info({ night, checked }, 'every stored date was worked out again, and is the same');
  };
  const looking = lookEvery(everyMs, check, log, 'the nightly check failed; it is tried again');
  void looking.look();
  return looking;
}
