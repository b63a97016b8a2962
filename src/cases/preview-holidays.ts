import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { changedDays } from '../calendar/calendar-reach.ts';
import { calendarWith, readCalendarRow, rowOf, type AddedHolidays } from '../deadlines/store-calendar.ts';
import { invalid, type Failure } from '../platform/failure.ts';
import { diffRules, type RuleDiff } from './diff-rules.ts';
import { checkHolidays, sayChanges } from './proclaim-holidays.ts';
import { isReachedBy } from './store-reaches.ts';

type ChangedDates = RuleDiff & { kind: Exclude<RuleDiff['kind'], 'restated'> };
export type HolidaysPreview = { why: string[]; cases: number; diffs: ChangedDates[] };

/** How many cases of each change are named. */
const examples = 5;

/**
 * What proclaiming these bank holidays would do, before it is done: which days change, and which dates of live cases
 * that would move. Nothing is written.
 * @returns `invalid` where `proclaimHolidays` would refuse them
 */
export async function previewHolidays(
  db: Database,
  added: AddedHolidays,
): Promise<HolidaysPreview | Failure> {
  const errors = checkHolidays(added);
  if (errors.length > 0) return invalid(errors);
  const before = await readCalendarRow(db);
  const after = { ...before, ...rowOf(added) };
  const days = changedDays(before, after);
  const why = sayChanges(before, after);
  if (days.length === 0) return { why, cases: 0, diffs: [] };
  const isLive = sql`(c.state = 'open' or exists (
    select from deadlines d where d.case_id = c.id and d.state = 'pending'))`;
  const which = days === 'all' ? isLive : sql`${isLive} and ${isReachedBy(days)}`;
  const { cases, diffs } = await diffRules(db, examples, { calendar: calendarWith(added), which });
  return { why, cases, diffs: diffs.flatMap(withoutRestated) };
}

/** What only says otherwise why it is due on the same day is no change to anybody. */
function withoutRestated(diff: RuleDiff): ChangedDates[] {
  const { kind } = diff;
  return kind === 'restated' ? [] : [{ ...diff, kind }];
}
