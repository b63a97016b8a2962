import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { planWarnings } from '../../db/schema/index.ts';
import { addBusinessDays, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { rules } from '../deadlines/rules/register.ts';
import { loadCalendar } from '../deadlines/store-calendar.ts';
import { givenToSeniors } from '../tasks/given-to-seniors.ts';
import { closeOwnTasks, openTasks } from '../tasks/store.ts';
import { lastMomentOf } from '../tasks/task-draft.ts';
import { planWarning } from './plan-warning.ts';
import { readForecast } from './read-forecast.ts';

/** Any number that nothing else in the database uses: one process warns at a time. */
const warnLock = 7_051_994;
const teams = ['crime', 'traffic'] as const;

/**
 * Looks at the forecast of each team, and sees to it that its senior has a task where work will not be done in time.
 * One at a time: with something new to warn of another takes its place, and where nothing is left to warn of it is
 * closed. What a senior has dealt with does not come again, unless it gets worse.
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
  const warning = planWarning(forecast, nextWorkingDay(calendar, now));
  const known = await tx.execute<Known>(sql`
    select t.source, t.state, w.reason from plan_warnings w join tasks t on t.id = w.task_id
    where w.team = ${team} and t.state in ('open', 'done')`);
  const warnedOf = new Set(known.map(({ reason }) => reason));
  const isNews = warning !== null && warning.reasons.some((reason) => !warnedOf.has(reason));
  if (warning !== null && !isNews) return;
  await closeOwnTasks(
    tx,
    [...new Set(known.flatMap(({ source, state }) => (state === 'open' ? [source] : [])))],
    { state: 'cancelled', outcome: 'no longer so', by: 'hub' },
    now,
  );
  if (warning === null) return;
  const assignment = { caseId: null, team, assignee: null, visibleTo: [] };
  const [taskId = ''] = await openTasks(
    tx,
    await givenToSeniors(tx, [{ assignment, draft: warning.draft }]),
    now,
  );
  await tx.insert(planWarnings).values(warning.reasons.map((reason) => ({ taskId, reason, team })));
}

type Known = { source: string; state: 'open' | 'done'; reason: string };

function nextWorkingDay(calendar: HolidayCalendar, now: string): string {
  const today = civilDateOf(now);
  const day = addBusinessDays(calendar, today, 1);
  return lastMomentOf(typeof day === 'string' ? day : today);
}
