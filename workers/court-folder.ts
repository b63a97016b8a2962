import { takeFromFolder, type Looks } from '../src/court-results/take-from-folder.ts';
import { isDatabaseOutage } from '../src/platform/database-outage.ts';
import type { Hub } from '../src/platform/hub.ts';
import { lookEvery, type Looking } from './look-every.ts';

const notWatching: Looking = { look: () => Promise.resolve(), close: () => Promise.resolve() };

/**
 * Watches the folder into which the courts' messages are delivered, where one is set. It looks every so often rather
 * than being told: network shares tell nobody, and what is told can be lost. Every worker process may look at the same
 * folder: a message is taken in once, whoever reads its file.
 */
export function watchCourtFolder(hub: Pick<Hub, 'db' | 'logger' | 'config'>, everyMs = 5_000): Looking {
  const folder = hub.config.courtResultsFolder;
  if (folder === undefined) return notWatching;
  const log = hub.logger.child({ part: 'court-folder' });
  const looks: Looks = { seen: new Map(), failures: new Map() };
  const take = async () => {
    const { recorded, refused, failed } = await takeFromFolder(hub.db, folder, looks);
    if (recorded + refused > 0) log.info({ recorded, refused }, 'took in what the courts sent');
    for (const err of failed)
      if (isDatabaseOutage(err)) log.warn({ err }, 'a file of the courts waits for the database');
      else log.error({ err }, 'a file of the courts could not be taken in');
  };
  return lookEvery(everyMs, take, log, 'the folder of the courts could not be looked at; it is tried again');
}
