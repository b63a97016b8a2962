import { enterWhatWasRead } from '../src/staff/record-access.ts';
import type { Hub } from '../src/platform/hub.ts';
import { lookEvery, type Looking } from './look-every.ts';

/**
 * Enters what was read into the index of the access log, so often that no page waits long for the processor that it takes.
 * Every worker process does.
 */
export function startReadLog(hub: Pick<Hub, 'db' | 'logger'>, everyMs = 500): Looking {
  const log = hub.logger.child({ part: 'read-log' });
  const enter = async () => void (await enterWhatWasRead(hub.db));
  return lookEvery(
    everyMs,
    enter,
    log,
    'what was read could not be entered into its index; it is tried again',
  );
}
