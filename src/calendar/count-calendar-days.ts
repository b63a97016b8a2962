import type { CivilDate } from './civil-date.ts';
import { addDays, addMonths, sayDate, sayDay } from './civil-date.ts';
import type { Counted } from './counted.ts';
import { sayCount, sayCountEnds, sayNotCounted } from './say-steps.ts';

/** What each takes as `label` names the day from which it counts: "The day of the offence". */

/**
 * `CD`: calendar days, the starting day excluded, ending at midnight with no roll, whatever day that is.
 * Radcliffe v Bartholomew [1892] 1 QB 161. For example RTOA 1988 s.1(1) (14 days), SI 2005/902 reg 2 (50 and
 * 70 days), CJA 1988 Sch 3 para 1 (28 days).
 */
export function countCalendarDays(from: CivilDate, days: number, label?: string): Counted<CivilDate> {
  const due = addDays(from, days);
  return counted(due, sayNotCounted(from, label), `${sayCountEnds(days, 'day')} on ${sayDay(due)}`);
}

/**
 * `MON`: months or years by statute, the starting day excluded, ending at midnight on the corresponding date,
 * or on the last day of a month that has none, with no roll. MCA 1980 s.127(1); CJA 1988 s.39A; RTOA 1988
 * s.6; Dodds v Walker [1981] 1 WLR 1027 (HL); DPP v Jackson [2025] EWHC 2797 (Admin).
 */
export function countMonths(from: CivilDate, months: number, label?: string): Counted<CivilDate> {
  const due = addMonths(from, months);
  const period = months % 12 === 0 ? sayCount(months / 12, 'year') : sayCount(months, 'month');
  const steps = [sayNotCounted(from, label)];
  if (due.slice(8) === from.slice(8)) {
    steps.push(`The same date ${period} on is ${sayDay(due)}, and that whole day is in time`);
  } else {
    const lastDay = `${sayDay(due)} is the last day of its month`;
    steps.push(
      `${period} on there is no day numbered ${Number(from.slice(8))}: ${lastDay}, and that whole day is in time`,
    );
  }
  return counted(due, ...steps);
}

/**
 * `CD-INCL`: a period "beginning with the day", which is day 1; no roll. For example RTA 1988 s.172(7)(a), as
 * it is believed to count. Authority for "beginning with": Trow v Ind Coope (West Midlands) Ltd [1967] 2 QB
 * 899 (CA).
 */
export function countDaysBeginningWith(from: CivilDate, days: number, label?: string): Counted<CivilDate> {
  const due = addDays(from, days - 1);
  const first = label === undefined ? sayDay(from) : `${label}, ${sayDay(from)},`;
  return counted(due, `${first} is day 1`, `Day ${days} is ${sayDay(due)}`);
}

/**
 * `CLR-`: "not less than N days before" a hearing, as clear days: neither the hearing nor the day of the act
 * is counted (the cautious reading). For example SI 1987/299 regs 6(1)(a) and 7(2); CrimPR 2025 r.14.21(2).
 */
export function countClearDaysBefore(hearing: CivilDate, days: number, label?: string): Counted<CivilDate> {
  const due = addDays(hearing, -(days + 1));
  const between =
    days === 1
      ? `1 clear day is ${sayDate(addDays(due, 1))}`
      : `${days} clear days are ${sayDate(addDays(due, 1))} to ${sayDate(addDays(hearing, -1))}`;
  return counted(due, sayNotCounted(hearing, label), between, `The last day before them is ${sayDay(due)}`);
}

/**
 * `NLT-`: "not later than N days before" a hearing: the day of the hearing is excluded, no roll. For example
 * RTOA 1988 s.16(3) and (4) (seven and three days).
 */
export function countDaysBefore(hearing: CivilDate, days: number, label?: string): Counted<CivilDate> {
  const due = addDays(hearing, -days);
  return counted(due, sayNotCounted(hearing, label), `${sayCount(days, 'day')} before it is ${sayDay(due)}`);
}

function counted(due: CivilDate, ...steps: string[]): Counted<CivilDate> {
  return { kind: 'counted', due, steps };
}
