import { asc, gt } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { deadlines } from '../../db/schema/deadlines.ts';
import type { DeadlineDifference, MoveDates } from '../../db/schema/recomputations.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { createBreather } from '../platform/breathe.ts';
import { ruleAsStored } from './apply-settings.ts';
import { computeDates } from './compute.ts';
import { calendarOfVersion } from './store-calendar.ts';
import { dueValues, type DeadlineRow } from './store.ts';

type StoredDeadline = Pick<
  DeadlineRow,
  | 'id'
  | 'rule'
  | 'ruleVersion'
  | 'setting'
  | 'calendarVersion'
  | 'facts'
  | 'legalDue'
  | 'legalDueAt'
  | 'actionDue'
  | 'expiresAt'
>;

/** Rows read at a time. */
const pageSize = 1_000;
/** How many differences are kept; one is too many. */
const keptAtMost = 1_000;

/**
 * Works out every stored date again from what is stored with it: its facts, the version of its rule and the version
 * of the calendar. Reads only.
 */
export async function checkStoredDeadlines(
  db: Database | Transaction,
): Promise<{ checked: number; differing: number; differences: DeadlineDifference[] }> {
  const breathe = createBreather(10);
  const differences: DeadlineDifference[] = [];
  let [checked, differing, last] = [0, 0, ''];
  for (;;) {
    const rows = await db
      .select({
        id: deadlines.id,
        rule: deadlines.rule,
        ruleVersion: deadlines.ruleVersion,
        setting: deadlines.setting,
        calendarVersion: deadlines.calendarVersion,
        facts: deadlines.facts,
        legalDue: deadlines.legalDue,
        legalDueAt: deadlines.legalDueAt,
        actionDue: deadlines.actionDue,
        expiresAt: deadlines.expiresAt,
      })
      .from(deadlines)
      .where(last === '' ? undefined : gt(deadlines.id, last))
      .orderBy(asc(deadlines.id))
      .limit(pageSize);
    for (const row of rows) {
      const found = difference(row, await calendarOfVersion(db, row.calendarVersion));
      if (found !== null) {
        differing += 1;
        if (differences.length < keptAtMost) differences.push(found);
      }
      await breathe();
    }
    checked += rows.length;
    last = rows.at(-1)?.id ?? last;
    if (rows.length < pageSize) return { checked, differing, differences };
  }
}

/** How a stored deadline differs from what its own inputs give, or null. Pure. */
export function difference(
  row: StoredDeadline,
  calendar: HolidayCalendar | undefined,
): DeadlineDifference | null {
  const stored = { legalDue: row.legalDueAt ?? row.legalDue, actionDue: row.actionDue };
  const computed = compute(row, calendar);
  const isSame =
    computed !== null &&
    computed.legalDue === stored.legalDue &&
    computed.actionDue === stored.actionDue &&
    computed.expiresAt === row.expiresAt;
  if (isSame) return null;
  const dates = computed && { legalDue: computed.legalDue, actionDue: computed.actionDue };
  return { deadlineId: row.id, rule: row.rule, stored, computed: dates };
}

/** Null where it cannot be worked out at all: the rule or the calendar is not known any more, or the facts do not fit. */
function compute(
  row: StoredDeadline,
  calendar: HolidayCalendar | undefined,
): (MoveDates & { expiresAt: string | null }) | null {
  if (calendar === undefined) return null;
  try {
    const dates = computeDates(ruleAsStored(row), row.facts, calendar);
    if ('kind' in dates) return null;
    return { legalDue: dates.legalDue, actionDue: dates.actionDue, expiresAt: dueValues(dates).expiresAt };
  } catch {
    return null;
  }
}
