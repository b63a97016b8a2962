import type { CivilDate } from './civil-date.ts';
import { compare, daysBetween, isCivilDate, sayDate } from './civil-date.ts';

/** A period of remand in custody; `to` is the day of bail, absent while in custody still. */
export type CustodyPeriod = { from: CivilDate; to?: CivilDate | undefined };

/**
 * What is wrong with periods of custody, in words for whoever entered them; null where they can be counted.
 */
export function custodyPeriodsProblem(periods: readonly CustodyPeriod[]): string | null {
  if (periods.length === 0) return 'At least one period of custody is needed';
  for (const { from, to } of periods) {
    if (!isCivilDate(from)) return `${String(from)} is not a date`;
    if (to !== undefined && !isCivilDate(to)) return `${String(to)} is not a date`;
    if (to !== undefined && to < from) return `Custody from ${sayDate(from)} cannot end on ${sayDate(to)}`;
  }
  const open = periods.filter(({ to }) => to === undefined);
  const [first] = open;
  if (first === undefined) return null;
  if (open.length > 1) return 'Only the last period of custody can be without an end';
  const after = periods.find(({ from }) => from > first.from);
  return after === undefined
    ? null
    : `Custody from ${sayDate(first.from)} has no end, but there is a later period from ${sayDate(after.from)}`;
}

/**
 * The periods in order, those that share a day made one: no day is used twice. (A day of bail and a day of
 * re-remand each count; where they are the same day, custody was never broken.)
 */
export function inOrder(periods: readonly CustodyPeriod[]): CustodyPeriod[] {
  const problem = custodyPeriodsProblem(periods);
  if (problem !== null) throw new RangeError(problem);
  const merged: CustodyPeriod[] = [];
  for (const period of [...periods].sort((a, b) => compare(a.from, b.from))) {
    const last = merged.at(-1);
    if (last === undefined || (last.to !== undefined && last.to < period.from)) merged.push({ ...period });
    else if (last.to !== undefined && (period.to === undefined || period.to > last.to)) last.to = period.to;
  }
  return merged;
}

/** Days from one to another with both counted; none where the second is earlier. */
export function daysInclusive(from: CivilDate, to: CivilDate): number {
  return Math.max(0, daysBetween(from, to) + 1);
}
