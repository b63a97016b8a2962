import { and, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { columnsOf, readRow, runHot } from '../../db/hot-statement.ts';
import { insertMany, selectOfCases } from '../../db/many-rows.ts';
import { cases, claims, tasks } from '../../db/schema/index.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import { groupBy } from '../platform/group-by.ts';
import { newId } from '../platform/ids.ts';
import { minutesOf, type KnownEffort } from './effort.ts';
import { readKnownEffort } from './store-effort.ts';
import { consequenceRank, risesAt, type TaskDraft } from './task-draft.ts';

export type TaskRow = typeof tasks.$inferSelect;

/** Whose work the tasks of a case are. */
export type Assignment = {
  caseId: string | null;
  team: string;
  assignee: string | null;
  visibleTo: string[];
};

/** The tasks of a case: open ones, and those done. */
export async function readTasks(db: Database | Transaction, caseId: string): Promise<TaskRow[]> {
  return db
    .select()
    .from(tasks)
    .where(eq(tasks.caseId, caseId))
    .orderBy(tasks.dueAt, tasks.createdAt, tasks.id);
}

/** As much of a task as deciding what becomes of it needs. */
const standingFields = [
  ...(['id', 'caseId', 'kind', 'source', 'state', 'outcome'] as const),
  ...(['deadlineId', 'requestId', 'dueAt', 'notFor'] as const),
];
export type StandingTask = Pick<TaskRow, (typeof standingFields)[number]>;

/** The tasks of several cases, by case. */
export async function readTasksOf(
  db: Database | Transaction,
  caseIds: readonly string[],
): Promise<Map<string, StandingTask[]>> {
  const rows = await selectOfCases(db, tasks, caseIds, undefined, standingFields);
  return groupBy(rows, ({ caseId }) => caseId ?? '');
}

const columns = columnsOf(tasks);
const one = `select ${columns.map(({ name }) => name).join()} from tasks where id = $1::uuid`;

/** One task, or undefined. */
export async function readTask(db: Database | Transaction, id: string): Promise<TaskRow | undefined> {
  const [row] = await runHot(db, one, [id]);
  return row && readRow<TaskRow>(columns, row);
}

export type Work = { assignment: Assignment; draft: TaskDraft };

/**
 * Opens tasks; where one of the same source is open already, its words and date are brought up to date instead.
 * @returns the ids, in the order of the work
 */
export async function openTasks(tx: Transaction, work: readonly Work[], now: Instant): Promise<string[]> {
  if (work.length === 0) return [];
  // Sent together: one way there and back.
  const kinds = work.map(({ draft }) => draft.kind);
  const [giving, effort] = await Promise.all([readGiving(tx, work), readKnownEffort(tx, kinds)]);
  const rows = rowsOf(work, giving, effort, now);
  const opened = [
    ...(await insertTasks(tx, rows.filter(ofCase), sql`(case_id, source) where state = 'open' ${refreshed}`)),
    ...(await insertTasks(
      tx,
      rows.filter((row) => !ofCase(row)),
      sql`(source) where state = 'open' and case_id is null ${refreshed}`,
    )),
  ];
  const ids = new Map(opened.map((task) => [`${task.case_id} ${task.source}`, task.id]));
  return rows.map(({ caseId, source }) => ids.get(`${caseId} ${source}`) ?? '');
}

/** Opens a task of no case, unless one of the same source is open: that one is left as it is, and not waited for. */
export async function openTaskOnce(
  tx: Transaction,
  draft: TaskDraft,
  team: string,
  now: Instant,
): Promise<void> {
  const assignment = { caseId: null, team, assignee: null, visibleTo: [] };
  await insertTasks(
    tx,
    rowsOf([{ assignment, draft }], new Map(), await readKnownEffort(tx, [draft.kind]), now),
    sql`(source) where state = 'open' and case_id is null do nothing`,
  );
}

/** What giving out the work of a case depends on. */
type Giving = Pick<typeof cases.$inferSelect, 'skills' | 'barred' | 'traits' | 'complexity'> & {
  chasingFailed: boolean;
  cover: Cover | null;
};
const ofNoCase: Giving = {
  ...{ skills: [], barred: [], traits: [], complexity: 'standard', chasingFailed: false, cover: null },
};

async function readGiving(tx: Transaction, work: readonly Work[]): Promise<Map<string, Giving>> {
  const ids = [...new Set(work.flatMap(({ assignment }) => assignment.caseId ?? []))];
  if (ids.length === 0) return new Map();
  const { id, skills, barred, traits, complexity } = cases;
  const rows = await tx
    .select({ id, skills, barred, traits, complexity, chasingFailed: hasFailedChasing, cover: coverOfCase })
    .from(cases)
    .where(sql`${id} = any (array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid))`);
  return new Map(rows.map((row) => [row.id, row]));
}

const hasFailedChasing = sql<boolean>`exists (select from material_requests r
  where r.case_id = cases.id and r.state = 'outstanding' and r.failed_at is not null)`;

/** Who does what falls due in a case while its caseworker is away. */
type Cover = { absent: string; by: string; from: string; to: string };
const coverOfCase = sql<Cover | null>`(select jsonb_build_object('absent', k.absent, 'by', k.covered_by,
  'from', k.from_date, 'to', k.to_date) from case_covers k where k.case_id = cases.id and k.ended_at is null)`;

/** Whose work something is: whoever covers does what falls due in the days of the absence, and what is overdue in them. */
function coveredBy(
  assignee: string | null,
  dueAt: Instant,
  cover: Cover | null,
  now: Instant,
): string | null {
  if (cover === null || assignee !== cover.absent) return assignee;
  const [due, today] = [civilDateOf(dueAt), civilDateOf(now)];
  const isTheirs = due <= cover.to && (due >= cover.from || today >= cover.from);
  return isTheirs ? cover.by : assignee;
}

function rowsOf(
  work: readonly Work[],
  giving: ReadonlyMap<string, Giving>,
  effort: KnownEffort,
  now: Instant,
) {
  return work.map(({ assignment, draft }) => {
    const { skills, barred, traits, complexity, chasingFailed, cover } =
      giving.get(assignment.caseId ?? '') ?? ofNoCase;
    const notFor = [...(draft.notFor ?? []), ...barred];
    const task = { team: assignment.team, kind: draft.kind, ofKind: draft.effortMinutes };
    return {
      id: newId(),
      ...assignment,
      ...valuesOf(draft),
      effortMinutes: minutesOf(effort, task, complexity),
      assignee: allowed(coveredBy(assignment.assignee, draft.dueAt, cover, now), notFor),
      skills,
      barred,
      chasingFailed,
      custody: traits.includes('custody'),
      state: 'open' as const,
      version: 1,
      createdAt: now,
      risesAt: risesAt(draft.consequence, civilDateOf(now)),
    };
  });
}

/** Whose task it is, unless they may not take it: then it is in the team's pool. */
function allowed(assignee: string | null, notFor: readonly string[]): string | null {
  return assignee !== null && notFor.includes(assignee) ? null : assignee;
}

const ofCase = ({ caseId }: { caseId: string | null }) => caseId !== null;

const refreshed = sql.raw(`do update set title = excluded.title, why = excluded.why, due_at = excluded.due_at,
  deadline_id = excluded.deadline_id, subject = excluded.subject, effort_minutes = excluded.effort_minutes,
  deferred_until = coalesce(excluded.deferred_until, tasks.deferred_until),
  danger = excluded.danger, always_critical = excluded.always_critical, not_for = excluded.not_for,
  assignee = case when tasks.assignee = any(excluded.not_for) then null else tasks.assignee end,
  version = tasks.version + 1`);

function insertTasks(tx: Transaction, rows: ReturnType<typeof rowsOf>, conflict: SQL) {
  return insertMany<typeof tasks, { id: string; case_id: string | null; source: string }>(
    tx,
    tasks,
    rows,
    sql`on conflict ${conflict} returning id, case_id, source`,
  );
}

function valuesOf(draft: TaskDraft) {
  return {
    kind: draft.kind,
    title: draft.title,
    source: draft.source,
    deadlineId: draft.deadlineId ?? null,
    requestId: draft.requestId ?? null,
    subject: draft.subject,
    why: draft.why,
    consequence: consequenceRank(draft.consequence),
    danger: draft.danger,
    alwaysCritical: draft.alwaysCritical,
    dueAt: draft.dueAt,
    deferredUntil: draft.notBefore ?? null,
    effortMinutes: draft.effortMinutes,
    notFor: draft.notFor ?? [],
  };
}

/**
 * Closes open tasks that something other than their completion has settled; whoever holds one loses the claim.
 * @param which the deadlines they are for, or their own ids
 * @returns the ids closed
 */
export async function closeTasks(
  tx: Transaction,
  which: { deadlineIds: readonly string[] } | { taskIds: readonly string[] },
  how: { state: 'done' | 'cancelled'; outcome: string; by: string },
  now: Instant,
): Promise<string[]> {
  const ids = 'taskIds' in which ? which.taskIds : which.deadlineIds;
  if (ids.length === 0) return [];
  const column = 'taskIds' in which ? tasks.id : tasks.deadlineId;
  const closed = await tx
    .update(tasks)
    .set({
      state: how.state,
      outcome: how.outcome,
      closedAt: now,
      closedBy: how.by,
      claimedBy: null,
      claimToken: null,
      claimUntil: null,
      version: sql`${tasks.version} + 1`,
    })
    .where(and(inArray(column, [...ids]), eq(tasks.state, 'open')))
    .returning({ id: tasks.id });
  const closedIds = closed.map(({ id }) => id);
  await endClaims(tx, closedIds, 'cancelled');
  return closedIds;
}

/** Closes open tasks of no case, by their sources. */
export async function closeOwnTasks(
  tx: Transaction,
  sources: readonly string[],
  how: { state: 'done' | 'cancelled'; outcome: string; by: string },
  now: Instant,
): Promise<void> {
  const open = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(isNull(tasks.caseId), inArray(tasks.source, [...sources]), eq(tasks.state, 'open')));
  const { by, ...closing } = how;
  await closeTasksOf(
    tx,
    open.map(({ id }) => ({ id, ...closing })),
    by,
    now,
  );
}

/** How an open task is closed by something other than its completion. */
export type Closing = { id: string; state: 'done' | 'cancelled'; outcome: string };

/** As `closeTasks`, for tasks that are closed each in a way of its own. */
export async function closeTasksOf(
  tx: Transaction,
  closings: readonly Closing[],
  by: string,
  now: Instant,
): Promise<void> {
  if (closings.length === 0) return;
  await tx.execute(sql`
    with closed as (
      update tasks t set state = c.state, outcome = c.outcome, closed_at = ${now}::timestamptz, closed_by = ${by},
        claimed_by = null, claim_token = null, claim_until = null, version = t.version + 1
      from jsonb_to_recordset(${JSON.stringify(closings)}::jsonb) c(id uuid, state text, outcome text)
      where t.id = c.id and t.state = 'open' returning t.id
    )
    update claims set ended_at = clock_timestamp(), how = 'cancelled'
    from closed where task_id = closed.id and ended_at is null`);
}

/** Ends the live claims on tasks. Claims live in machine time. */
export async function endClaims(
  tx: Transaction,
  taskIds: readonly string[],
  how: NonNullable<(typeof claims.$inferSelect)['how']>,
): Promise<void> {
  if (taskIds.length === 0) return;
  await tx
    .update(claims)
    .set({ endedAt: sql`clock_timestamp()`, how })
    .where(and(inArray(claims.taskId, [...taskIds]), isNull(claims.endedAt)));
}
