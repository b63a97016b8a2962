import type { Band } from '../../tasks/urgency.ts';
import { sayDate } from '../../calendar/civil-date.ts';
import { civilDateOf } from '../../calendar/london-time.ts';

/** "9am", "2:30pm", as GOV.UK writes times; London. */
export function sayHour(instant: string): string {
  const [hour, minute] = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    hour: 'numeric',
    minute: '2-digit',
    hour12: false,
  })
    .format(new Date(instant))
    .split(':')
    .map(Number) as [number, number];
  if (hour === 0 && minute === 0) return 'midnight';
  if (hour === 12 && minute === 0) return 'midday';
  const of12 = hour % 12 === 0 ? 12 : hour % 12;
  return `${of12}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`}${hour < 12 ? 'am' : 'pm'}`;
}

/** "3 December 2026 at 9am". */
export function sayMoment(instant: string): string {
  return `${sayDate(civilDateOf(instant))} at ${sayHour(instant)}`;
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
