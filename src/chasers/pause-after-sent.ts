import type { CivilDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { onBusinessDays } from './business-hours.ts';
import type { Hold } from './holds.ts';

/**
 * For how many business days an officer who says that something has been sent is not chased for it: time for it to
 * come, and for a caseworker to confirm it (default of the hub, grade P).
 */
export const pauseDays = { ordinary: 3, urgent: 1 } as const;

type Happened = { type: string; on: CivilDate; data: Record<string, unknown> };

/**
 * The pause in chasing for a request that its officer says has been sent; chasing goes on after it from where it was,
 * unless receipt is confirmed before. Null where they never said so. Pure.
 */
export function pauseAfterSent(
  events: readonly Happened[],
  request: string,
  isUrgent: boolean,
  calendar: HolidayCalendar,
): Hold | null {
  const last = events.findLast(
    ({ type, data }) => type === 'officer-answered' && data['request'] === request,
  );
  if (last?.data['answer'] !== 'sent') return null;
  const days = isUrgent ? pauseDays.urgent : pauseDays.ordinary;
  return {
    until: onBusinessDays(calendar, last.on, days),
    reason: 'the officer says that it has been sent: to be confirmed',
  };
}

/** Of two holds the longer. */
export function longerHold(one: Hold | null, other: Hold | null): Hold | null {
  if (one === null || other === null) return one ?? other;
  return one.until >= other.until ? one : other;
}
