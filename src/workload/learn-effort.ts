import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { installation, learnedEffort } from '../../db/schema/index.ts';
import { civilDateOf } from '../calendar/london-time.ts';

/** What a team must have completed of a kind before its own figures are believed, and by how many people. */
export const fewestSamples = 20;
export const fewestPeople = 3;
const daysLookedBack = 180;

/** Any number that nothing else in the database uses: one process learns at a time. */
const learnLock = 7_051_993;
const lastLearned = 'effort-learned';

export type LearnedRow = typeof learnedEffort.$inferSelect;

/**
 * Learns once a day how long each team takes for each kind of task, by how complex the case is: the median, and what
 * four in five stay within. From the time for which tasks were held until they were done, in the last 180 days. Figures
 * of fewer than 20 tasks or of fewer than three people are not kept, so that they tell nothing of a person.
 * @returns whether it was learned now
 */
export async function learnEffort(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const now = await readNow(tx);
    const today = civilDateOf(now);
    const [lock] = await tx.execute<{ got: boolean }>(
      sql`select pg_try_advisory_xact_lock(${learnLock}) as got`,
    );
    const [last] = await tx.select().from(installation).where(eq(installation.name, lastLearned));
    if (lock?.got !== true || (last?.value as { day?: string } | undefined)?.day === today) return false;
    const kept = { name: lastLearned, value: { day: today }, at: now };
    await tx.insert(installation).values(kept).onConflictDoUpdate({ target: installation.name, set: kept });
    await tx.delete(learnedEffort);
    // A claim that ran out says nothing of how long the work took.
    await tx.execute(sql`
      with held as (
        select c.task_id, min(c.staff_id) as staff,
          sum(extract(epoch from least(c.ended_at, c.until) - c.claimed_at)) / 60 as minutes
        from claims c where c.how in ('completed', 'released', 'deferred')
        group by c.task_id having bool_or(c.how = 'completed')
      )
      insert into learned_effort (team, kind, complexity, p50, p80, samples, people, learned_at)
      select t.team, t.kind, coalesce(c.complexity, 'standard'),
        greatest(1, round(percentile_cont(0.5) within group (order by h.minutes))),
        greatest(1, round(percentile_cont(0.8) within group (order by h.minutes))),
        count(*), count(distinct h.staff), ${now}::timestamptz
      from held h join tasks t on t.id = h.task_id left join cases c on c.id = t.case_id
      where t.state = 'done' and t.closed_at > ${now}::timestamptz - ${daysLookedBack} * interval '1 day'
      group by 1, 2, 3 having count(*) >= ${fewestSamples} and count(distinct h.staff) >= ${fewestPeople}`);
    return true;
  });
}

/** What the teams have learned. */
export async function readLearned(db: Database): Promise<LearnedRow[]> {
  return db
    .select()
    .from(learnedEffort)
    .orderBy(learnedEffort.team, learnedEffort.kind, learnedEffort.complexity);
}
