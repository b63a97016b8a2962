import type { ChaserLevel } from '../../db/schema/materials.ts';
import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import {
  addBusinessDays,
  businessDayOnOrAfter,
  isBusinessDay,
  type HolidayCalendar,
} from '../calendar/holiday-calendar.ts';
import { civilDateOf, instantAt } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';

export type LadderStep = { step: string; level: ChaserLevel; businessDays: number };

/**
 * The default ladder for anything an officer owes by a day D, in business days from D (domain default, grade P: a
 * force sets its own). The last step asks for a decision: the CPS is told, and a caseworker decides.
 */
export const ordinaryLadder: readonly LadderStep[] = [
  { step: 'notify', level: 'officer', businessDays: -5 },
  { step: 'remind', level: 'officer', businessDays: -2 },
  { step: 'due', level: 'officer', businessDays: 0 },
  { step: 'sergeant', level: 'sergeant', businessDays: 2 },
  { step: 'inspector', level: 'inspector', businessDays: 5 },
  { step: 'decision', level: 'caseworker', businessDays: 8 },
];

/** Compressed for custody cases, and when a custody or six-month limit is within 28 days. */
export const urgentLadder: readonly LadderStep[] = [
  { step: 'notify', level: 'officer', businessDays: -5 },
  { step: 'due', level: 'officer', businessDays: 0 },
  { step: 'sergeant', level: 'sergeant', businessDays: 1 },
  { step: 'inspector', level: 'inspector', businessDays: 2 },
  { step: 'decision', level: 'caseworker', businessDays: 3 },
];

/** What of a case makes its chasing urgent. */
export type ChaseContext = {
  inCustody: boolean;
  /** The nearest custody or six-month limit that stands, if any. */
  nearestLimit: CivilDate | null;
  /** The next hearing, if any. */
  nextHearing: CivilDate | null;
};

export type ChaseStep = { step: string; level: ChaserLevel; fireAt: Instant };

/** Whether the compressed ladder applies: custody, or a limit within 28 days of the day on which it is due. */
export function isUrgent(context: ChaseContext, dueOn: CivilDate): boolean {
  return context.inCustody || (context.nearestLimit !== null && context.nearestLimit <= addDays(dueOn, 28));
}

/** Whether an officer may be told at once: a custody limit or a hearing is less than two working days off. */
function mayTellAtOnce(context: ChaseContext, calendar: HolidayCalendar, today: CivilDate): boolean {
  const edge = onBusinessDays(calendar, today, 2);
  const near = (day: CivilDate | null) => day !== null && day >= today && day < edge;
  return near(context.nextHearing) || (context.inCustody && near(context.nearestLimit));
}

/**
 * When each step of a request fires: 08:00 in London on business days, in the order of the ladder. Of steps already
 * past only the latest is taken, and it waits for the next 08:00, or fires at once inside business hours where a
 * hearing or custody limit is less than two working days off. Pure.
 */
export function chaseSteps(
  dueOn: CivilDate,
  context: ChaseContext,
  calendar: HolidayCalendar,
  now: Instant,
): ChaseStep[] {
  const today = civilDateOf(now);
  const ladder = isUrgent(context, dueOn) ? urgentLadder : ordinaryLadder;
  const steps = ladder.map(({ step, level, businessDays }) => ({
    step,
    level,
    fireAt: instantAt(dayOf(step, businessDays, dueOn, context, calendar), '08:00'),
  }));
  keepOrder(steps);
  const past = steps.filter(({ fireAt }) => fireAt <= now);
  const coming = steps.filter(({ fireAt }) => fireAt > now);
  const latest = past.at(-1);
  if (latest === undefined) return coming;
  const at = nextMoment(now, calendar, mayTellAtOnce(context, calendar, today));
  const next = coming[0];
  return next !== undefined && next.fireAt <= at ? coming : [{ ...latest, fireAt: at }, ...coming];
}

/** The decision is needed no later than five business days before the hearing, whichever comes first. */
function dayOf(
  step: string,
  businessDays: number,
  dueOn: CivilDate,
  context: ChaseContext,
  calendar: HolidayCalendar,
): CivilDate {
  const day = onBusinessDays(calendar, dueOn, businessDays);
  if (step !== 'decision' || context.nextHearing === null) return day;
  const beforeHearing = onBusinessDays(calendar, context.nextHearing, -5);
  return beforeHearing < day && beforeHearing > dueOn ? beforeHearing : day;
}

/** A decision brought forward by a hearing brings the steps before it forward too: never two out of order. */
function keepOrder(steps: ChaseStep[]): void {
  for (let i = steps.length - 2; i >= 0; i--) {
    const [step, following] = [steps[i], steps[i + 1]];
    if (step && following && step.fireAt > following.fireAt) step.fireAt = following.fireAt;
  }
}

/** The next moment at which an officer may be sent a message: business hours, 08:00 to 18:00, of business days. */
export function nextMoment(now: Instant, calendar: HolidayCalendar, atOnce: boolean): Instant {
  const today = civilDateOf(now);
  const isOpen = isBusinessDay(calendar, today) === true;
  const opens = instantAt(today, '08:00');
  if (isOpen && now < opens) return opens;
  if (isOpen && atOnce && now < instantAt(today, '18:00')) return now;
  return instantAt(onBusinessDays(calendar, today, 1), '08:00');
}

/** Chasing is nobody's legal limit: beyond the loaded bank holidays it goes by the days as they come. */
function onBusinessDays(calendar: HolidayCalendar, from: CivilDate, days: number): CivilDate {
  const day = days === 0 ? businessDayOnOrAfter(calendar, from) : addBusinessDays(calendar, from, days);
  return typeof day === 'string' ? day : addDays(from, days);
}
