import { sayDate, type CivilDate } from '../calendar/civil-date.ts';
import { businessDaysBetween, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { consequences } from '../deadlines/rule.ts';
import type { Instant } from '../platform/clock.ts';
import { bandOf, risesForChasing, type BandEdges, type Orderable } from './urgency.ts';

type Explained = Orderable & { title: string; why: string[] };

const consequenceWords: Record<(typeof consequences)[number], string> = {
  limit: 'a limit that ends a case or frees someone',
  hearing: 'a hearing',
  victim: 'what a victim or witness is owed',
  chase: 'material that is owed',
  record: 'the record',
};

/**
 * Why a task stands where it does, in sentences: its band, what is left of its time, what it is about. Order is by
 * band, then consequence, then due date: never a score.
 */
export function explainUrgency(task: Explained, edges: BandEdges, calendar: HolidayCalendar): string[] {
  const consequence = consequences[task.consequence] ?? 'record';
  return [
    `${sayBand(task, edges)} ${sayTimeLeft(task.dueAt, edges.now, calendar)}`,
    `It concerns ${consequenceWords[consequence]}`,
    ...(risesForChasing(task) && task.dueAt >= edges.now && bandOf(task, edges) !== 'critical'
      ? ['Chasing for material of this case has failed: its work rises one band until the material comes']
      : []),
    ...task.why,
  ];
}

function sayBand(task: Orderable, edges: BandEdges): string {
  const band = bandOf(task, edges);
  const risen = edges.now >= task.risesAt && band !== 'critical' && task.dueAt >= edges.now;
  const words = {
    critical: task.alwaysCritical
      ? 'Critical: nobody has confirmed it.'
      : 'Critical: missing it ends a case or frees someone.',
    overdue: 'Overdue.',
    today: 'For today.',
    soon: 'Soon.',
    later: 'Later.',
  };
  return risen ? `${words[band]} It has waited longer than its kind should.` : words[band];
}

/** "Due 6 March 2026: 2 working days left." */
export function sayTimeLeft(dueAt: Instant, now: Instant, calendar: HolidayCalendar): string {
  const due = civilDateOf(dueAt);
  const today = civilDateOf(now);
  if (dueAt < now) return `It was due on ${sayDate(due)}.`;
  if (due === today) return 'It is due today.';
  const left = daysLeft(today, due, calendar);
  return `Due ${sayDate(due)}: ${left === 1 ? '1 working day' : `${left} working days`} left.`;
}

/** "2 working days left", "Due today", "Overdue by 1 working day". */
export function sayDaysLeft(dueAt: Instant, now: Instant, calendar: HolidayCalendar): string {
  const due = civilDateOf(dueAt);
  const today = civilDateOf(now);
  const say = (days: number) => (days === 1 ? '1 working day' : `${days} working days`);
  if (dueAt < now) {
    const days = daysLeft(due, today, calendar);
    return days === 0 ? 'Overdue' : `Overdue by ${say(days)}`;
  }
  return due === today ? 'Due today' : `${say(daysLeft(today, due, calendar))} left`;
}

function daysLeft(today: CivilDate, due: CivilDate, calendar: HolidayCalendar): number {
  const days = businessDaysBetween(calendar, today, due);
  return typeof days === 'number' ? days : 0;
}
