import type { Transaction } from '../../db/connect.ts';
import { addDays } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { DeadlineRow } from '../deadlines/store.ts';
import type { Instant } from '../platform/clock.ts';
import { openTaskOnce } from '../tasks/store.ts';
import { lastMomentOf } from '../tasks/task-draft.ts';

/** The team whose tasks administrators see. */
export const administration = 'administration';

/**
 * A deadline that needs a holiday list which is not loaded is kept and marked, and an administrator is told once for
 * each year, never a caseworker refused.
 */
export async function openCalendarTask(
  tx: Transaction,
  deadlines: readonly DeadlineRow[],
  calendar: HolidayCalendar,
  now: Instant,
): Promise<void> {
  const waiting = deadlines.some(
    ({ state, legalDue, legalDueAt, actionDue }) =>
      state === 'pending' && ((legalDue === null && legalDueAt === null) || actionDue === null),
  );
  if (!waiting) return;
  const year = calendar.lastYear + 1;
  await openTaskOnce(
    tx,
    {
      kind: 'load-bank-holidays',
      title: `Load the bank holidays of ${year}`,
      source: `bank-holidays:${year}`,
      subject: {},
      why: [
        `Deadlines of live cases fall after ${calendar.lastYear}, the last year whose bank holidays are loaded`,
      ],
      consequence: 'record',
      danger: false,
      alwaysCritical: false,
      dueAt: lastMomentOf(addDays(civilDateOf(now), 28)),
      effortMinutes: 15,
    },
    administration,
    now,
  );
}
