import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import { endOfDay } from '../calendar/london-time.ts';
import { consequences, type Consequence } from '../deadlines/rule.ts';
import type { Instant } from '../platform/clock.ts';

/** A task that is to stand open, before it is stored. One stands for each source of a case. */
export type TaskDraft = {
  kind: string;
  title: string;
  source: string;
  deadlineId?: string;
  requestId?: string;
  subject: Record<string, string>;
  /** Why it is there, in sentences for the person who gets it. */
  why: string[];
  consequence: Consequence;
  danger: boolean;
  alwaysCritical: boolean;
  dueAt: Instant;
  /** Before this there is nothing to do: it is in nobody's queue until then. */
  notBefore?: Instant;
  effortMinutes: number;
  /** Staff who may not take it: whoever recorded a remand does not confirm the limit that follows from it. */
  notFor?: string[];
  /** For a senior of the team, not for whoever has the case. */
  forSenior?: true;
};

/** The rank by which work is ordered: 0 is the gravest. */
export function consequenceRank(consequence: Consequence): number {
  return consequences.indexOf(consequence);
}

/**
 * How many days a task may wait before it rises one band, by its consequence: a default of the hub, so that nothing
 * starves.
 */
const longestWaitDays: Record<Consequence, number> = {
  limit: 5,
  hearing: 7,
  victim: 5,
  chase: 10,
  record: 15,
};

/** When a task made now has waited longer than its class allows. */
export function risesAt(consequence: Consequence, made: CivilDate): Instant {
  return endOfDay(addDays(made, longestWaitDays[consequence]));
}

/** The last millisecond of a civil day in London. */
export function lastMomentOf(day: CivilDate): Instant {
  return new Date(Date.parse(endOfDay(day)) - 1).toISOString();
}
