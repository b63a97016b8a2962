import type { Hub } from '../src/platform/hub.ts';
import { sealHistory } from '../src/staff/seal-history.ts';

export type Sealer = { close(): Promise<void> };

/** Chains the history as it is written, about a second later. Any number of processes may: one seals at a time. */
export function startSealer(hub: Pick<Hub, 'db' | 'logger'>, everyMs = 1_000): Sealer {
  const log = hub.logger.child({ part: 'sealer' });
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let running: Promise<void> = Promise.resolve();

  const seal = async () => {
    try {
      while (!isClosed && (await sealHistory(hub.db)) > 0);
    } catch (err) {
      if (!isClosed) log.warn({ err }, 'the history could not be sealed; it is tried again');
    }
  };
  const next = () => {
    timer = setTimeout(() => {
      running = seal().then(() => {
        if (!isClosed) next();
      });
    }, everyMs);
  };
  next();
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
