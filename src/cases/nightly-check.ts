import { desc, eq, lt, sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { deadlineChecks } from '../../db/schema/recomputations.ts';
import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import { civilDateOf, instantAt } from '../calendar/london-time.ts';
import { checkStoredDeadlines } from '../deadlines/check-stored.ts';
import type { Instant } from '../platform/clock.ts';
import { openTaskOnce } from '../tasks/store.ts';
import { lastMomentOf } from '../tasks/task-draft.ts';
import { administration } from './calendar-task.ts';

export type CheckRow = typeof deadlineChecks.$inferSelect;

/** Any number that nothing else in the database uses: one process checks at a time. */
const checkLock = 7_051_991;
const checksAt = '02:00';

/** The night whose check is due: the last one of which it has been 2 in the morning in London. */
export function nightOf(now: Instant): CivilDate {
  const today = civilDateOf(now);
  return now >= instantAt(today, checksAt) ? today : addDays(today, -1);
}

/**
 * Checks every stored date once a night, whichever process comes first, and keeps what was found; where any differs an
 * administrator gets a task. A night that was slept through is made up for by the check of the last one.
 * @returns the check, or null where it was done already or another process is at it
 */
export async function checkTonight(db: Database): Promise<CheckRow | null> {
  return db.transaction(async (tx) => {
    const night = nightOf(await readNow(tx));
    const done = async () =>
      (await tx.select().from(deadlineChecks).where(eq(deadlineChecks.night, night)))[0];
    if (await done()) return null;
    const [lock] = await tx.execute<{ got: boolean }>(
      sql`select pg_try_advisory_xact_lock(${checkLock}) as got`,
    );
    if (lock?.got !== true || (await done())) return null;
    const found = await checkStoredDeadlines(tx);
    const now = await readNow(tx);
    const row: CheckRow = { night, at: now, ...found };
    await tx.insert(deadlineChecks).values(row);
    if (found.differing > 0) {
      const many = `${found.differing} of ${found.checked} stored deadlines`;
      await openTaskOnce(
        tx,
        {
          kind: 'deadline-check',
          title: 'Stored dates differ from what their own facts give',
          source: 'deadline-check',
          subject: {},
          why: [
            `The check of the night of ${night} worked out ${many} differently: see GET /api/deadline-checks`,
            'Somebody or something has changed a date, a rule or a list of bank holidays behind the hub’s back',
          ],
          consequence: 'limit',
          danger: true,
          alwaysCritical: true,
          dueAt: lastMomentOf(civilDateOf(now)),
          effortMinutes: 30,
        },
        administration,
        now,
      );
    }
    return row;
  });
}

/** The checks, newest first. */
export async function readChecks(db: Database, limit: number, before?: CivilDate): Promise<CheckRow[]> {
  return db
    .select()
    .from(deadlineChecks)
    .where(before === undefined ? undefined : lt(deadlineChecks.night, before))
    .orderBy(desc(deadlineChecks.night))
    .limit(limit);
}
