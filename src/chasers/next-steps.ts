import type { ChaserLevel } from '../../db/schema/materials.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import { businessDaysApart, morningOf, nextMoment, onBusinessDays } from './business-hours.ts';
import { levels } from './ladder.ts';
import { criticalStep, type Plan, type PlannedStep } from './plan-steps.ts';

/** A step that was carried out for what is asked now: the same due date, officer and defect. */
export type SentStep = { step: string; level: ChaserLevel; on: CivilDate };
export type ChaseStep = { step: string; level: ChaserLevel; fireAt: Instant };

const rank = (level: ChaserLevel) => levels.indexOf(level);

/**
 * What is still to be sent of a plan, and when: 08:00 on business days, in order, each step once. Steps that should have
 * come already collapse into one, of the lowest level among them, so that nobody is passed over; it waits for the next
 * 08:00, or goes at once inside business hours where a custody limit or a hearing is less than two working days off.
 * Escalations keep their distance from the step before them, however late that was. Nothing fires while it is held;
 * then it goes on from where it was. Pure.
 * @param sent what was carried out for this asking, in any order
 */
export function nextSteps(
  plan: Plan,
  sent: readonly SentStep[],
  heldUntil: CivilDate | null,
  calendar: HolidayCalendar,
  now: Instant,
): ChaseStep[] {
  const start = startOf(plan, heldUntil, calendar, now);
  const left = stepsLeft(plan.steps, sent);
  const late = left.filter(({ on }) => morningOf(on) <= start);
  const lowest = Math.min(...late.map(({ level }) => rank(level)));
  const first = late.filter(({ level }) => rank(level) === lowest).at(-1);
  const coming = first === undefined ? left : left.slice(left.indexOf(first));
  const steps: ChaseStep[] = [];
  let last = lastDay(sent);
  for (const { step, level, on } of coming) {
    const soonest = level === 'officer' || last === null ? on : afterGap(plan.steps, step, last, calendar);
    const morning = morningOf(soonest > on ? soonest : on);
    const fireAt = morning > start ? morning : start;
    steps.push({ step, level, fireAt });
    last = civilDateOf(fireAt);
  }
  const critical = criticalAt(plan, sent, steps, start);
  if (critical !== null) steps.push({ step: criticalStep, level: 'officer', fireAt: critical });
  return steps.sort((a, b) => (a.fireAt < b.fireAt ? -1 : Number(a.fireAt > b.fireAt)));
}

/** The earliest moment at which anything may be sent. */
function startOf(plan: Plan, heldUntil: CivilDate | null, calendar: HolidayCalendar, now: Instant): Instant {
  const today = civilDateOf(now);
  if (heldUntil !== null && heldUntil > today) return morningOf(onBusinessDays(calendar, heldUntil, 0));
  const { critical } = plan;
  return nextMoment(now, calendar, critical !== null && today >= critical.from && today <= critical.day);
}

/** Those after the last that was sent, without what was said by then at the same level or above in other words. */
function stepsLeft(steps: readonly PlannedStep[], sent: readonly SentStep[]): PlannedStep[] {
  const place = Math.max(-1, ...sent.map(({ step }) => steps.findIndex((one) => one.step === step)));
  return steps.filter(
    ({ level, on }, i) =>
      i > place && !sent.some((before) => rank(before.level) >= rank(level) && on <= before.on),
  );
}

function lastDay(sent: readonly SentStep[]): CivilDate | null {
  return (
    sent
      .map(({ on }) => on)
      .sort()
      .at(-1) ?? null
  );
}

/** The first day on which a step keeps its distance from the one before it, which came on a day. */
function afterGap(
  steps: readonly PlannedStep[],
  step: string,
  last: CivilDate,
  calendar: HolidayCalendar,
): CivilDate {
  const place = steps.findIndex((one) => one.step === step);
  const [before, it] = [steps[place - 1], steps[place]];
  const gap = before && it ? businessDaysApart(calendar, before.on, it.on) : 0;
  return gap === 0 ? last : onBusinessDays(calendar, last, gap);
}

/** Once, and not where the officer hears of it by another step since it turned critical, or at the same moment. */
function criticalAt(
  { critical }: Plan,
  sent: readonly SentStep[],
  steps: readonly ChaseStep[],
  start: Instant,
): Instant | null {
  if (critical === null || sent.some(({ step, on }) => step === criticalStep || on >= critical.from))
    return null;
  const turns = morningOf(critical.from);
  const at = turns > start ? turns : start;
  if (civilDateOf(at) > critical.day) return null;
  return steps.some(({ level, fireAt }) => level === 'officer' && fireAt === at) ? null : at;
}
