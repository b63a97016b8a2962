import { eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { insertMany, selectOfCases, updateMany } from '../../db/many-rows.ts';
import { deadlines, type AlertInsert, type OutdatedAlert } from '../../db/schema/index.ts';
import { isCivilDate } from '../calendar/civil-date.ts';
import type { Instant } from '../platform/clock.ts';
import { groupBy } from '../platform/group-by.ts';
import { newId } from '../platform/ids.ts';
import { alertTimes, stepsToArm } from './alert-times.ts';
import type { DeadlineChange } from './compare.ts';
import { expiryOf, type ComputedDeadline, type Dates } from './compute.ts';
import { isCustodyLimit } from './is-custody-limit.ts';
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

/** The deadlines of several cases, by case. */
export async function readDeadlinesOf(
  db: Database | Transaction,
  caseIds: readonly string[],
): Promise<Map<string, DeadlineRow[]>> {
  const rows = await selectOfCases(
    db,
    deadlines,
    caseIds,
    sql`order by legal_due nulls last, created_at, id`,
  );
  return groupBy(rows, ({ caseId }) => caseId);
}

/** A change as it is saved: the deadline with the id, version and dates that it has from now on. */
export type SavedChange = {
  change: DeadlineChange<DeadlineRow>;
  id: string;
  version: number;
  row: DeadlineRow;
};

/** What the differences make of the rows of a case: one that is new or has other dates gets a new version. Pure but for ids. */
export function applyChanges(
  caseId: string,
  changes: readonly DeadlineChange<DeadlineRow>[],
  calendarVersion: string,
  now: Instant,
): SavedChange[] {
  return changes.map((change) => {
    const { standing, computed } = change;
    const renewed = change.kind === 'added' || change.kind === 'moved';
    const id = standing?.id ?? newId();
    const version = (standing?.version ?? 0) + (renewed ? 1 : 0);
    const row = {
      ...(standing ?? { id, caseId, clockKey: computed?.clock, createdAt: now }),
      ...(computed === null ? {} : valuesOf(computed, calendarVersion)),
      ...outcomeValues(change),
      version,
      changedAt: now,
    } as DeadlineRow;
    return { change, id, version, row };
  });
}

/** Saves the rows of changes, of any number of cases. The caller holds the locks on the cases. */
export async function saveDeadlineChanges(tx: Transaction, saved: readonly SavedChange[]): Promise<void> {
  const isNew = ({ change }: SavedChange) => change.standing === null;
  const rows = (which: readonly SavedChange[]) => which.map(({ row }) => row);
  await insertMany(tx, deadlines, rows(saved.filter(isNew)));
  await updateMany(tx, deadlines, rows(saved.filter((one) => !isNew(one))));
}

/** The alerts of a case that changes of its deadlines put an end to, and as what. */
export function outdatedAlerts(saved: readonly SavedChange[]): OutdatedAlert[] {
  return saved.flatMap(({ change, id }) =>
    change.standing === null || change.kind === 'restated'
      ? []
      : [
          {
            obligationId: id,
            state: change.kind === 'met' || change.kind === 'withdrawn' ? 'withdrawn' : 'superseded',
          },
        ],
  );
}

/** The alerts of deadlines that are new or have other dates, in their new version. */
export function freshAlerts(saved: readonly SavedChange[], now: Instant): AlertInsert[] {
  return saved.flatMap(({ change, id, version, row }) => {
    if ((change.kind !== 'added' && change.kind !== 'moved') || change.state !== 'pending') return [];
    const rule = ruleOf(change.computed);
    return stepsToArm(alertTimes(rule, change.computed), now).map((step) => ({
      id: newId(),
      class: rule.contact === undefined ? ('deadlines' as const) : ('victim-updates' as const),
      obligationId: id,
      version,
      step: step.step,
      caseId: row.caseId,
      fireAt: step.fireAt,
      state: 'pending' as const,
      createdAt: now,
    }));
  });
}

const notOver = { metOn: null, metBy: null, endedBy: null, endedWhy: null };

function outcomeValues(change: DeadlineChange<DeadlineRow>): Partial<DeadlineRow> {
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
        endedWhy: whyEnded(change),
      };
    case 'restated':
      return {};
  }
}

function whyEnded({
  computed,
  standing,
  isSwitchedOff,
}: DeadlineChange & { kind: 'withdrawn' }): string | null {
  if (isSwitchedOff === true) return 'your force has switched the rule off';
  if (computed !== null) return computed.ended?.why ?? null;
  return isCustodyLimit(standing.rule)
    ? 'the limit does not run now: the defendant is on bail, or the charge is in another court, or what started it was taken back'
    : 'what started it no longer stands';
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
    setting: computed.setting,
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

/** The rule that a computed or stored deadline was made by. Throws where the register has lost it: a bug. */
export function ruleOf(deadline: { rule: string; ruleVersion: number }): Rule {
  const rule = findRule(deadline.rule, deadline.ruleVersion);
  if (!rule) throw new Error(`no rule ${deadline.rule} version ${deadline.ruleVersion} in the register`);
  return rule;
}
