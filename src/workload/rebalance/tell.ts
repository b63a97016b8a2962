import type { Transaction } from '../../../db/connect.ts';
import { addDays } from '../../calendar/civil-date.ts';
import { addBusinessDays } from '../../calendar/holiday-calendar.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import type { Recording } from '../../cases/settle.ts';
import { newId } from '../../platform/ids.ts';
import { openTasks } from '../../tasks/store.ts';
import { lastMomentOf } from '../../tasks/task-draft.ts';

/** What one person is to be told, in lines that name cases by their URNs. */
export type Notice = { to: string; team: string; title: string; lines: readonly string[] };

/** Tells people that cases were moved, each with a task of their own. */
export async function tell(
  tx: Transaction,
  notices: readonly Notice[],
  { now, calendar }: Pick<Recording, 'now' | 'calendar'>,
): Promise<void> {
  const today = civilDateOf(now);
  const next = addBusinessDays(calendar, today, 1);
  const dueAt = lastMomentOf(typeof next === 'string' ? next : addDays(today, 1));
  await openTasks(
    tx,
    notices.map(({ to, team, title, lines }) => ({
      assignment: { caseId: null, team, assignee: to, visibleTo: [] },
      draft: {
        kind: 'cases-moved',
        title,
        source: `cases-moved:${newId()}`,
        subject: {},
        why: [...lines],
        consequence: 'record',
        danger: false,
        alwaysCritical: false,
        dueAt,
        effortMinutes: 5,
      },
    })),
    now,
  );
}
