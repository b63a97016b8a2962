import { sayDate, type CivilDate } from '../calendar/civil-date.ts';
import { addBusinessDays, businessDayOnOrAfter, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { CaseState, Cause } from '../deadlines/case-state.ts';
import type { ComputedDeadline } from '../deadlines/compute.ts';
import { custodyCause } from './causes.ts';

/** A day by which something is wanted, and how it was come by. */
export type DueDay = { dueOn: CivilDate; dueWhy: string };

const byDefault = '(default of the hub, grade P)';

/**
 * When the file is due: the day of the deadline for the file where there is one, which the force may have set; otherwise
 * five working days after charge, and never less than five before the hearing. No national figure was found: grade P.
 * In custody it is the next working day, and never is it before the working day after the case was received, since
 * nobody could meet that.
 */
export function fileDue(
  state: CaseState,
  calendar: HolidayCalendar,
  computed: readonly ComputedDeadline[],
): DueDay {
  const received = civilDateOf(state.registered.receivedAt);
  const soonest = {
    dueOn: workingDayAfter(calendar, received, 1),
    dueWhy: `the working day after the case was received ${byDefault}`,
  };
  const usual = deadlineDay(computed, 'file-to-cps-post-charge') ?? fromCharge(state, calendar, received);
  const held = custodyCause(state);
  const inCustody = held === undefined ? usual : earlier(usual, custodyDue(held, calendar));
  return inCustody.dueOn < soonest.dueOn ? soonest : inCustody;
}

function fromCharge(state: CaseState, calendar: HolidayCalendar, received: CivilDate): DueDay {
  const charged = state.defendants
    .flatMap(({ offences }) => offences.map(({ chargedOn }) => chargedOn))
    .filter((day) => day !== undefined)
    .sort()[0];
  const hearing = state.hearings.map(({ on }) => on).sort()[0];
  const fiveAfter = {
    dueOn: workingDayAfter(calendar, charged ?? received, 5),
    dueWhy: `five working days after ${charged === undefined ? 'the case was received' : 'charge'} ${byDefault}`,
  };
  if (hearing === undefined) return fiveAfter;
  const fiveBefore = {
    dueOn: workingDayAfter(calendar, hearing, -5),
    dueWhy: `five working days before the hearing ${byDefault}`,
  };
  return earlier(fiveAfter, fiveBefore);
}

/** When the upgrade file is due: by its deadline, which a direction of the court sets; else ten working days after plea. */
export function upgradeDue(
  denied: Cause,
  calendar: HolidayCalendar,
  computed: readonly ComputedDeadline[],
): DueDay {
  return (
    deadlineDay(computed, 'upgrade-file') ?? {
      dueOn: workingDayAfter(calendar, denied.on, 10),
      dueWhy: `ten working days after the plea ${byDefault}`,
    }
  );
}

/** When something is due that an event adds to the file: no sooner than can be met by who learns of the event. */
export function addedDue(cause: Cause, state: CaseState, calendar: HolidayCalendar): DueDay {
  if (custodyCause(state) !== undefined) return custodyDue(cause, calendar);
  return {
    dueOn: daysAfter(cause, calendar, 5),
    dueWhy: `five working days after it was called for ${byDefault}`,
  };
}

/** Working days that somebody has set, counted from when the hub learned of the event. */
export function setDue(days: number, cause: Cause, calendar: HolidayCalendar): DueDay {
  const counted = days === 1 ? 'one working day' : `${days} working days`;
  return {
    dueOn: daysAfter(cause, calendar, days),
    dueWhy: `${counted} after it was called for, as was asked`,
  };
}

/**
 * When something is due again that was rejected: five working days, one in custody, and before the next hearing where
 * that is nearer; never today. No figure exists: a default of the hub, grade P.
 */
export function resupplyDue(on: CivilDate, state: CaseState, calendar: HolidayCalendar): DueDay {
  if (custodyCause(state) !== undefined)
    return {
      dueOn: workingDayAfter(calendar, on, 1),
      dueWhy: `the working day after it was rejected, a defendant being in custody ${byDefault}`,
    };
  const five = {
    dueOn: workingDayAfter(calendar, on, 5),
    dueWhy: `five working days after it was rejected ${byDefault}`,
  };
  const hearing = state.hearings
    .filter((one) => one.state === 'listed' && one.on > on)
    .map((one) => one.on)
    .sort()[0];
  if (hearing === undefined) return five;
  const soonest = workingDayAfter(calendar, on, 1);
  const dayBefore = workingDayAfter(calendar, hearing, -1);
  return earlier(five, {
    dueOn: dayBefore < soonest ? soonest : dayBefore,
    dueWhy: `before the hearing of ${sayDate(hearing)} ${byDefault}`,
  });
}

function custodyDue(cause: Cause, calendar: HolidayCalendar): DueDay {
  return {
    dueOn: daysAfter(cause, calendar, 1),
    dueWhy: `the next working day, a defendant being in custody ${byDefault}`,
  };
}

function deadlineDay(computed: readonly ComputedDeadline[], rule: string): DueDay | undefined {
  const found = computed.find((deadline) => deadline.rule === rule);
  if (found?.actionDue == null) return undefined;
  const figure = found.setting === null ? 'the default of the hub' : 'as the force has set it';
  return { dueOn: found.actionDue, dueWhy: `by the deadline ${rule}: ${figure}, grade P` };
}

function daysAfter(cause: Cause, calendar: HolidayCalendar, days: number): CivilDate {
  const learned = civilDateOf(cause.receivedAt);
  return workingDayAfter(calendar, learned > cause.on ? learned : cause.on, days);
}

const earlier = (a: DueDay, b: DueDay): DueDay => (b.dueOn < a.dueOn ? b : a);

/** Beyond the loaded bank holidays a chase goes by weekdays alone: it is nobody's legal limit. */
function workingDayAfter(calendar: HolidayCalendar, from: CivilDate, days: number): CivilDate {
  const day = addBusinessDays(calendar, from, days);
  if (typeof day === 'string') return day;
  const start = businessDayOnOrAfter(calendar, from);
  return typeof start === 'string' ? start : from;
}
