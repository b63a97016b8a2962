import type { Logger } from 'pino';

export type Looking = {
  /** Looks now, after whatever look is under way. Never fails; what failed is tried again. */
  look(): Promise<void>;
  /** Ends it, once the look that is under way is over. */
  close(): Promise<void>;
};

/**
 * Does something again and again, one look at a time, until closed.
 * @param failed what the log says where a look threw
 */
export function lookEvery(everyMs: number, once: () => Promise<void>, log: Logger, failed: string): Looking {
  let isClosed = false;
  let running: Promise<void> = Promise.resolve();
  const tryOnce = async () => {
    if (isClosed) return;
    try {
      await once();
    } catch (err) {
      if (!isClosed) log.warn({ err }, failed);
    }
  };
  const look = () => {
    running = running.then(tryOnce);
    return running;
  };
  const timer = setInterval(() => void look(), everyMs);
  return {
    look,
    close: async () => {
      isClosed = true;
      clearInterval(timer);
      await running;
    },
  };
}
