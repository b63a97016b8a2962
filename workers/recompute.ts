import { readNow } from '../db/read-now.ts';
import { noticeRelease } from '../src/cases/proclaim-holidays.ts';
import { recompute } from '../src/cases/recompute.ts';
import { lessThanAYearLeft, loadCalendar, sayFewHolidays } from '../src/deadlines/store-calendar.ts';
import type { Hub } from '../src/platform/hub.ts';

export type Recomputer = { close(): Promise<void> };

/**
 * Works out the live cases again after the bank holidays or the rules have changed, in the background. Every worker
 * process does, a batch at a time, which leaves room for people's own requests: they share the list of cases, and what
 * one leaves behind another takes. When it starts it notices whether this release changes either.
 */
export function startRecomputer(hub: Pick<Hub, 'db' | 'logger'>, everyMs = 1_000): Recomputer {
  const log = hub.logger.child({ part: 'recomputation' });
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let hasBegun = false;
  let running: Promise<void> = Promise.resolve();

  const begin = async () => {
    for (const { id, why } of await noticeRelease(hub.db)) log.info({ recomputation: id, why }, 'begun');
    const { lastYear } = await loadCalendar(hub.db);
    if (lessThanAYearLeft(lastYear, await readNow(hub.db))) log.warn({ lastYear }, sayFewHolidays(lastYear));
    hasBegun = true;
  };
  const work = async () => {
    try {
      if (!hasBegun) await begin();
      const options = {
        isStopped: () => isClosed,
        onFailure: (caseId: string, err: unknown) =>
          log.error({ err, caseId }, 'a case could not be worked out'),
      };
      await recompute(hub.db, options);
    } catch (err) {
      if (!isClosed) log.warn({ err }, 'a recomputation was interrupted; it goes on in a moment');
    }
  };
  const next = (inMs: number) => {
    timer = setTimeout(() => {
      running = work().then(() => {
        if (!isClosed) next(everyMs);
      });
    }, inMs);
  };
  next(0);
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
