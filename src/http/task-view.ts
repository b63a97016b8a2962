import type { Database, Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { loadCalendar } from '../deadlines/store-calendar.ts';
import { taskView, type TaskView } from './api/task-json.ts';

/** What showing tasks to a person needs, as it stands now. */
export async function readTaskView(db: Database | Transaction, viewer: string): Promise<TaskView> {
  const [calendar, now] = await Promise.all([loadCalendar(db), readNow(db)]);
  return taskView(calendar, now, viewer);
}
