import { startStopwatch } from './clock.ts';

/**
 * Lets other work of the process go first, now and then: a long computation calls it between its steps.
 * @param everyMs how long it may compute at a stretch
 */
export function createBreather(everyMs: number): () => Promise<void> {
  let elapsedMs = startStopwatch();
  return async () => {
    if (elapsedMs() < everyMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    elapsedMs = startStopwatch();
  };
}
