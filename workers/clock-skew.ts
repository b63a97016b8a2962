import { sql } from 'drizzle-orm';
import type { Database } from '../db/connect.ts';
import { startStopwatch, type Clock } from '../src/platform/clock.ts';
import type { Logger } from '../src/platform/logger.ts';

/** BullMQ promotes delayed jobs by the clock of the worker's machine: further off than this it is not trusted. */
export const mostSkewMs = 2_000;

/** How far the machine's clock is ahead of Postgres's machine, in milliseconds, give or take the way there and back. */
export async function clockSkewMs(db: Database, clock: Clock): Promise<number> {
  const elapsedMs = startStopwatch();
  const before = Date.parse(clock.now());
  const [row] = await db.execute<{ ms: string }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000)::text as ms`,
  );
  return before + elapsedMs() / 2 - Number(row?.ms);
}

/**
 * Looks at the clock every so often, and pauses the queue workers of this process while it is wrong; the sweep, which
 * goes by Postgres's clock, goes on. `also` is done in the same rhythm. Neither a failure nor a slow round ends it.
 */
export function watchClock(parts: {
  db: Database;
  clock: Clock;
  logger: Logger;
  everyMs: number;
  setPaused: (paused: boolean) => Promise<void>;
  also: () => Promise<void>;
}): { close: () => Promise<void> } {
  const log = parts.logger.child({ part: 'clock' });
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let wasWrong = false;

  const look = async () => {
    try {
      const skewMs = Math.round(await clockSkewMs(parts.db, parts.clock));
      const isWrong = Math.abs(skewMs) > mostSkewMs;
      if (isWrong)
        log.error(
          { skewMs },
          "this machine's clock is wrong; its queue workers are paused, the sweep goes on",
        );
      else if (wasWrong) log.info({ skewMs }, "this machine's clock is right again");
      wasWrong = isWrong;
      if (!isClosed) await parts.setPaused(isWrong);
    } catch (err) {
      log.warn({ err }, 'could not compare clocks');
    }
    try {
      if (!isClosed) await parts.also();
    } catch (err) {
      log.warn({ err }, 'could not put canaries in the queues');
    }
  };
  // A round may hang with the queue's backend; the next comes all the same, so none is waited for when closing.
  const round = () => {
    void look();
    timer = setTimeout(round, parts.everyMs);
  };
  round();
  return {
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      return Promise.resolve();
    },
  };
}
