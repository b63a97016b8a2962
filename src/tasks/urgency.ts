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
  caseId: string | null;
  /** 0 limit, 1 hearing, 2 victim, 3 chase, 4 record. */
  consequence: number;
  danger: boolean;
  alwaysCritical: boolean;
  dueAt: Instant;
  risesAt: Instant;
  createdAt: Instant;
  /** Chasing for something in its case has come to nothing, and the material has not come since. */
  chasingFailed?: boolean;
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
  if (last?.calendar !== calendar || last.day !== today) {
    const end = (days: number): Instant => lastMomentOf(workingDay(calendar, today, days));
    last = { calendar, day: today, ends: { today: end(1), soon: end(5), soonForHearing: end(10) } };
  }
  const { today: first, soon, soonForHearing } = last.ends;
  return { now, today: first, soon, soonForHearing };
}

/** All day long the ends of its bands are the same. */
let last: { calendar: HolidayCalendar; day: CivilDate; ends: Omit<BandEdges, 'now'> } | undefined;

function workingDay(calendar: HolidayCalendar, from: CivilDate, days: number): CivilDate {
  const day = addBusinessDays(calendar, from, days);
  return typeof day === 'string' ? day : from;
}

const hearingRank = 1;
/** Limits, hearings and chases: what suffers where material does not come. */
export const sufferingRanks: readonly number[] = [0, 1, 3];

/** Whether a task rises because chasing has failed in its case. */
export function risesForChasing({ chasingFailed, consequence }: Orderable): boolean {
  return chasingFailed === true && sufferingRanks.includes(consequence);
}

/**
 * The band of a task. Critical: missing it ends a case or frees someone, and it is overdue or due within five working
 * days, or it is an unconfirmed custody limit. What has waited longer than its class allows rises one band, and so does
 * what suffers where chasing has failed in its case; but never into critical, which keeps its meaning.
 */
export function bandOf(task: Orderable, edges: BandEdges): Band {
  if (task.alwaysCritical || (task.danger && task.dueAt <= edges.soon)) return 'critical';
  const rises = Number(edges.now >= task.risesAt) + Number(risesForChasing(task));
  const place = Math.max(highest, bands.indexOf(bandByDate(task, edges)) - rises);
  return bands[place] ?? 'later';
}

/** The highest band into which anything rises. */
const highest = bands.indexOf('overdue');

function bandByDate(task: Orderable, edges: BandEdges): Band {
  if (task.dueAt < edges.now) return 'overdue';
  if (task.dueAt <= edges.today) return 'today';
  const soon = task.consequence === hearingRank ? edges.soonForHearing : edges.soon;
  return task.dueAt <= soon ? 'soon' : 'later';
}

/** 0 for a task of the case in hand, 1 for every other. */
export function apart({ caseId }: Pick<Orderable, 'caseId'>, hand: string | null): number {
  return hand !== null && caseId === hand ? 0 : 1;
}

/**
 * The order of work: band, then consequence, then due, then created; of what is alike in all that the case in hand
 * first, and then id. Never a score.
 * @param hand the case of the last task that the person held
 */
export function compareTasks(a: Orderable, b: Orderable, edges: BandEdges, hand: string | null): number {
  return (
    bands.indexOf(bandOf(a, edges)) - bands.indexOf(bandOf(b, edges)) ||
    a.consequence - b.consequence ||
    compareText(a.dueAt, b.dueAt) ||
    compareText(a.createdAt, b.createdAt) ||
    apart(a, hand) - apart(b, hand) ||
    compareText(a.id, b.id)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
