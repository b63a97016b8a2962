import { checkTonight } from '../src/cases/nightly-check.ts';
import type { Hub } from '../src/platform/hub.ts';

export type NightlyCheck = {
  /** Checks now where tonight's check is due and not done. Never fails; what failed is tried again. */
  look(): Promise<void>;
  close(): Promise<void>;
};

/** Looks every so often whether it is time for the nightly check, by the hub's clock. Every worker process does. */
export function startNightlyCheck(hub: Pick<Hub, 'db' | 'logger'>, everyMs = 60_000): NightlyCheck {
  const log = hub.logger.child({ part: 'nightly-check' });
  let isClosed = false;
  let running: Promise<void> = Promise.resolve();

  const check = async () => {
    if (isClosed) return;
    try {
      const found = await checkTonight(hub.db);
      if (found === null) return;
      const { night, checked, differing } = found;
      if (differing > 0)
        log.error({ night, checked, differing }, 'stored dates differ from what they were worked out from');
      else log.info({ night, checked }, 'every stored date was worked out again, and is the same');
    } catch (err) {
      if (!isClosed) log.warn({ err }, 'the nightly check failed; it is tried again');
    }
  };
  const look = () => {
    running = running.then(check);
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
