import type { Transaction } from '../../db/connect.ts';
import { columnsOf, readRow, runHot } from '../../db/hot-statement.ts';
import { cases } from '../../db/schema/index.ts';
import { nextSteps } from '../chasers/next-steps.ts';
import { readPlan } from '../chasers/plan-steps.ts';
import { loadLadder } from '../chasers/store.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import {
  freshAlerts,
  outdatedAlerts,
  readDeadlinesOf,
  saveDeadlineChanges,
  type DeadlineRow,
} from '../deadlines/store.ts';
import { freshChasers, outdatedChasers } from '../materials/compare-requests.ts';
import { readRequestsOf, readSentSteps, saveRequestChanges } from '../materials/store.ts';
import { createBreather } from '../platform/breathe.ts';
import { recordHistory, type HistoryEntry } from '../staff/history.ts';
import { reopenTasks } from '../tasks/reopen-tasks.ts';
import { givenToSeniors } from '../tasks/given-to-seniors.ts';
import { closeTasksOf, openTasks, readTasksOf, type Assignment } from '../tasks/store.ts';
import { saveContacts } from '../victims/store.ts';
import { newsOf } from '../webhooks/news.ts';
import { tell } from '../webhooks/tell.ts';
import { saveTraits } from '../workload/save-traits.ts';
import { openCalendarTask } from './calendar-task.ts';
import type { CaseRow } from './case-row.ts';
import type { CauseOfChange } from './dates-moved.ts';
import { decide, type Decided, type Recording, type Standing } from './decide.ts';
import { historyOfRequests } from './history-of-requests.ts';
import { readHearingsOf, saveHearings } from './hearings.ts';
import { announce, endAlerts, makeAlerts } from './settle-alerts.ts';
import { saveReaches } from './store-reaches.ts';

export type { CaseRow } from './case-row.ts';
export type { Recording } from './decide.ts';

/** The deadlines that a change touched, as they are now; of one that moved, its dates before. */
export type Settled = {
  added: DeadlineRow[];
  moved: { deadline: DeadlineRow; before: { legalDue: string | null; actionDue: string | null } }[];
  met: DeadlineRow[];
  withdrawn: DeadlineRow[];
};

/** A case to be settled: its row, the fold of its events, and what makes its dates move where that is its own. */
export type Settling = { row: CaseRow; state: CaseState; cause?: CauseOfChange };

/** `settleAll` for one case. */
export async function settle(
  tx: Transaction,
  row: CaseRow,
  state: CaseState,
  recording: Recording,
): Promise<Settled> {
  const settled = await settleAll(tx, [{ row, state }], recording);
  return settled.get(row.id) ?? { added: [], moved: [], met: [], withdrawn: [] };
}

/**
 * Makes everything that stands for cases what their states call for: deadlines with their alerts, contacts, material
 * requests with their chasers, tasks. This is the one place where a new event, a correction, a new version of a rule
 * and a proclaimed holiday take effect; for one case and for hundreds it takes the same few statements. The caller
 * holds the locks on the cases.
 */
export async function settleAll(
  tx: Transaction,
  work: readonly Settling[],
  recording: Recording,
): Promise<Map<string, Settled>> {
  // Sent together: one way there and back.
  const [standing, ladder] = await Promise.all([
    readStanding(
      tx,
      work.map(({ row }) => row.id),
    ),
    loadLadder(tx),
  ]);
  const breathe = createBreather(longestStretchMs);
  const decided: Decided[] = [];
  const causes = new Map(work.map(({ row, cause }) => [row.id, cause ?? recording.cause]));
  for (const { row, state } of work) {
    const its = { ...recording, cause: causes.get(row.id) };
    decided.push(decide(row, state, standing(row.id), its, ladder));
    await breathe();
  }
  await save(tx, decided, recording);
  const settled = decided.map((one) => [one.row.id, summarise(one)] as const);
  await Promise.all([
    recordHistory(
      tx,
      recording.actor,
      recording.now,
      decided.flatMap((one) => [
        ...historyOf(one.row.id, summarise(one), causes.get(one.row.id)),
        ...historyOfRequests(one.row.id, one.requests, becauseOf(causes.get(one.row.id))),
      ]),
    ),
    saveReaches(tx, decided),
    tell(
      tx,
      decided.flatMap((one) =>
        newsOf({ ...one, settled: summarise(one), isNew: causes.get(one.row.id) === undefined }),
      ),
      recording.now,
    ),
  ]);
  return new Map(settled);
}

/** How long other work of the process may have to wait for a decision on many cases. */
const longestStretchMs = 10;

async function readStanding(
  tx: Transaction,
  caseIds: readonly string[],
): Promise<(caseId: string) => Standing> {
  // Sent together: one way there and back.
  const [deadlines, hearings, requests, tasks] = await Promise.all([
    readDeadlinesOf(tx, caseIds),
    readHearingsOf(tx, caseIds),
    readRequestsOf(tx, caseIds),
    readTasksOf(tx, caseIds),
  ]);
  return (id) => ({
    deadlines: deadlines.get(id) ?? [],
    hearings: hearings.get(id) ?? [],
    requests: requests.get(id) ?? [],
    tasks: tasks.get(id) ?? [],
  });
}

/** Alerts before deadlines before tasks: the order in which everything locks. */
async function save(tx: Transaction, decided: readonly Decided[], recording: Recording): Promise<void> {
  const { now, calendar, actor } = recording;
  const saved = decided.flatMap((one) => one.saved);
  const requests = decided.flatMap((one) => one.requests);
  await endAlerts(tx, [...outdatedAlerts(saved), ...outdatedChasers(requests)]);
  await saveDeadlineChanges(tx, saved);
  await saveContacts(tx, decided, now);
  await saveHearings(
    tx,
    decided.map(({ hearings }) => hearings),
  );
  const sent = await readSentSteps(tx, requests);
  await saveRequestChanges(tx, requests);
  const fresh = [
    ...freshAlerts(saved, now),
    ...freshChasers(
      requests,
      ({ id, plan, heldUntil }) => nextSteps(readPlan(plan), sent.get(id) ?? [], heldUntil, calendar, now),
      now,
    ),
  ];
  await makeAlerts(tx, fresh);
  await closeTasksOf(
    tx,
    decided.flatMap(({ tasks }) => tasks.closings),
    actor.id,
    now,
  );
  await saveTraits(tx, decided);
  await reopenTasks(
    tx,
    decided.flatMap(({ tasks }) => tasks.reopened),
  );
  const drafts = decided.flatMap(({ row, tasks }) =>
    tasks.drafts.map((draft) => ({ assignment: assignmentOf(row), draft })),
  );
  await openTasks(tx, await givenToSeniors(tx, drafts), now);
  await openCalendarTask(
    tx,
    decided.flatMap(({ deadlines }) => deadlines),
    calendar,
    now,
  );
  await announce(tx, fresh, now);
}

/** Whose work the tasks of a case are: its caseworker's, else the team's; named staff's alone where it is restricted. */
export function assignmentOf(
  row: Pick<CaseRow, 'id' | 'team' | 'caseworker' | 'restricted' | 'visibleTo'>,
): Assignment {
  const { id, team, caseworker, restricted, visibleTo } = row;
  return { caseId: id, team, assignee: caseworker, visibleTo: restricted ? visibleTo : [] };
}

function summarise({ saved }: Decided): Settled {
  const settled: Settled = { added: [], moved: [], met: [], withdrawn: [] };
  for (const { change, row: deadline } of saved) {
    if (change.kind === 'restated' || isMetAlready(change)) continue;
    if (change.kind === 'moved') {
      const { legalDue, legalDueAt, actionDue } = change.standing;
      settled.moved.push({ deadline, before: { legalDue: legalDueAt ?? legalDue, actionDue } });
    } else settled[change.kind].push(deadline);
  }
  return settled;
}

/** What was met by the same event before is no news, whatever became of the date by which it was due. */
function isMetAlready({ kind, standing, computed }: Decided['saved'][number]['change']): boolean {
  return kind === 'met' && standing.state === 'met' && standing.metBy === computed.met?.by;
}

function historyOf(caseId: string, settled: Settled, cause: CauseOfChange | undefined): HistoryEntry[] {
  const because = becauseOf(cause);
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
      ...because,
    },
  });
  return [
    ...settled.added.map((deadline) => entry('deadline-added', deadline)),
    ...settled.moved.map(({ deadline, before }) => entry('deadline-moved', deadline, { before })),
    ...settled.met.map((deadline) => entry('deadline-met', deadline, { metOn: deadline.metOn })),
    ...settled.withdrawn.map((deadline) => entry('deadline-withdrawn', deadline)),
  ];
}

/** The event or the recomputation that a line of history follows from. */
function becauseOf(cause: CauseOfChange | undefined): Record<string, unknown> {
  if (cause === undefined) return {};
  return {
    cause: cause.kind === 'event' ? { event: cause.id } : { recomputation: cause.id, why: cause.why },
  };
}

const columns = columnsOf(cases);
const locking = `select ${columns.map(({ name }) => name).join()} from cases where id = $1::uuid for update`;

/** Locks a case for a change: the row is the one mutex of everything that belongs to it. */
export async function lockCase(tx: Transaction, id: string): Promise<CaseRow | undefined> {
  const [row] = await runHot(tx, locking, [id]);
  return row && readRow<CaseRow>(columns, row);
}
