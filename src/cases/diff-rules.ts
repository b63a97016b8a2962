import { asc, gt, and, eq } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { cases } from '../../db/schema/cases.ts';
import { compareDeadlines, type DeadlineChange } from '../deadlines/compare.ts';
import { computeDeadlines } from '../deadlines/compute.ts';
import { loadCalendar } from '../deadlines/store-calendar.ts';
import { loadRules } from '../deadlines/store-settings.ts';
import { readDeadlinesOf, type DeadlineRow } from '../deadlines/store.ts';
import { foldCase } from './fold.ts';
import { readEventsOf } from './store.ts';

export type DiffKind = DeadlineChange['kind'];
export type DiffExample = { urn: string; before: string | null; after: string | null };
/** What the rules of this code would change of one rule's live deadlines. */
export type RuleDiff = { rule: string; kind: DiffKind; count: number; examples: DiffExample[] };

const pageSize = 200;

/**
 * What a recomputation of every open case by the rules and the calendar of this code would change: a dry run of the
 * fold and the comparison, in a transaction that can write nothing.
 * @param most examples of each
 */
export async function diffRules(db: Database, most: number): Promise<{ cases: number; diffs: RuleDiff[] }> {
  return db.transaction(
    async (tx) => {
      const [now, calendar, rules] = [await readNow(tx), await loadCalendar(tx), await loadRules(tx)];
      const inForce = new Set(rules.map((rule) => rule.id));
      const isSwitchedOff = (rule: string) => !inForce.has(rule);
      const diffs = new Map<string, RuleDiff>();
      let [seen, last] = [0, ''];
      for (;;) {
        const rows = await tx
          .select({ id: cases.id, urn: cases.urn })
          .from(cases)
          .where(and(eq(cases.state, 'open'), last === '' ? undefined : gt(cases.id, last)))
          .orderBy(asc(cases.id))
          .limit(pageSize);
        const ids = rows.map(({ id }) => id);
        const [events, standing] = await Promise.all([readEventsOf(tx, ids), readDeadlinesOf(tx, ids)]);
        for (const { id, urn } of rows) {
          const computed = computeDeadlines(foldCase(events.get(id) ?? []), rules, calendar);
          const changes = compareDeadlines(standing.get(id) ?? [], computed, now, isSwitchedOff);
          for (const change of changes) count(diffs, urn, change, most);
        }
        seen += rows.length;
        last = rows.at(-1)?.id ?? last;
        if (rows.length < pageSize) break;
      }
      return { cases: seen, diffs: [...diffs.values()].sort(byRuleAndKind) };
    },
    { accessMode: 'read only', isolationLevel: 'repeatable read' },
  );
}

function count(
  diffs: Map<string, RuleDiff>,
  urn: string,
  change: DeadlineChange<DeadlineRow>,
  most: number,
): void {
  const { kind, computed, standing } = change;
  const rule = computed?.rule ?? standing?.rule ?? '';
  const diff = diffs.get(`${rule} ${kind}`) ?? { rule, kind, count: 0, examples: [] };
  diffs.set(`${rule} ${kind}`, diff);
  diff.count += 1;
  if (diff.examples.length >= most) return;
  const before = standing && say(standing.legalDueAt ?? standing.legalDue, standing.actionDue);
  const after = kind === 'withdrawn' || computed === null ? null : say(computed.legalDue, computed.actionDue);
  diff.examples.push({ urn, before, after });
}

/** "2026-11-26, act by 2026-11-25" */
function say(legalDue: string | null, actionDue: string | null): string {
  if (legalDue === null) return 'a date that cannot be worked out yet';
  return actionDue === null || actionDue === legalDue ? legalDue : `${legalDue}, act by ${actionDue}`;
}

function byRuleAndKind(a: RuleDiff, b: RuleDiff): number {
  const [left, right] = [`${a.rule} ${a.kind}`, `${b.rule} ${b.kind}`];
  return left < right ? -1 : Number(left > right);
}

/** The differences as lines for a person. */
export function sayDiffs({ cases: many, diffs }: { cases: number; diffs: readonly RuleDiff[] }): string[] {
  const total = diffs.reduce((sum, diff) => sum + diff.count, 0);
  if (total === 0) return [`${many} open cases: nothing would change`];
  return [
    `${many} open cases: ${total} deadlines would change`,
    ...diffs.flatMap(({ rule, kind, count: each, examples }) => [
      `${rule}: ${each} ${kind}`,
      ...examples.map(({ urn, before, after }) => `  ${urn}: ${before ?? 'none'} -> ${after ?? 'none'}`),
    ]),
  ];
}
