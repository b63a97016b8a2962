import type { BeyondCalendar } from './holiday-calendar.ts';
import type { DateOrInstant } from './london-time.ts';

/** A date or instant that a counting convention gives, and how a person can check it by hand. */
export type Counted<Due extends DateOrInstant = DateOrInstant> = {
  kind: 'counted';
  due: Due;
  steps: string[];
};

export type CountResult<Due extends DateOrInstant = DateOrInstant> = Counted<Due> | BeyondCalendar;
