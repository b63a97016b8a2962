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
export type DeadlineChange =
  | { kind: 'added'; computed: ComputedDeadline; standing: StandingDeadline | null; state: DeadlineState }
  | { kind: 'moved'; computed: ComputedDeadline; standing: StandingDeadline; state: DeadlineState }
  | { kind: 'met'; computed: ComputedDeadline; standing: StandingDeadline }
  | { kind: 'withdrawn'; computed: ComputedDeadline | null; standing: StandingDeadline }
  | { kind: 'restated'; computed: ComputedDeadline; standing: StandingDeadline };

/**
 * The differences between what the rules now give a case and what stands in the database, in the order of the
 * rules. A deadline that ended before it ever stood is no difference.
 * @param now the hub's time: a deadline that was missed stays so unless its new date is still to come
 */
export function compareDeadlines(
  standing: readonly StandingDeadline[],
  computed: readonly ComputedDeadline[],
  now: Instant,
): DeadlineChange[] {
  const stands = new Map(standing.map((row) => [identity(row.rule, row.subjectKey, row.clockKey), row]));
  const changes: DeadlineChange[] = [];
  const seen = new Set<string>();
  for (const one of computed) {
    const key = identity(one.rule, one.subjectKey, one.clock);
    seen.add(key);
    const change = compareOne(stands.get(key) ?? null, one, now);
    if (change) changes.push(change);
  }
  for (const [key, row] of stands)
    if (!seen.has(key) && row.state !== 'withdrawn')
      changes.push({ kind: 'withdrawn', computed: null, standing: row });
  return changes;
}

function compareOne(
  standing: StandingDeadline | null,
  computed: ComputedDeadline,
  now: Instant,
): DeadlineChange | null {
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

function restatement(standing: StandingDeadline, computed: ComputedDeadline): DeadlineChange | null {
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

/** Equal whatever the order of keys, which Postgres's jsonb does not keep. */
function sameJson(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function identity(rule: string, subject: string, clock: string): string {
  return `${rule} ${subject} ${clock}`;
}
