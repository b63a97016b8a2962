import type { Database } from '../../db/connect.ts';
import { onEachHotConnection } from '../../db/hot-statement.ts';
import { machineClock } from '../platform/clock.ts';
import type { Puller } from './eligible.ts';
import { findSessionOfPuller, findStaffWhoPulls } from './puller.ts';
import { readQueue } from './read-queue.ts';
import { readShownTasks } from './shown-tasks.ts';

const nobody: Puller = {
  ...{ id: '', team: '', skills: [], away: null, covers: false, minutesLeft: null, hand: null },
};
const noTask = '00000000-0000-0000-0000-000000000000';

/**
 * Reads the queue of nobody over each connection that queues are read over, so that Postgres has planned there what the
 * first caseworkers ask for. Where a busy moment needs one connection more, people would otherwise wait for its plans.
 */
export async function warmQueues(db: Database): Promise<void> {
  const now = machineClock.now();
  const edges = { now, today: now, soon: now, soonForHearing: now };
  const reading = { viewer: nobody.id, shown: 1, route: '', requestId: '' };
  await onEachHotConnection(db, async (one) => {
    await findStaffWhoPulls(one, nobody.id);
    await findSessionOfPuller(one, '');
    await readShownTasks(one, [{ id: noTask, writer: '' }]);
    for (const countTeam of [true, false])
      await readQueue(one, nobody, edges, { limit: 1, countTeam, reading });
  });
}
