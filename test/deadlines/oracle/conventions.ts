import type { Facts } from '../../../src/deadlines/facts.ts';
import { months, step, walk, workingDayForward, workingDays, type Day, type Holidays } from './days.ts';
import { dayOf, hoursAfter } from './london.ts';
import { served } from './service.ts';

/** A rule as the oracle understands it from the catalogue: its words, and its due date. */
export type Entry = { says: string; due: (facts: Facts, holidays: Holidays) => string };

type DayFact = {
  [Name in keyof Facts]-?: NonNullable<Facts[Name]> extends string ? Name : never;
}[keyof Facts];
export type From = DayFact | 'service';

/** The trigger day: of a fact, or of service, said or deemed. */
export function triggerDay(from: From, facts: Facts, holidays: Holidays): Day {
  if (from === 'service') return served(facts, holidays);
  const value = facts[from];
  if (value === undefined) throw new Error(`nothing says ${from}`);
  return dayOf(value);
}

/** `BD` and `WD`: so many business days after, the trigger day excluded; negative is before a hearing. */
export const businessDaysAfter = (n: number, from: From = 'service'): Entry => ({
  says: `${n} BD from ${from}`,
  due: (facts, holidays) => workingDays(triggerDay(from, facts, holidays), n, holidays),
});

/** `CD`: calendar days, the trigger day excluded, no roll. `NLT-` where negative: the hearing day excluded. */
export const calendarDaysAfter = (n: number, from: From = 'service'): Entry => ({
  says: `${n} CD from ${from}, no roll`,
  due: (facts, holidays) => walk(triggerDay(from, facts, holidays), n),
});

/** `CD>BD`: calendar days, then forward to a business day. `FLOOR` likewise. */
export const calendarDaysThenForward = (n: number, from: From): Entry => ({
  says: `${n} CD from ${from}, forward to a business day`,
  due: (facts, holidays) => workingDayForward(walk(triggerDay(from, facts, holidays), n), holidays),
});

/** `MON`: the same-numbered day, clamped to the end of the month, no roll. */
export const monthsAfter = (n: number, from: From): Entry => ({
  says: `${n} MON from ${from}, no roll`,
  due: (facts, holidays) => months(triggerDay(from, facts, holidays), n),
});

/** `CLR-`: not less than so many days before, both ends excluded. */
export const clearDaysBefore = (n: number, day: (facts: Facts, holidays: Holidays) => string): Entry => ({
  says: `${n} CLR- before`,
  due: (facts, holidays) => {
    let here = step(day(facts, holidays), -1);
    for (let clear = 0; clear < n; clear += 1) here = step(here, -1);
    return here;
  },
});

/** The same in business days: so many of them stand whole between the act and the hearing. */
export const clearBusinessDaysBefore = (n: number, from: From): Entry => ({
  says: `${n} CLR- BD before ${from}`,
  due: (facts, holidays) =>
    workingDays(workingDays(triggerDay(from, facts, holidays), -n, holidays), -1, holidays),
});

/** `HRS`: elapsed hours. */
export const hours = (n: number, from: DayFact): Entry => ({
  says: `${n} HRS from ${from}`,
  due: (facts) => hoursAfter(facts[from] ?? '', n),
});

/** The day itself, where something is due at once or by the day that was set. */
export const onTheDay = (from: From): Entry => ({
  says: `on the day of ${from}`,
  due: (facts, holidays) => triggerDay(from, facts, holidays),
});

/** Victims' Code: working days after receipt, fewer with enhanced rights. */
export const workingDaysAfterReceipt = (standard: number, enhanced: number): Entry => ({
  says: `${standard} WD after receipt, ${enhanced} enhanced`,
  due: (facts, holidays) =>
    workingDays(
      triggerDay('receivedAt', facts, holidays),
      facts.enhancedRights === true ? enhanced : standard,
      holidays,
    ),
});
