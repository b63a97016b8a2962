import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { alerts, deadlines } from '../../db/schema/index.ts';
import { isCivilDate } from '../calendar/civil-date.ts';
import type { Instant } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { alertTimes, stepsToArm } from './alert-times.ts';
import type { DeadlineChange } from './compare.ts';
import { expiryOf, type ComputedDeadline, type Dates } from './compute.ts';
import { findRule } from './rules/register.ts';
import type { Rule } from './rule.ts';

export type DeadlineRow = typeof deadlines.$inferSelect;

/** Every deadline of a case, also those withdrawn, by when they are due. */
export async function readDeadlines(db: Database | Transaction, caseId: string): Promise<DeadlineRow[]> {
  return db
    .select()
    .from(deadlines)
    .where(eq(deadlines.caseId, caseId))
    .orderBy(sql`${deadlines.legalDue} nulls last`, deadlines.createdAt, deadlines.id);
}

/** One deadline, or undefined. */
export async function readDeadline(db: Database | Transaction, id: string): Promise<DeadlineRow | undefined> {
  const [row] = await db.select().from(deadlines).where(eq(deadlines.id, id));
  return row;
}

/** A change as it was saved: the id that the deadline has, and its version from now on. */
export type SavedChange = { change: DeadlineChange; id: string; version: number };

/**
 * Saves the differences: rows, and for every deadline that is new or has other dates a new version with alerts of
 * its own. Alerts are touched before deadlines, as firing does, and the caller holds the lock on the case.
 */
export async function saveDeadlineChanges(
  tx: Transaction,
  caseId: string,
  changes: readonly DeadlineChange[],
  calendarVersion: string,
  now: Instant,
): Promise<SavedChange[]> {
  const saved = changes.map((change): SavedChange => {
    const { standing } = change;
    const renewed = change.kind === 'added' || change.kind === 'moved';
    return { change, id: standing?.id ?? newId(), version: (standing?.version ?? 0) + (renewed ? 1 : 0) };
  });
  await supersedeAlerts(tx, saved);
  await insertNew(tx, caseId, saved, calendarVersion, now);
  for (const one of saved)
    if (one.change.standing !== null) await updateStanding(tx, one, calendarVersion, now);
  await insertAlerts(tx, caseId, saved, now);
  return saved;
}

async function supersedeAlerts(tx: Transaction, saved: readonly SavedChange[]): Promise<void> {
  const outdated = (kinds: readonly string[]) =>
    saved.filter(({ change }) => change.standing !== null && kinds.includes(change.kind)).map(({ id }) => id);
  const moved = outdated(['added', 'moved']);
  const over = outdated(['met', 'withdrawn']);
  for (const [ids, state] of [
    [moved, 'superseded'],
    [over, 'withdrawn'],
  ] as const)
    if (ids.length > 0)
      await tx
        .update(alerts)
        .set({ state })
        .where(and(inArray(alerts.obligationId, ids), eq(alerts.state, 'pending')));
}

async function insertNew(
  tx: Transaction,
  caseId: string,
  saved: readonly SavedChange[],
  calendarVersion: string,
  now: Instant,
): Promise<void> {
  const rows = saved.flatMap(({ change, id, version }) =>
    change.kind === 'added' && change.standing === null
      ? [
          {
            id,
            caseId,
            clockKey: change.computed.clock,
            ...valuesOf(change.computed, calendarVersion),
            ...(change.state === 'met' ? metValues(change.computed) : {}),
            state: change.state,
            version,
            createdAt: now,
            changedAt: now,
          },
        ]
      : [],
  );
  if (rows.length > 0) await tx.insert(deadlines).values(rows);
}

async function updateStanding(
  tx: Transaction,
  { change, id, version }: SavedChange,
  calendarVersion: string,
  now: Instant,
): Promise<void> {
  const values = change.computed === null ? {} : valuesOf(change.computed, calendarVersion);
  const outcome = outcomeValues(change);
  await tx
    .update(deadlines)
    .set({ ...values, ...outcome, version, changedAt: now })
    .where(eq(deadlines.id, id));
}

const notOver = { metOn: null, metBy: null, endedBy: null, endedWhy: null };

function outcomeValues(change: DeadlineChange): Partial<typeof deadlines.$inferInsert> {
  switch (change.kind) {
    case 'added':
    case 'moved':
      return {
        ...notOver,
        state: change.state,
        ...(change.state === 'met' ? metValues(change.computed) : {}),
      };
    case 'met':
      return { ...notOver, ...metValues(change.computed), state: 'met' };
    case 'withdrawn':
      return {
        state: 'withdrawn',
        metOn: null,
        metBy: null,
        endedBy: change.computed?.ended?.by ?? null,
        endedWhy:
          change.computed?.ended?.why ??
          (change.computed === null ? 'what started it no longer stands' : null),
      };
    case 'restated':
      return {};
  }
}

function metValues(computed: ComputedDeadline) {
  return { metOn: computed.met?.on ?? null, metBy: computed.met?.by ?? null };
}

function valuesOf(computed: ComputedDeadline, calendarVersion: string) {
  return {
    rule: computed.rule,
    ruleVersion: computed.ruleVersion,
    calendarVersion,
    subjectKey: computed.subjectKey,
    defendantId: computed.subject.defendantId ?? null,
    offenceId: computed.subject.offenceId ?? null,
    personId: computed.subject.personId ?? null,
    hearingId: computed.subject.hearingId ?? null,
    facts: computed.facts as Record<string, unknown>,
    explanation: computed.explanation,
    startedBy: computed.startedBy,
    ...dueValues(computed),
  };
}

/** The columns that hold the dates of a deadline. */
export function dueValues(dates: Dates) {
  const { legalDue, actionDue } = dates;
  const isDay = legalDue === null || isCivilDate(legalDue);
  return {
    legalDue: isDay ? legalDue : null,
    legalDueAt: isDay ? null : legalDue,
    actionDue,
    expiresAt: legalDue === null ? null : expiryOf(legalDue),
  };
}

async function insertAlerts(
  tx: Transaction,
  caseId: string,
  saved: readonly SavedChange[],
  now: Instant,
): Promise<void> {
  const rows = saved.flatMap(({ change, id, version }) => {
    if ((change.kind !== 'added' && change.kind !== 'moved') || change.state !== 'pending') return [];
    const rule = ruleOf(change.computed);
    return stepsToArm(alertTimes(rule, change.computed), now).map((step) => ({
      id: newId(),
      class: rule.contact === undefined ? ('deadlines' as const) : ('victim-updates' as const),
      obligationId: id,
      version,
      step: step.step,
      caseId,
      fireAt: step.fireAt,
      state: 'pending' as const,
      createdAt: now,
    }));
  });
  if (rows.length > 0) await tx.insert(alerts).values(rows);
}

/** The rule that a computed or stored deadline was made by. Throws where the register has lost it: a bug. */
export function ruleOf(deadline: { rule: string; ruleVersion: number }): Rule {
  const rule = findRule(deadline.rule, deadline.ruleVersion);
  if (!rule) throw new Error(`no rule ${deadline.rule} version ${deadline.ruleVersion} in the register`);
  return rule;
}
