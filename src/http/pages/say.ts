import type { Band } from '../../tasks/urgency.ts';
import { sayDate } from '../../calendar/civil-date.ts';
import { civilDateOf, sayTime } from '../../calendar/london-time.ts';

/** "3 December 2026 at 9am". */
export function sayMoment(instant: string): string {
  return `${sayDate(civilDateOf(instant))} at ${sayTime(instant)}`;
}

/** "3 December 2026", of an instant or a civil date. */
export function sayDayOf(date: string): string {
  return sayDate(date.length === 10 ? date : civilDateOf(date));
}

type Tag = { text: string; classes: string };

/** How a band is shown: always in words, the colour besides. */
export const bandTags: Record<Band, Tag> = {
  critical: { text: 'Critical', classes: 'govuk-tag--red' },
  overdue: { text: 'Overdue', classes: 'govuk-tag--orange' },
  today: { text: 'Today', classes: 'govuk-tag--blue' },
  soon: { text: 'Soon', classes: 'govuk-tag--grey' },
  later: { text: 'Later', classes: 'govuk-tag--grey' },
};

/** What is at stake, as people say it. */
export const consequenceNames: Record<string, string> = {
  limit: 'Time limits',
  hearing: 'Hearings',
  victim: 'Victims and witnesses',
  chase: 'Chasing',
  record: 'Records',
};
