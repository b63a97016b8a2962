import { discardOld, workImports } from '../src/intake/work-imports.ts';
import type { Hub } from '../src/platform/hub.ts';
import { lookEvery, type Looking } from './look-every.ts';

/**
 * Checks files of cases that came in, and creates the cases of those that were confirmed. Every worker process does,
 * a case at a time: what one leaves behind another takes.
 */
export function startImports(hub: Pick<Hub, 'db' | 'logger'>, everyMs = 1_000): Looking {
  const log = hub.logger.child({ part: 'imports' });
  let isClosed = false;
  const work = async () => {
    await discardOld(hub.db);
    await workImports(hub.db, {
      isStopped: () => isClosed,
      onFailure: (importedCase, err) => log.error({ err, importedCase }, 'a case of a file failed'),
    });
  };
  const looking = lookEvery(
    everyMs,
    work,
    log,
    'work on files of cases was interrupted; it goes on in a moment',
  );
  return {
    ...looking,
    close: async () => {
      isClosed = true;
      await looking.close();
    },
  };
}
