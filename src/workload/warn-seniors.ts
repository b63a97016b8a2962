import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { addBusinessDays, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { rules } from '../deadlines/rules/register.ts';
import { loadCalendar } from '../deadlines/store-calendar.ts';
import { givenToSeniors } from '../tasks/given-to-seniors.ts';
import { closeOwnTasks, openTasks } from '../tasks/store.ts';
import { lastMomentOf } from '../tasks/task-draft.ts';
import { planWarning, warningSource } from './plan-warning.ts';
import { readForecast } from './read-forecast.ts';

/** Any number that nothing else in the database uses: one process warns at a time. */
const warnLock = 7_051_994;
const teams = ['crime', 'traffic'] as const;

/**
 * Looks at the forecast of each team, and sees to it that its senior has a task where work will not be done in time:
 * one for each state of things. What no longer holds is closed; what a senior has dealt with does not come again as
 * long as nothing changes.
 * @returns the teams that were looked at; none where another process is at it
 */
export async function warnSeniors(db: Database): Promise<readonly string[]> {
  return db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ got: boolean }>(
      sql`select pg_try_advisory_xact_lock(${warnLock}) as got`,
    );
    if (lock?.got !== true) return [];
    const now = await readNow(tx);
    const calendar = await loadCalendar(tx);
    for (const team of teams) await warn(tx, team, now, calendar);
    return teams;
  });
}

async function warn(tx: Transaction, team: string, now: string, calendar: HolidayCalendar): Promise<void> {
  const forecast = await readForecast(tx, team, { viewer: null, now, calendar, rules });
  const draft = planWarning(forecast, now, nextWorkingDay(calendar, now));
  const known = await tx.execute<{ source: string; state: string }>(sql`
    select source, state from tasks where case_id is null and kind = 'plan-warning'
      and source like ${`${warningSource(team)}%`}`);
  const outdated = known.filter(({ source, state }) => state === 'open' && source !== draft?.source);
  await closeOwnTasks(
    tx,
    outdated.map(({ source }) => source),
    { state: 'cancelled', outcome: 'no longer so', by: 'hub' },
    now,
  );
  if (draft === null || known.some(({ source }) => source === draft.source)) return;
  const assignment = { caseId: null, team, assignee: null, visibleTo: [] };
  await openTasks(tx, await givenToSeniors(tx, [{ assignment, draft }]), now);
}

function nextWorkingDay(calendar: HolidayCalendar, now: string): string {
  const today = civilDateOf(now);
  const day = addBusinessDays(calendar, today, 1);
  return lastMomentOf(typeof day === 'string' ? day : today);
}
