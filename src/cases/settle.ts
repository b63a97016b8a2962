import { eq, inArray } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { cases, hearings } from '../../db/schema/index.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { chaseSteps, isUrgent, type ChaseContext } from '../chasers/ladder.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { compareDeadlines } from '../deadlines/compare.ts';
import { computeDeadlines } from '../deadlines/compute.ts';
import { rules } from '../deadlines/rules/register.ts';
import {
  readDeadlines,
  ruleOf,
  saveDeadlineChanges,
  type DeadlineRow,
  type SavedChange,
} from '../deadlines/store.ts';
import { desiredRequests } from '../materials/checklist.ts';
import { readRequests, saveRequests } from '../materials/store.ts';
import type { Instant } from '../platform/clock.ts';
import { recordHistory, type Actor } from '../staff/history.ts';
import { deadlineTask } from '../tasks/deadline-task.ts';
import { desiredTasks } from '../tasks/desired-tasks.ts';
import { closeTasks, openTasks, readTasks, type Assignment, type TaskRow } from '../tasks/store.ts';
import type { TaskDraft } from '../tasks/task-draft.ts';
import { saveContacts } from '../victims/store.ts';
import { notifyDue } from './notify-due.ts';
import { openCalendarTask } from './calendar-task.ts';

export type CaseRow = typeof cases.$inferSelect;

/** What recording something is done with: the moment, the calendar, and who does it. */
export type Recording = { now: Instant; calendar: HolidayCalendar; actor: Actor };

/** The deadlines that a change touched, as they are now; of one that moved, its dates before. */
export type Settled = {
  added: DeadlineRow[];
  moved: { deadline: DeadlineRow; before: { legalDue: string | null; actionDue: string | null } }[];
  met: DeadlineRow[];
  withdrawn: DeadlineRow[];
};

/**
 * Makes everything that stands for a case what its state calls for: deadlines with their alerts, contacts, material
 * requests with their chasers, tasks. This is the one place where a new event, a correction, a new version of a rule
 * and a proclaimed holiday take effect. The caller holds the lock on the case.
 */
export async function settle(
  tx: Transaction,
  row: CaseRow,
  state: CaseState,
  { now, calendar, actor }: Recording,
): Promise<Settled> {
  const standing = await readDeadlines(tx, row.id);
  const computed = computeDeadlines(state, rules, calendar);
  const saved = await saveDeadlineChanges(
    tx,
    row.id,
    compareDeadlines(standing, computed, now),
    calendar.version,
    now,
  );
  const after = saved.length === 0 ? standing : await readDeadlines(tx, row.id);
  await saveContacts(tx, row.id, saved, state, now);
  await saveHearings(tx, row.id, state);
  await chase(tx, row, state, after, calendar, now);
  await settleTasks(tx, row, state, after, saved, calendar, now);
  await openCalendarTask(tx, after, calendar, now);
  const settled = summarise(saved, standing, after);
  await recordHistory(tx, actor, now, historyOf(row.id, settled));
  await notifyDue(tx, row.id);
  return settled;
}

async function saveHearings(tx: Transaction, caseId: string, state: CaseState): Promise<void> {
  const standing = new Map(
    (await tx.select().from(hearings).where(eq(hearings.caseId, caseId))).map((hearing) => [
      hearing.id,
      hearing,
    ]),
  );
  for (const { id, on, time, court, courtName, type, state: listed } of state.hearings) {
    const values = { on, time: time ?? null, court, courtName, type, state: listed };
    const row = standing.get(id);
    if (row === undefined) await tx.insert(hearings).values({ id, caseId, ...values });
    else if (JSON.stringify({ ...row, ...values }) !== JSON.stringify(row))
      await tx.update(hearings).set(values).where(eq(hearings.id, id));
    standing.delete(id);
  }
  const gone = [...standing.keys()];
  if (gone.length > 0) await tx.delete(hearings).where(inArray(hearings.id, gone));
}

async function chase(
  tx: Transaction,
  row: CaseRow,
  state: CaseState,
  deadlines: readonly DeadlineRow[],
  calendar: HolidayCalendar,
  now: Instant,
): Promise<void> {
  const context = chaseContext(state, deadlines, now);
  await saveRequests(
    tx,
    row.id,
    state.officer,
    desiredRequests(state, calendar),
    {
      urgent: (dueOn) => isUrgent(context, dueOn),
      steps: (dueOn) => chaseSteps(dueOn, context, calendar, now),
    },
    now,
  );
}

/** What makes chasing urgent: custody, the nearest custody or six-month limit, the next hearing. */
export function chaseContext(
  state: CaseState,
  deadlines: readonly DeadlineRow[],
  now: Instant,
): ChaseContext {
  const today = civilDateOf(now);
  const limits = deadlines
    .filter((deadline) => deadline.state === 'pending' && ruleOf(deadline).danger)
    .map(({ legalDue }) => legalDue)
    .filter((day) => day !== null)
    .sort();
  const coming = state.hearings
    .filter((hearing) => hearing.state === 'listed' && hearing.on >= today)
    .map(({ on }) => on)
    .sort();
  return {
    inCustody: state.defendants.some((defendant) => defendant.remand === 'custody'),
    nearestLimit: limits[0] ?? null,
    nextHearing: coming[0] ?? null,
  };
}

async function settleTasks(
  tx: Transaction,
  row: CaseRow,
  state: CaseState,
  deadlines: readonly DeadlineRow[],
  saved: readonly SavedChange[],
  calendar: HolidayCalendar,
  now: Instant,
): Promise<void> {
  const ids = (kind: SavedChange['change']['kind']) =>
    saved.filter(({ change }) => change.kind === kind).map(({ id }) => id);
  const by = 'hub';
  await closeTasks(tx, { deadlineIds: ids('met') }, { state: 'done', outcome: 'met', by }, now);
  await closeTasks(
    tx,
    { deadlineIds: ids('withdrawn') },
    { state: 'cancelled', outcome: 'no longer due', by },
    now,
  );
  const existing = await readTasks(tx, row.id);
  const wanted = desiredTasks(state, custodyLimits(deadlines), await answeredRequests(tx, row.id), calendar);
  const closable = existing.filter(
    (task) =>
      task.state === 'open' &&
      (state.finalised !== undefined
        ? task.deadlineId === null
        : isOfState(task) && !wanted.some(({ source }) => source === task.source)),
  );
  await closeTasks(
    tx,
    { taskIds: closable.map(({ id }) => id) },
    { state: 'cancelled', outcome: 'no longer needed', by },
    now,
  );
  const drafts = [
    ...wanted.filter(({ source }) => !existing.some((task) => task.source === source)),
    ...tasksOfDeadlines(deadlines, saved, existing, state),
  ];
  const assignment = assignmentOf(row);
  await openTasks(
    tx,
    drafts.map((draft) => ({ assignment, draft })),
    now,
  );
}

/** Whose work the tasks of a case are: its caseworker's, else the team's; named staff's alone where it is restricted. */
export function assignmentOf(
  row: Pick<CaseRow, 'id' | 'team' | 'caseworker' | 'restricted' | 'visibleTo'>,
): Assignment {
  const { id, team, caseworker, restricted, visibleTo } = row;
  return { caseId: id, team, assignee: caseworker, visibleTo: restricted ? visibleTo : [] };
}

/** Kinds of task that the state of a case calls for, as opposed to those that an alert made. */
const kindsOfState = [
  'check-file',
  'confirm-custody-limit',
  'confirm-receipt',
  'find-owner',
  'decide-without',
  'finalise-case',
];

function isOfState(task: TaskRow): boolean {
  return kindsOfState.includes(task.kind);
}

/** Tasks that a deadline makes at once, and those that stand already for one that has moved. */
function tasksOfDeadlines(
  deadlines: readonly DeadlineRow[],
  saved: readonly SavedChange[],
  existing: readonly TaskRow[],
  state: CaseState,
): TaskDraft[] {
  return saved.flatMap(({ change, id }) => {
    const deadline = deadlines.find((one) => one.id === id);
    if (deadline?.state !== 'pending') return [];
    const isOpen = existing.some((task) => task.deadlineId === id && task.state === 'open');
    const isStopped = state.people.some(
      (person) => person.id === deadline.personId && person.preferred === 'none',
    );
    const atOnce =
      change.kind === 'added' &&
      ruleOf(deadline).task.when === 'at-once' &&
      !(isStopped && deadline.personId !== null);
    if (!atOnce && !(isOpen && change.kind === 'moved')) return [];
    const draft = deadlineTask(deadline);
    return draft === null ? [] : [draft];
  });
}

function custodyLimits(deadlines: readonly DeadlineRow[]) {
  return deadlines
    .filter(({ state, rule, legalDue }) => state === 'pending' && legalDue !== null && isCustodyLimit(rule))
    .map(({ defendantId, legalDue }) => ({ defendantId: defendantId ?? '', legalDue: legalDue ?? '' }));
}

/** A custody time limit is a dangerous limit that is counted in days of custody. */
function isCustodyLimit(rule: string): boolean {
  return custodyRuleIds.has(rule);
}

const custodyRuleIds = new Set(
  rules.filter((rule) => rule.danger && rule.period.needs.flat().includes('custody')).map(({ id }) => id),
);

async function answeredRequests(tx: Transaction, caseId: string) {
  return (await readRequests(tx, caseId))
    .filter(({ state }) => state === 'outstanding')
    .map(({ id, material, answer, version, changedAt }) => ({
      id,
      material,
      answer,
      version,
      changedOn: civilDateOf(changedAt),
    }));
}

function summarise(
  saved: readonly SavedChange[],
  standing: readonly DeadlineRow[],
  after: readonly DeadlineRow[],
): Settled {
  const settled: Settled = { added: [], moved: [], met: [], withdrawn: [] };
  for (const { change, id } of saved) {
    const deadline = after.find((one) => one.id === id);
    if (deadline === undefined || change.kind === 'restated') continue;
    if (change.kind === 'moved') {
      const before = standing.find((one) => one.id === id);
      settled.moved.push({
        deadline,
        before: {
          legalDue: before?.legalDueAt ?? before?.legalDue ?? null,
          actionDue: before?.actionDue ?? null,
        },
      });
    } else settled[change.kind].push(deadline);
  }
  return settled;
}

function historyOf(caseId: string, settled: Settled) {
  const entry = (action: string, deadline: DeadlineRow, more: Record<string, unknown> = {}) => ({
    action,
    caseId,
    entity: 'deadline',
    entityId: deadline.id,
    detail: {
      rule: deadline.rule,
      version: deadline.version,
      legalDue: deadline.legalDueAt ?? deadline.legalDue,
      actionDue: deadline.actionDue,
      ...more,
    },
  });
  return [
    ...settled.added.map((deadline) => entry('deadline-added', deadline)),
    ...settled.moved.map(({ deadline, before }) => entry('deadline-moved', deadline, { before })),
    ...settled.met.map((deadline) => entry('deadline-met', deadline, { metOn: deadline.metOn })),
    ...settled.withdrawn.map((deadline) => entry('deadline-withdrawn', deadline)),
  ];
}

/** Locks a case for a change: the row is the one mutex of everything that belongs to it. */
export async function lockCase(tx: Transaction, id: string): Promise<CaseRow | undefined> {
  const [row] = await tx.select().from(cases).where(eq(cases.id, id)).for('update');
  return row;
}
