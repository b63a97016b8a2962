import { sayDate, type CivilDate } from '../calendar/civil-date.ts';
import { civilDateOf, instantAt, sayInstant, sayTime, toLondonOffset } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import { clockMinutes } from './working-pattern.ts';

/**
 * A time for which somebody is away: from the first day to the last, both included. With `start` it begins at that time
 * of the first day, with `end` it is over at that time of the last ('HH:mm', London's clock).
 */
export type Away = { from: CivilDate; to: CivilDate; start?: string | null; end?: string | null };

/** A part of a day, in minutes after midnight. */
export type Span = { from: number; to: number };

export const wholeDay: Span = { from: 0, to: 24 * 60 };

/** The first moment of an absence and the first after it, as London's clock shows them; they sort as text. */
export function momentsOf({ from, to, start, end }: Away): { first: string; after: string } {
  return { first: `${from}T${start ?? '00:00'}`, after: `${to}T${end ?? '24:00'}` };
}

/** Minutes after midnight of London's clock at an instant. */
export function minutesOfDay(now: Instant): number {
  return clockMinutes(clockOf(now).slice(11));
}

/** How many minutes of a part of a day somebody is away; what two absences share counts once. */
export function minutesAway(absences: readonly Away[], day: CivilDate, within: Span): number {
  const spans = absences.flatMap((away) => spanOn(away, day) ?? []).sort((a, b) => a.from - b.from);
  let away = 0;
  let reached = within.from;
  for (const span of spans) {
    const from = Math.max(span.from, reached);
    const to = Math.min(span.to, within.to);
    away += Math.max(0, to - from);
    reached = Math.max(reached, to);
  }
  return away;
}

/** Whether somebody is away for the whole of a day. */
export function isAwayAllDay(absences: readonly Away[], day: CivilDate): boolean {
  return minutesAway(absences, day, wholeDay) === wholeDay.to;
}

/** The absence that somebody is in at a moment. */
export function awayAt<A extends Away>(absences: readonly A[], now: Instant): A | undefined {
  const clock = clockOf(now);
  return absences.find((one) => momentsOf(one).first <= clock && clock < momentsOf(one).after);
}

/** When the next absence of this day begins, in minutes after midnight; null where none does. */
export function nextAwayToday(absences: readonly Away[], now: Instant): number | null {
  const [today, since] = [civilDateOf(now), minutesOfDay(now)];
  const begins = absences.flatMap((one) => {
    const span = spanOn(one, today);
    return span !== null && span.from > since ? [span.from] : [];
  });
  return begins.length === 0 ? null : Math.min(...begins);
}

/** "12 June 2026", "1pm on 12 June 2026", and of the same day "1pm": when an absence ends. */
function sayEndOf({ to, end }: Away, today: CivilDate): string {
  if (end == null) return sayDate(to);
  const over = instantAt(to, end);
  return to === today ? sayTime(over) : sayInstant(over);
}

/** "away (leave) until 12 June 2026" */
export function sayAway(absence: Away & { kind: string }, today: CivilDate): string {
  return `away (${absence.kind}) until ${sayEndOf(absence, today)}`;
}

function spanOn({ from, to, start, end }: Away, day: CivilDate): Span | null {
  if (day < from || to < day) return null;
  return {
    from: day === from && start != null ? clockMinutes(start) : wholeDay.from,
    to: day === to && end != null ? clockMinutes(end) : wholeDay.to,
  };
}

/** "2026-06-12T13:05" */
function clockOf(now: Instant): string {
  return toLondonOffset(now).slice(0, 16);
}
