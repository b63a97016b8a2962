import { type CivilDate } from '../calendar/civil-date.ts';
import { addBusinessDays, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import { lastMomentOf } from './task-draft.ts';

export const bands = ['critical', 'overdue', 'today', 'soon', 'later'] as const;
export type Band = (typeof bands)[number];

/** What the order of work reads of a task. */
export type Orderable = {
  id: string;
  /** 0 limit, 1 hearing, 2 victim, 3 chase, 4 record. */
  consequence: number;
  danger: boolean;
  alwaysCritical: boolean;
  dueAt: Instant;
  risesAt: Instant;
  createdAt: Instant;
};

/** The moments that part the bands, seen from now. */
export type BandEdges = {
  now: Instant;
  /** The end of the next working day. */
  today: Instant;
  /** The end of the fifth working day from now. */
  soon: Instant;
  /** The end of the tenth, for hearings. */
  soonForHearing: Instant;
};

/** Where the bands part at a moment. Days beyond the loaded bank holidays are counted without them. */
export function bandEdges(calendar: HolidayCalendar, now: Instant): BandEdges {
  const today = civilDateOf(now);
  const end = (days: number): Instant => lastMomentOf(workingDay(calendar, today, days));
  return { now, today: end(1), soon: end(5), soonForHearing: end(10) };
}

function workingDay(calendar: HolidayCalendar, from: CivilDate, days: number): CivilDate {
  const day = addBusinessDays(calendar, from, days);
  return typeof day === 'string' ? day : from;
}

const hearingRank = 1;

/**
 * The band of a task. Critical: missing it ends a case or frees someone, and it is overdue or due within five working
 * days, or it is an unconfirmed custody limit. What has waited longer than its class allows rises one band, but never
 * into critical, which keeps its meaning.
 */
export function bandOf(task: Orderable, edges: BandEdges): Band {
  if (task.alwaysCritical || (task.danger && task.dueAt <= edges.soon)) return 'critical';
  const band = bandByDate(task, edges);
  if (edges.now < task.risesAt) return band;
  if (band === 'later') return 'soon';
  if (band === 'soon') return 'today';
  return band === 'today' ? 'overdue' : band;
}

function bandByDate(task: Orderable, edges: BandEdges): Band {
  if (task.dueAt < edges.now) return 'overdue';
  if (task.dueAt <= edges.today) return 'today';
  const soon = task.consequence === hearingRank ? edges.soonForHearing : edges.soon;
  return task.dueAt <= soon ? 'soon' : 'later';
}

/** The order of work: band, then consequence, then due, then created, then id. Never a score. */
export function compareTasks(a: Orderable, b: Orderable, edges: BandEdges): number {
  return (
    bands.indexOf(bandOf(a, edges)) - bands.indexOf(bandOf(b, edges)) ||
    a.consequence - b.consequence ||
    compareText(a.dueAt, b.dueAt) ||
    compareText(a.createdAt, b.createdAt) ||
    compareText(a.id, b.id)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
