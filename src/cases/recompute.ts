import type { Database, Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import type { MoveDates, recomputationMoves } from '../../db/schema/recomputations.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { rulesFingerprint } from '../deadlines/rules-fingerprint.ts';
import { holdCalendar, loadCalendar } from '../deadlines/store-calendar.ts';
import { loadRules } from '../deadlines/store-settings.ts';
import type { DeadlineRow } from '../deadlines/store.ts';
import { isDatabaseOutage } from '../platform/database-outage.ts';
import { hubActor } from '../staff/history.ts';
import { openTasks } from '../tasks/store.ts';
import { lastMomentOf } from '../tasks/task-draft.ts';
import type { CaseRow } from './case-row.ts';
import { foldCase } from './fold.ts';
import { assignmentOf, settleAll, type Settled } from './settle.ts';
import {
  countFailure,
  markFinished,
  markStarted,
  mostFailures,
  nextRecomputation,
  saveMoves,
  takeCases,
  type RecomputationRow,
} from './store-recomputations.ts';
import { readCase, readEventsOf, touchCases } from './store.ts';

export type RecomputeOptions = {
  /** Cases in one transaction: their rows are locked for so long. */
  batch?: number;
  isStopped?: () => boolean;
  /** Told of a case that failed by itself, for the log. */
  onFailure?: (caseId: string, error: unknown) => void;
};

/** Few enough that whoever wants one of the cases waits for less than is felt. */
const usualBatch = 50;

/**
 * Does what recomputations have left to do, a batch of cases in a transaction of its own at a time, each through the
 * fold and the comparison that a new event goes through. Any number of workers may: each takes what the others have
 * not. What is killed in the middle was not done, and is done again by whoever is left.
 * @returns once nothing is left that others do not hold
 */
export async function recompute(db: Database, options: RecomputeOptions = {}): Promise<void> {
  for (;;) {
    const recomputation = await nextRecomputation(db, rulesFingerprint);
    if (recomputation === undefined) return;
    await markStarted(db, recomputation.id);
    let done: number;
    do {
      if (options.isStopped?.() === true) return;
      done = await recomputeBatch(db, recomputation, options);
    } while (done > 0);
    await markFinished(db, recomputation.id);
    // What others hold is theirs to finish, and is looked at again in the next round.
    if ((await nextRecomputation(db, rulesFingerprint))?.id === recomputation.id) return;
  }
}

/** @returns how many cases were taken: 0 when nothing is left that others do not hold */
async function recomputeBatch(
  db: Database,
  recomputation: RecomputationRow,
  options: RecomputeOptions,
): Promise<number> {
  let taken: string[] = [];
  try {
    return await db.transaction((tx) =>
      recomputeWithin(tx, recomputation, options.batch ?? usualBatch, (ids) => (taken = ids)),
    );
  } catch (error) {
    if (taken.length === 0 || isDatabaseOutage(error)) throw error;
    // One of them is to blame: each by itself, so that it alone fails.
    for (const caseId of taken) await recomputeSingly(db, recomputation, caseId, options);
    return taken.length;
  }
}

async function recomputeSingly(
  db: Database,
  recomputation: RecomputationRow,
  caseId: string,
  options: RecomputeOptions,
): Promise<void> {
  try {
    await db.transaction((tx) => recomputeWithin(tx, recomputation, 1, () => undefined, caseId));
  } catch (error) {
    if (isDatabaseOutage(error)) throw error;
    options.onFailure?.(caseId, error);
    await db.transaction(async (tx) => {
      const name = error instanceof Error ? error.name : 'Error';
      const failures = await countFailure(tx, recomputation.id, caseId, name);
      const row = await readCase(tx, caseId);
      if (failures >= mostFailures && row) await giveUp(tx, row, recomputation);
    });
  }
}

async function recomputeWithin(
  tx: Transaction,
  recomputation: RecomputationRow,
  limit: number,
  onTaken: (caseIds: string[]) => void,
  onlyCase?: string,
): Promise<number> {
  // Sent together, done in this order: who holds a case never waits for the calendar.
  const [, rows] = await Promise.all([holdCalendar(tx), takeCases(tx, recomputation.id, limit, onlyCase)]);
  const ids = rows.map(({ id }) => id);
  onTaken(ids);
  if (rows.length === 0) return 0;
  const [now, calendar, rules, events] = await Promise.all([
    readNow(tx),
    loadCalendar(tx),
    loadRules(tx),
    readEventsOf(tx, ids),
  ]);
  const work = rows.map((row) => ({ row, state: foldCase(events.get(row.id) ?? []) }));
  const cause = { kind: 'recomputation' as const, id: recomputation.id, why: recomputation.why };
  const settled = await settleAll(tx, work, { now, calendar, rules, actor: hubActor, cause });
  const moves = rows.flatMap((row) => movesOf(recomputation.id, row, settled.get(row.id)));
  await saveMoves(tx, moves);
  const urns = new Set(moves.map(({ caseUrn }) => caseUrn));
  await touchCases(
    tx,
    rows.filter(({ urn }) => urns.has(urn)).map(({ id }) => id),
  );
  return rows.length;
}

type Move = typeof recomputationMoves.$inferInsert;

function movesOf(recomputationId: string, { urn }: CaseRow, settled: Settled | undefined): Move[] {
  if (settled === undefined) return [];
  const move = (
    kind: Move['kind'],
    deadline: DeadlineRow,
    before: MoveDates | null,
    after: MoveDates | null,
  ) => ({
    recomputationId,
    caseUrn: urn,
    deadlineId: deadline.id,
    rule: deadline.rule,
    kind,
    before,
    after,
  });
  return [
    ...settled.moved.map(({ deadline, before }) => move('moved', deadline, before, datesOf(deadline))),
    ...settled.added.map((deadline) => move('added', deadline, null, datesOf(deadline))),
    ...settled.met.map((deadline) => move('met', deadline, null, datesOf(deadline))),
    ...settled.withdrawn.map((deadline) => move('withdrawn', deadline, datesOf(deadline), null)),
  ];
}

function datesOf({ legalDue, legalDueAt, actionDue }: DeadlineRow): MoveDates {
  return { legalDue: legalDueAt ?? legalDue, actionDue };
}

/** A case that cannot be worked out is for a person: nothing else waits for it. */
async function giveUp(tx: Transaction, row: CaseRow, recomputation: RecomputationRow): Promise<void> {
  const now = await readNow(tx);
  const draft = {
    kind: 'recomputation-failed',
    title: 'The dates of this case could not be worked out again: check them by hand',
    source: `recomputation-failed:${recomputation.id}`,
    subject: {},
    why: [
      ...recomputation.why,
      `Working out the dates of this case failed ${mostFailures} times and was put aside`,
    ],
    consequence: 'limit' as const,
    danger: true,
    alwaysCritical: false,
    dueAt: lastMomentOf(civilDateOf(now)),
    effortMinutes: 20,
  };
  await openTasks(tx, [{ assignment: assignmentOf(row), draft }], now);
}
