import type { CivilDate } from './civil-date.ts';
import { addDays, earliest, sayDate, sayDay } from './civil-date.ts';
import type { Counted } from './counted.ts';
import type { CustodyPeriod } from './custody-periods.ts';
import { daysInclusive, inOrder } from './custody-periods.ts';
import type { BeyondCalendar, HolidayCalendar } from './holiday-calendar.ts';
import { custodyLimitDayOnOrBefore } from './holiday-calendar.ts';
import { sayCount, sayMove } from './say-steps.ts';

export type CustodyCount =
  /** `rawEnd` is the end before it moves back. */
  | (Counted<CivilDate> & { rawEnd: CivilDate })
  /** On bail with days left: no limit is running. */
  | { kind: 'not-running'; daysUsed: number; daysLeft: number; steps: string[] }
  | BeyondCalendar;

/** The first remand, the first period here after days used before, or a later period. */
type Place = 'discounted' | 'carried-on' | 'again';

/**
 * `CTL`: a custody time limit. Prosecution of Offences (Custody Time Limits) Regulations 1987 (SI 1987/299):
 * reg 2(4), the first day of the first remand is not counted, once; reg 2(5), an end on a Saturday, Sunday,
 * Christmas Day, Good Friday or bank holiday moves back. Over several remands the days add up, and the day of
 * bail and the day of re-remand each count (CPS guidance on custody time limits). `alreadyUsed` are days used
 * against the limit before these periods; where there are any, the first day has had its discount there, and
 * the first day here counts.
 */
export function countCustody(
  cal: HolidayCalendar,
  periods: readonly CustodyPeriod[],
  limitDays: number,
  alreadyUsed = 0,
): CustodyCount {
  const steps =
    alreadyUsed > 0 ? [`${sayCount(alreadyUsed, 'day')} of the ${limitDays} were used before`] : [];
  let used = alreadyUsed;
  for (const [index, { from, to }] of inOrder(periods).entries()) {
    const place: Place = index > 0 ? 'again' : alreadyUsed > 0 ? 'carried-on' : 'discounted';
    const firstCounted = place === 'discounted' ? addDays(from, 1) : from;
    if (place === 'discounted') steps.push(`First day in custody, ${sayDate(from)}, is not counted`);
    const days = to === undefined ? Infinity : daysInclusive(firstCounted, to);
    if (used + days >= limitDays) {
      const rawEnd = addDays(firstCounted, limitDays - used - 1);
      steps.push(sayEnd(place, from, limitDays - used, rawEnd));
      return rolledBack(cal, rawEnd, steps);
    }
    used += days;
    if (to !== undefined) steps.push(sayPeriod(place, firstCounted, to, days));
  }
  const daysLeft = limitDays - used;
  steps.push(`On bail with ${sayCount(daysLeft, 'day')} left: no custody time limit is running`);
  return { kind: 'not-running', daysUsed: used, daysLeft, steps };
}

/**
 * Days used of a custody time limit, by the rule of `countCustody`: the first day not counted, days of bail
 * and of re-remand counted. An open period, and any that goes on later, counts up to and including `upTo`.
 */
export function custodyDaysUsed(periods: readonly CustodyPeriod[], upTo: CivilDate): number {
  let used = 0;
  for (const [index, { from, to }] of inOrder(periods).entries()) {
    used += daysInclusive(
      index === 0 ? addDays(from, 1) : from,
      to === undefined ? upTo : earliest(to, upTo),
    );
  }
  return used;
}

function rolledBack(cal: HolidayCalendar, rawEnd: CivilDate, steps: string[]): CustodyCount {
  const due = custodyLimitDayOnOrBefore(cal, rawEnd);
  if (typeof due !== 'string') return due;
  return { kind: 'counted', due, rawEnd, steps: [...steps, ...sayMove(cal, rawEnd, due)] };
}

function sayEnd(place: Place, from: CivilDate, daysLeft: number, end: CivilDate): string {
  if (daysLeft <= 0) return `The limit had run out before ${sayDate(from)}, by ${sayDay(end)}`;
  const ends = daysLeft === 1 ? 'ends' : 'end';
  if (place === 'discounted') return `${sayCount(daysLeft, 'day')} from then ${ends} on ${sayDay(end)}`;
  const last = daysLeft === 1 ? 'the last day is' : `the last ${daysLeft} days end on`;
  return `${sayInCustody(place)} on ${sayDate(from)}, which counts: ${last} ${sayDay(end)}`;
}

function sayPeriod(place: Place, firstCounted: CivilDate, to: CivilDate, days: number): string {
  if (days === 0) return 'Bailed the same day, so no day is used';
  const start = place === 'again' ? `${sayInCustody(place)}: ` : '';
  if (days === 1) return `${start}${sayDate(to)}, the day of bail, counts: 1 day used`;
  const period = `${sayDate(firstCounted)} to ${sayDate(to)}`;
  return `${start}${period}, the day of bail included: ${sayCount(days, 'day')} used`;
}

function sayInCustody(place: Place): string {
  return place === 'again' ? 'In custody again' : 'In custody';
}
