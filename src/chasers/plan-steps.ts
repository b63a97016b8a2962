import type { ChaserLevel } from '../../db/schema/materials.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import { isBusinessDay, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { onBusinessDays } from './business-hours.ts';
import { defaultLadder, isUrgent, type ChaseContext, type ChasingLadder, type LadderStep } from './ladder.ts';

export type PlannedStep = { step: string; level: ChaserLevel; on: CivilDate };

/** When each step of what is due on a day would come, were nothing late, held or sent already. */
export type Plan = {
  steps: readonly PlannedStep[];
  /** From when a custody limit or a hearing is less than two working days off, and its day. */
  critical: { from: CivilDate; day: CivilDate } | null;
};

/** The step by which an officer hears that something has turned critical; no ladder has one of the name. */
export const criticalStep = 'critical';

/**
 * The days of a ladder for what is due on a day. A step that must come before a hearing brings those before it forward
 * too: never two out of order. Pure.
 */
export function planSteps(
  dueOn: CivilDate,
  context: ChaseContext,
  ladder: ChasingLadder,
  calendar: HolidayCalendar,
): Plan & { urgent: boolean } {
  const urgent = isUrgent(ladder, context, dueOn, calendar);
  const steps = (urgent ? ladder.compressed : ladder.ordinary).map((step) => ({
    step: step.step,
    level: step.level,
    on: dayOf(step, dueOn, context.nextHearing, calendar),
  }));
  for (let i = steps.length - 2; i >= 0; i--) {
    const [step, following] = [steps[i], steps[i + 1]];
    if (step && following && step.on > following.on) step.on = following.on;
  }
  return { steps, critical: criticalFrom(context, calendar), urgent };
}

function dayOf(
  { businessDays, beforeHearing }: LadderStep,
  dueOn: CivilDate,
  hearing: CivilDate | null,
  calendar: HolidayCalendar,
): CivilDate {
  const day = onBusinessDays(calendar, dueOn, businessDays);
  if (beforeHearing === undefined || hearing === null) return day;
  const latest = onBusinessDays(calendar, hearing, -beforeHearing);
  return latest < day && latest > dueOn ? latest : day;
}

/** The first business day on which the nearer of a custody limit and a hearing is less than two working days off. */
function criticalFrom(
  { custodyLimit, nextHearing }: ChaseContext,
  calendar: HolidayCalendar,
): Plan['critical'] {
  const [day] = [custodyLimit, nextHearing].filter((one) => one !== null).sort();
  if (day === undefined) return null;
  const from =
    isBusinessDay(calendar, day) === true
      ? onBusinessDays(calendar, day, -1)
      : onBusinessDays(calendar, onBusinessDays(calendar, day, 0), -2);
  return { from, day };
}

/** A plan as it is stored with a request, one word for each step: `sergeant/sergeant/2026-06-24`. */
export function writePlan({ steps, critical }: Plan): string {
  const words = steps.map(({ step, level, on }) => `${step}/${level}/${on}`);
  return [...words, ...(critical === null ? [] : [`${criticalStep}/${critical.from}/${critical.day}`])].join(
    ' ',
  );
}

/** The plan that was stored; one of no steps where none was. */
export function readPlan(text: string | null): Plan {
  const words = (text ?? '')
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => word.split('/'));
  const [critical] = words.filter(([step]) => step === criticalStep);
  return {
    steps: words
      .filter(([step]) => step !== criticalStep)
      .map(([step = '', level = '', on = '']) => ({ step, level: level as ChaserLevel, on })),
    critical: critical === undefined ? null : { from: critical[1] ?? '', day: critical[2] ?? '' },
  };
}

/** Whose a step of a stored plan is; where none was stored, by the hub's own ladder. */
export function levelOf(plan: Plan, step: string): ChaserLevel {
  if (step === criticalStep) return 'officer';
  const known = [...plan.steps, ...defaultLadder.ordinary, ...defaultLadder.compressed];
  return known.find((one) => one.step === step)?.level ?? 'caseworker';
}
