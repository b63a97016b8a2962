import { addDays } from '../calendar/civil-date.ts';
import { instantAt } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import { dayOf, expiryOf, type Dates } from './compute.ts';
import type { Rule } from './rule.ts';

export type AlertTime = { step: string; fireAt: Instant };

/** Staff read alerts at the start of the working day. */
const alertsAt = '08:00';

/**
 * The steps of a deadline and when each fires: warnings so many days before `legalDue` and `due` on `actionDue`, at
 * 08:00 in London, `overdue` at the end of `legalDue`; earliest first. None where there is no date.
 */
export function alertTimes(rule: Rule, dates: Pick<Dates, 'legalDue' | 'actionDue'>): AlertTime[] {
  if (dates.legalDue === null) return [];
  const legalDay = dayOf(dates.legalDue);
  const overdue = expiryOf(dates.legalDue);
  const dueAt = instantAt(dates.actionDue ?? legalDay, alertsAt);
  const due = dueAt < overdue ? dueAt : overdue;
  const warnings = rule.warnings
    .map((days) => ({ step: `warning-${days}`, fireAt: instantAt(addDays(legalDay, -days), alertsAt) }))
    .filter((warning) => warning.fireAt < due);
  return [...warnings, { step: 'due', fireAt: due }, { step: 'overdue', fireAt: overdue }].sort((a, b) =>
    a.fireAt < b.fireAt ? -1 : a.fireAt > b.fireAt ? 1 : 0,
  );
}

/** Of steps already past when a deadline is made, only the latest fires; those to come all do. */
export function stepsToArm<T extends { fireAt: Instant }>(steps: readonly T[], now: Instant): T[] {
  const past = steps.filter((step) => step.fireAt <= now);
  const coming = steps.filter((step) => step.fireAt > now);
  const latest = past.at(-1);
  return latest === undefined ? coming : [latest, ...coming];
}
