import { isCivilDate } from '../calendar/civil-date.ts';
import type { Instant } from '../platform/clock.ts';
import { expiryOf, type ComputedDeadline } from './compute.ts';

/** What a comparison needs to know of a deadline that is stored. */
export type StandingDeadline = {
  id: string;
  rule: string;
  ruleVersion: number;
  subjectKey: string;
  clockKey: string;
  legalDue: string | null;
  legalDueAt: string | null;
  actionDue: string | null;
  state: 'pending' | 'met' | 'missed' | 'withdrawn';
  startedBy: string;
  metBy: string | null;
  metOn: string | null;
  endedBy: string | null;
  endedWhy: string | null;
  version: number;
  facts: Record<string, unknown>;
  explanation: string[];
};

export type DeadlineState = StandingDeadline['state'];

/**
 * One difference between what the rules give and what stands. `added` is new or standing again; `moved` has other
 * dates; `restated` has the same dates from other facts or another version of the rule or its explanation.
 */
export type DeadlineChange<Row extends StandingDeadline = StandingDeadline> =
  | { kind: 'added'; computed: ComputedDeadline; standing: Row | null; state: DeadlineState }
  | { kind: 'moved'; computed: ComputedDeadline; standing: Row; state: DeadlineState }
  | { kind: 'met'; computed: ComputedDeadline; standing: Row }
  | { kind: 'withdrawn'; computed: ComputedDeadline | null; standing: Row; isSwitchedOff?: boolean }
  | { kind: 'restated'; computed: ComputedDeadline; standing: Row };

/**
 * The differences between what the rules now give a case and what stands in the database, in the order of the
 * rules. A deadline that ended before it ever stood is no difference.
 * @param now the hub's time: a deadline that was missed stays so unless its new date is still to come
 * @param isSwitchedOff whether the force has switched a rule off: what was met under it stays met
 */
export function compareDeadlines<Row extends StandingDeadline>(
  standing: readonly Row[],
  computed: readonly ComputedDeadline[],
  now: Instant,
  isSwitchedOff: (rule: string) => boolean = () => false,
): DeadlineChange<Row>[] {
  const stands = new Map(standing.map((row) => [identity(row.rule, row.subjectKey, row.clockKey), row]));
  const changes: DeadlineChange<Row>[] = [];
  const seen = new Set<string>();
  for (const one of computed) {
    const key = identity(one.rule, one.subjectKey, one.clock);
    seen.add(key);
    const change = compareOne(stands.get(key) ?? null, one, now);
    if (change) changes.push(change);
  }
  for (const [key, row] of stands) {
    if (seen.has(key) || row.state === 'withdrawn') continue;
    if (!isSwitchedOff(row.rule)) changes.push({ kind: 'withdrawn', computed: null, standing: row });
    else if (row.state !== 'met')
      changes.push({ kind: 'withdrawn', computed: null, standing: row, isSwitchedOff: true });
  }
  return changes;
}

function compareOne<Row extends StandingDeadline>(
  standing: Row | null,
  computed: ComputedDeadline,
  now: Instant,
): DeadlineChange<Row> | null {
  const outcome = outcomeOf(computed);
  if (standing === null)
    return outcome === 'withdrawn' ? null : { kind: 'added', computed, standing, state: outcome };
  if (outcome === 'withdrawn')
    return standing.state === 'withdrawn' ? null : { kind: 'withdrawn', computed, standing };
  if (outcome === 'met')
    return standing.state === 'met' && standing.metBy === computed.met?.by && sameDates(standing, computed)
      ? restatement(standing, computed)
      : { kind: 'met', computed, standing };
  if (standing.state === 'withdrawn' || standing.state === 'met')
    return { kind: 'added', computed, standing, state: 'pending' };
  if (sameDates(standing, computed)) return restatement(standing, computed);
  const over = computed.legalDue !== null && expiryOf(computed.legalDue) <= now;
  return { kind: 'moved', computed, standing, state: over ? standing.state : 'pending' };
}

/** Met counts where it came no later than the end; whatever came first decides. */
function outcomeOf(computed: ComputedDeadline): 'pending' | 'met' | 'withdrawn' {
  const { met, ended } = computed;
  if (met !== null && (ended === null || met.on <= ended.on)) return 'met';
  return ended === null ? 'pending' : 'withdrawn';
}

function restatement<Row extends StandingDeadline>(
  standing: Row,
  computed: ComputedDeadline,
): DeadlineChange<Row> | null {
  const same =
    standing.ruleVersion === computed.ruleVersion &&
    standing.startedBy === computed.startedBy &&
    sameJson(standing.facts, computed.facts) &&
    sameJson(standing.explanation, computed.explanation);
  return same ? null : { kind: 'restated', computed, standing };
}

function sameDates(standing: StandingDeadline, computed: ComputedDeadline): boolean {
  const { legalDue } = computed;
  const sameLegal =
    legalDue === null || isCivilDate(legalDue)
      ? standing.legalDue === legalDue && standing.legalDueAt === null
      : standing.legalDueAt === legalDue;
  return sameLegal && standing.actionDue === computed.actionDue;
}

/** Equal as JSON, whatever the order of keys, which Postgres's jsonb does not keep; an undefined field is absent. */
function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((one, i) => sameJson(one, (b as unknown[])[i]))
    );
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key in left) if (left[key] !== undefined && !sameJson(left[key], right[key])) return false;
  for (const key in right) if (right[key] !== undefined && left[key] === undefined) return false;
  return true;
}

function identity(rule: string, subject: string, clock: string): string {
  return `${rule} ${subject} ${clock}`;
}
