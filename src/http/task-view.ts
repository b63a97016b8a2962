import type { Database, Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { loadCalendar } from '../deadlines/store-calendar.ts';
import { readFailedChasing } from '../tasks/read-queue.ts';
import { machineClock } from '../platform/clock.ts';
import { taskView, type TaskView } from './api/task-json.ts';

/** What showing tasks to a person needs, as it stands now. Claims live in machine time. */
export async function readTaskView(db: Database | Transaction, viewer: string): Promise<TaskView> {
  const [calendar, now, failed] = await Promise.all([loadCalendar(db), readNow(db), readFailedChasing(db)]);
  return taskView(calendar, now, machineClock.now(), viewer, failed);
}
