import { and, eq } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { courtExceptions, tasks } from '../../db/schema/index.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { readDeadlines } from '../deadlines/store.ts';
import { finalisationChecklist } from '../finalisation/checklist.ts';
import type { FinalisationItem } from '../finalisation/items.ts';
import type { Instant } from '../platform/clock.ts';
import { readContacts } from '../victims/store.ts';

/** What is done and what is not before a case can be closed, as it stands. */
export async function readFinalisation(
  db: Database | Transaction,
  caseId: string,
  state: CaseState,
  { now, calendar }: { now: Instant; calendar: HolidayCalendar },
): Promise<FinalisationItem[]> {
  return finalisationChecklist({
    state,
    deadlines: await readDeadlines(db, caseId),
    contacts: await readContacts(db, caseId),
    courtWork: await readCourtWork(db, caseId),
    calendar,
    today: civilDateOf(now),
  });
}

async function readCourtWork(db: Database | Transaction, caseId: string) {
  const exceptions = await db
    .select({ id: courtExceptions.id, state: courtExceptions.state })
    .from(courtExceptions)
    .where(eq(courtExceptions.caseId, caseId));
  const triggers = await db
    .select({ id: tasks.id, state: tasks.state })
    .from(tasks)
    .where(and(eq(tasks.caseId, caseId), eq(tasks.kind, 'court-trigger')));
  return [...exceptions, ...triggers].map(({ id, state }) => ({ id, isOpen: state === 'open' }));
}
