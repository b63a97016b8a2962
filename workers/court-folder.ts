import { takeFromFolder, type Looks } from '../src/court-results/take-from-folder.ts';
import { isDatabaseOutage } from '../src/platform/database-outage.ts';
import type { Hub } from '../src/platform/hub.ts';

export type CourtFolder = {
  /** Looks now. Never fails; what failed is tried again. */
  look(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Watches the folder into which the courts' messages are delivered, where one is set. It looks every so often rather
 * than being told: network shares tell nobody, and what is told can be lost. Every worker process may look at the same
 * folder: a message is taken in once, whoever reads its file.
 */
export function watchCourtFolder(hub: Pick<Hub, 'db' | 'logger' | 'config'>, everyMs = 5_000): CourtFolder {
  const folder = hub.config.courtResultsFolder;
  const log = hub.logger.child({ part: 'court-folder' });
  const looks: Looks = { seen: new Map(), failures: new Map() };
  let isClosed = false;
  let running: Promise<void> = Promise.resolve();

  const take = async () => {
    if (isClosed || folder === undefined) return;
    try {
      const { recorded, refused, failed } = await takeFromFolder(hub.db, folder, looks);
      if (recorded + refused > 0) log.info({ recorded, refused }, 'took in what the courts sent');
      for (const err of failed)
        if (isDatabaseOutage(err)) log.warn({ err }, 'a file of the courts waits for the database');
        else log.error({ err }, 'a file of the courts could not be taken in');
    } catch (err) {
      if (!isClosed) log.warn({ err }, 'the folder of the courts could not be looked at; it is tried again');
    }
  };
  const look = () => {
    running = running.then(take);
    return running;
  };
  const timer = folder === undefined ? undefined : setInterval(() => void look(), everyMs);
  return {
    look,
    close: async () => {
      isClosed = true;
      clearInterval(timer);
      await running;
    },
  };
}
