import { sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import type { MoveDates } from '../../db/schema/recomputations.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { compareDeadlines, type DeadlineChange } from '../deadlines/compare.ts';
import { computeDeadlines } from '../deadlines/compute.ts';
import { loadCalendar } from '../deadlines/store-calendar.ts';
import { loadRules } from '../deadlines/store-settings.ts';
import { readDeadlinesOf, type DeadlineRow } from '../deadlines/store.ts';
import { foldCase } from './fold.ts';
import { readEventsOf } from './store.ts';

export type DiffKind = DeadlineChange['kind'];
export type DiffExample = {
  urn: string;
  isRestricted: boolean;
  before: MoveDates | null;
  after: MoveDates | null;
};
/** What the rules of this code would change of one rule's live deadlines. */
export type RuleDiff = { rule: string; kind: DiffKind; count: number; examples: DiffExample[] };

const pageSize = 200;
type Row = { id: string; urn: string; isRestricted: boolean };

/**
 * What a recomputation of every open case by the rules and the calendar of this code would change: a dry run of the
 * fold and the comparison, in a transaction that can write nothing.
 * @param most examples of each
 * @param by another calendar to count by, and which cases `c` to look at, as SQL
 */
export async function diffRules(
  db: Database,
  most: number,
  by: { calendar?: HolidayCalendar; which?: SQL } = {},
): Promise<{ cases: number; diffs: RuleDiff[] }> {
  return db.transaction(
    async (tx) => {
      const [now, calendar, rules] = [
        await readNow(tx),
        by.calendar ?? (await loadCalendar(tx)),
        await loadRules(tx),
      ];
      const inForce = new Set(rules.map((rule) => rule.id));
      const isSwitchedOff = (rule: string) => !inForce.has(rule);
      const diffs = new Map<string, RuleDiff>();
      let [seen, last] = [0, ''];
      for (;;) {
        const rows = await tx.execute<Row>(sql`
          select c.id, c.urn, c.restricted as "isRestricted" from cases c
          where ${by.which ?? sql`c.state = 'open'`} ${last === '' ? sql`` : sql`and c.id > ${last}`}
          order by c.id limit ${pageSize}`);
        const ids = rows.map(({ id }) => id);
        const [events, standing] = await Promise.all([readEventsOf(tx, ids), readDeadlinesOf(tx, ids)]);
        for (const row of rows) {
          const computed = computeDeadlines(foldCase(events.get(row.id) ?? []), rules, calendar);
          const changes = compareDeadlines(standing.get(row.id) ?? [], computed, now, isSwitchedOff);
          for (const change of changes) count(diffs, row, change, most);
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
  { urn, isRestricted }: Row,
  change: DeadlineChange<DeadlineRow>,
  most: number,
): void {
  const { kind, computed, standing } = change;
  const rule = computed?.rule ?? standing?.rule ?? '';
  const diff = diffs.get(`${rule} ${kind}`) ?? { rule, kind, count: 0, examples: [] };
  diffs.set(`${rule} ${kind}`, diff);
  diff.count += 1;
  if (diff.examples.length >= most) return;
  const before = standing && {
    legalDue: standing.legalDueAt ?? standing.legalDue,
    actionDue: standing.actionDue,
  };
  const after =
    kind === 'withdrawn' || computed === null
      ? null
      : { legalDue: computed.legalDue, actionDue: computed.actionDue };
  diff.examples.push({ urn, isRestricted, before, after });
}

/** "2026-11-26, act by 2026-11-25" */
function say(dates: MoveDates | null): string {
  if (dates === null) return 'none';
  const { legalDue, actionDue } = dates;
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
      ...examples.map(({ urn, before, after }) => `  ${urn}: ${say(before)} -> ${say(after)}`),
    ]),
  ];
}
