import { addDays, sayDate, sayDay, type CivilDate } from '../calendar/civil-date.ts';
import {
  countCustody,
  custodyDaysUsed,
  type CustodyCount,
  type CountResult,
  type CustodyPeriod,
} from '../calendar/counting.ts';
import { custodyLimitDayOnOrBefore } from '../calendar/holiday-calendar.ts';
import { sayMove } from '../calendar/say-steps.ts';
import { withAmount } from './adjustable-period.ts';
import { required, factLabels, type FactName, type Facts } from './facts.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { type CountFrom } from './periods.ts';
import type { Period, PeriodResult } from './rule.ts';

/** `CTL`: days of custody, all periods added up. An extension by the court replaces the day that was counted. */
export const custodyDays = (days: number, also: readonly FactName[] = []): Period =>
  withAmount(days, 'day', (limit) => ({
    says: `${limit} days of custody, the first day not counted, back to a working day`,
    needs: [['custody'], ...also.map((fact) => [fact])],
    optional: ['extendedUntil', 'extendedOn'],
    count: (facts, calendar): PeriodResult => {
      const custody = required(facts, 'custody');
      return asCustodyLimit(countCustody(calendar, custody, limit), custody, facts, calendar);
    },
  }));

/** The limit that was counted, or to which the court extended it; not running where bail came before it expired. */
function asCustodyLimit(
  counted: CustodyCount,
  custody: readonly CustodyPeriod[],
  facts: Facts,
  calendar: HolidayCalendar,
): PeriodResult {
  if (counted.kind === 'beyond-calendar') return counted;
  if (counted.kind === 'not-running') return { kind: 'not-running', steps: counted.steps };
  const extended = extend(counted.due, facts, calendar);
  if (extended.kind === 'beyond-calendar') return extended;
  const { due } = extended;
  const steps = [...counted.steps, ...extended.steps];
  const bailedOn = custody.at(-1)?.to;
  if (bailedOn !== undefined && bailedOn <= due)
    return {
      kind: 'not-running',
      steps: [...steps, `On bail since ${sayDay(bailedOn)}: no limit is running`],
    };
  return { kind: 'counted', due, steps };
}

/**
 * The limit as the court extended it. An expired limit cannot be extended (s.22(3) Prosecution of Offences Act 1985);
 * an extended one that ends on an excluded day ends on the day before it, as any limit does (reg 2(5) of SI 1987/299).
 */
function extend(due: CivilDate, facts: Facts, calendar: HolidayCalendar): CountResult<CivilDate> {
  const { extendedUntil, extendedOn } = facts;
  if (extendedUntil === undefined) return { kind: 'counted', due, steps: [] };
  if (extendedOn !== undefined && extendedOn > due) {
    const late = `The extension given on ${sayDay(extendedOn)} came after the limit had expired on ${sayDay(due)}`;
    return { kind: 'counted', due, steps: [`${late}: an expired limit cannot be extended`] };
  }
  const rolled = custodyLimitDayOnOrBefore(calendar, extendedUntil);
  if (typeof rolled !== 'string') return rolled;
  const steps = [
    `The court extended the limit to ${sayDay(extendedUntil)}`,
    ...sayMove(calendar, extendedUntil, rolled),
  ];
  return { kind: 'counted', due: rolled, steps };
}

/** Goes back from the day on which a custody time limit expires: given as such, or worked out from the custody. */
export function beforeCustodyExpiry(limit: number, says: string, count: CountFrom): Period {
  const expiry = custodyDays(limit);
  return {
    says: `${says} the day on which the custody time limit expires`,
    needs: [['expiresOn', 'custody']],
    optional: ['extendedUntil', 'extendedOn'],
    count: (facts, calendar) => {
      if (facts.expiresOn !== undefined) return count(calendar, facts.expiresOn, factLabels.expiresOn);
      const expires = expiry.count(facts, calendar);
      if (expires.kind !== 'counted') return expires;
      const counted = count(calendar, expires.due, factLabels.expiresOn);
      return counted.kind === 'counted'
        ? { ...counted, steps: [...expires.steps, ...counted.steps] }
        : counted;
    },
  };
}

/**
 * `CTL` after a case came back from the Crown Court: the days between sending and remittal are not counted (DPP v
 * Lewes Crown Court [2024] EWHC 1885 (Admin)). Days before sending are, on the safe side; the discount of the first
 * day was theirs.
 */
export const custodyDaysOutsideCrownCourt = (days: number): Period =>
  withAmount(days, 'day', (limit) => ({
    says: `${limit} days of custody, those between sending and remittal not counted, back to a working day`,
    needs: [['custody'], ['sentToCrownCourtOn'], ['remittedOn']],
    optional: ['extendedUntil', 'extendedOn'],
    count: (facts, calendar) => countOutsideCrownCourt(facts, calendar, limit),
  }));

function countOutsideCrownCourt(facts: Facts, calendar: HolidayCalendar, limit: number): PeriodResult {
  const sentOn = required(facts, 'sentToCrownCourtOn');
  const remittedOn = required(facts, 'remittedOn');
  const custody = required(facts, 'custody');
  const before = between(custody, undefined, sentOn);
  const after = between(custody, remittedOn, undefined);
  const used = before.length === 0 ? 0 : custodyDaysUsed(before, sentOn);
  const leftOut = `Custody between the sending on ${sayDate(sentOn)} and the remittal on ${sayDate(remittedOn)} is not counted`;
  if (after.length === 0) return { kind: 'not-running', steps: [leftOut, 'On bail since the remittal'] };
  // Sent on the first day: that day had the discount, so the day of remittal counts.
  const sentAtOnce = used === 0 && before.length > 0;
  const counted = sentAtOnce
    ? countCustody(calendar, [{ from: sentOn, to: sentOn }, ...after], limit)
    : countCustody(calendar, after, limit, used);
  if (counted.kind === 'beyond-calendar') return counted;
  const steps = [leftOut, ...(sentAtOnce ? counted.steps.slice(-2) : counted.steps)];
  return asCustodyLimit({ ...counted, steps }, custody, facts, calendar);
}

/**
 * The days of a custody time limit that are used by the end of a day, from the facts by which it was counted: custody
 * in the Crown Court before a remittal is not used.
 */
export function limitDaysUsed(facts: Facts, upTo: CivilDate): number {
  const custody = required(facts, 'custody').filter(({ from }) => from <= upTo);
  const { sentToCrownCourtOn: sentOn, remittedOn } = facts;
  if (custody.length === 0) return 0;
  if (sentOn === undefined || remittedOn === undefined || remittedOn > upTo)
    return custodyDaysUsed(custody, upTo);
  const before = between(custody, undefined, sentOn);
  const after = between(custody, remittedOn, undefined);
  const used = before.length === 0 ? 0 : custodyDaysUsed(before, sentOn);
  // The first day is not counted, once: where there was one before the sending, the first day after the remittal counts.
  const whole = after.length === 0 ? 0 : custodyDaysUsed(after, upTo) + (before.length > 0 ? 1 : 0);
  return used + whole;
}

/** The parts of stays in custody from one day to another, both included. */
export function between(
  custody: readonly CustodyPeriod[],
  from: CivilDate | undefined,
  to: CivilDate | undefined,
): { from: CivilDate; to?: CivilDate }[] {
  return custody.flatMap((period) => {
    const begins = from === undefined || period.from > from ? period.from : from;
    const ends = to !== undefined && (period.to === undefined || period.to > to) ? to : period.to;
    if (ends === undefined) return [{ from: begins }];
    return ends < begins ? [] : [{ from: begins, to: ends }];
  });
}

/** The day before, for a step that must be taken within the days before an expiry. */
export const dayBefore: CountFrom = (_calendar, from, label) => ({
  kind: 'counted',
  due: addDays(from, -1),
  steps: [`The last day before ${label}, ${sayDate(from)}, is ${sayDate(addDays(from, -1))}`],
});
