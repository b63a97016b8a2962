import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { qualityReviews, type ReviewVerdict } from '../../db/schema/quality-reviews.ts';
import { tasks } from '../../db/schema/tasks.ts';
import type { Failure } from '../platform/failure.ts';
import type { Instant } from '../platform/clock.ts';
import { recordHistory, type Actor } from '../staff/history.ts';

/** How many completed tasks of a team are looked at each month. A default of the hub, grade P. */
export const sampleSize = 10;

/** A completed task of the sample. Who completed it is not said: it is the team's work that is looked at. */
export type SampledTask = {
  id: string;
  caseId: string | null;
  urn: string | null;
  team: string;
  kind: string;
  title: string;
  outcome: string | null;
  closedAt: string;
  /** Whether the viewer completed it, and somebody else is to look at it. */
  isOwn: boolean;
  /** Of a restricted case that the viewer may not see. */
  isHidden: boolean;
  verdict: ReviewVerdict | null;
  note: string | null;
  reviewedBy: string | null;
  reviewedAt: string | null;
};

/**
 * The sample of a month: of the tasks that people of a team completed in it, those whose hash with the month is lowest.
 * Nobody can choose it, and it is the same whoever asks and however often.
 */
export async function readSample(
  db: Database | Transaction,
  month: string,
  viewer: string,
): Promise<SampledTask[]> {
  const first = sql`(${`${month}-01`}::date)`;
  const rows = await db.execute<SampledTask>(sql`
    with completed as (
      select t.*, row_number() over (partition by t.team order by md5(${month} || t.id::text), t.id) as place
      from tasks t join staff s on s.id = t.closed_by and s.role in ('caseworker', 'senior')
      where t.state = 'done' and t.closed_at >= ${first}::timestamp at time zone 'Europe/London'
        and t.closed_at < (${first} + interval '1 month') at time zone 'Europe/London'
    )
    select t.id, t.case_id as "caseId", c.urn, t.team, t.kind, t.title, t.outcome,
      to_char(t.closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "closedAt",
      t.closed_by = ${viewer} as "isOwn",
      coalesce(c.restricted and not ${viewer} = any(c.visible_to), false) as "isHidden",
      r.verdict, r.note, r.reviewed_by as "reviewedBy",
      to_char(r.reviewed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "reviewedAt"
    from completed t left join cases c on c.id = t.case_id left join quality_reviews r on r.task_id = t.id
    where t.place <= ${sampleSize} order by t.team, t.closed_at, t.id`);
  return [...rows];
}

/** What was found in a team's sample. */
export type SampleFigures = {
  team: string;
  sampled: number;
  reviewed: number;
  pass: number;
  partial: number;
  fail: number;
  /** From 0 to 100 of those reviewed; null where there are none. */
  percentPass: number | null;
};

/** The figures of a sample by team. Pure. */
export function figuresOfSample(sample: readonly SampledTask[]): SampleFigures[] {
  return [...new Set(sample.map(({ team }) => team))].sort().map((team) => {
    const ofTeam = sample.filter((one) => one.team === team);
    const count = (verdict: ReviewVerdict) => ofTeam.filter((one) => one.verdict === verdict).length;
    const [pass, partial, fail] = [count('pass'), count('partial'), count('fail')];
    const reviewed = pass + partial + fail;
    const percentPass = reviewed === 0 ? null : Math.round((1_000 * pass) / reviewed) / 10;
    return { team, sampled: ofTeam.length, reviewed, pass, partial, fail, percentPass };
  });
}

/**
 * Keeps what a senior found in a task of the sample. The history says that it was looked at and what was found, never
 * the note.
 */
export async function reviewTask(
  tx: Transaction,
  month: string,
  review: { taskId: string; verdict: ReviewVerdict; note: string | null },
  { actor, now }: { actor: Actor; now: Instant },
): Promise<SampledTask | Failure> {
  const { taskId, verdict, note } = review;
  // Two seniors who look at the same task at once wait for each other here.
  await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(sql`${tasks.id} = ${taskId}`)
    .for('update');
  const found = (await readSample(tx, month, actor.id)).find(({ id }) => id === taskId);
  if (found === undefined || found.isHidden)
    return { kind: 'not-found', detail: 'There is no such task in the sample of this month.' };
  if (found.isOwn) return { kind: 'not-allowed', detail: 'Somebody else has to look at your own work.' };
  if (found.verdict !== null) return { kind: 'conflict', detail: 'It was looked at already.' };
  const by = { reviewedBy: actor.id, reviewedAt: now };
  await tx.insert(qualityReviews).values({ taskId, month, verdict, note, ...by });
  await recordHistory(tx, actor, now, [
    {
      action: 'completed-work-reviewed',
      caseId: found.caseId,
      entity: 'task',
      entityId: taskId,
      detail: { month, verdict },
    },
  ]);
  return { ...found, verdict, note, ...by };
}
