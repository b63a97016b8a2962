import { addDays } from '../calendar/civil-date.ts';
import { addBusinessDays, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { ruleOf, type SavedChange } from '../deadlines/store.ts';
import type { Instant } from '../platform/clock.ts';
import { sayDue } from '../tasks/deadline-task.ts';
import { lastMomentOf, type TaskDraft } from '../tasks/task-draft.ts';

/** What makes the dates of a case move, in sentences for those who are told of it. */
export type CauseOfChange = { kind: 'event' | 'recomputation'; id: string; why: readonly string[] };

/**
 * The task by which a caseworker learns that dates of a case have moved, and why; null where none has. What was
 * recorded by the caseworker is no news to them; of a recomputation they hear what it took away as well.
 * @param recordedBy who made the dates move
 */
export function datesMovedTask(
  saved: readonly SavedChange[],
  cause: CauseOfChange | undefined,
  caseworker: string | null,
  recordedBy: string,
  calendar: HolidayCalendar,
  now: Instant,
): TaskDraft | null {
  if (cause === undefined) return null;
  const isRecomputed = cause.kind === 'recomputation';
  if (!isRecomputed && (caseworker === null || caseworker === recordedBy)) return null;
  const news = saved.filter(
    ({ change }) =>
      (change.kind === 'moved' && change.state === 'pending') ||
      (isRecomputed && change.kind === 'withdrawn'),
  );
  const [first] = news;
  if (first === undefined) return null;
  const isLimit = news.some(({ row }) => ruleOf(row).danger);
  const tomorrow = addBusinessDays(calendar, civilDateOf(now), 1);
  return {
    kind: 'dates-moved',
    title: `Dates moved: ${news.length === 1 ? ruleOf(first.row).title : `${news.length} deadlines`}`,
    source: `dates-moved:${cause.id}`,
    subject: {},
    why: [...cause.why, ...news.map(sayChange)],
    consequence: isLimit ? 'limit' : 'record',
    danger: false,
    alwaysCritical: false,
    dueAt: lastMomentOf(typeof tomorrow === 'string' ? tomorrow : addDays(civilDateOf(now), 1)),
    effortMinutes: 5,
  };
}

function sayChange({ change, row }: SavedChange): string {
  const { title } = ruleOf(row);
  const before = change.standing === null ? '' : sayDue(change.standing);
  return change.kind === 'withdrawn'
    ? `${title}: no longer due; it was ${before}`
    : `${title}: ${sayDue(row)}; it was ${before}`;
}
