import type { Facts } from '../../../src/deadlines/facts.ts';
import { mayCustodyLimitEnd, step, type Day, type Holidays } from './days.ts';

export const NOT_RUNNING = 'not running';

type Periods = NonNullable<Facts['custody']>;

const inCustody = (day: Day, periods: Periods): boolean =>
  periods.some(({ from, to }) => day >= from && (to === undefined || day <= to));

/** Back to a day on which a custody time limit may end (reg 2(5)). */
export function rolledBack(day: Day, holidays: Holidays): Day {
  let here = day;
  while (!mayCustodyLimitEnd(here, holidays)) here = step(here, -1);
  return here;
}

/**
 * The day on which so many days in custody are up, walked day by day. The day of first remand is not counted, once
 * only; the days of bail and of every later remand are (`ctl-bail-gap`). It is not running
 * for a defendant who was bailed with it unexpired; one that expired before bail stands.
 * @param counts which days in custody count at all
 */
export function custodyLimit(
  facts: Facts,
  days: number,
  holidays: Holidays,
  counts: (day: Day) => boolean = () => true,
): Day {
  const periods = facts.custody ?? [];
  const first = periods[0]?.from;
  const last = periods.at(-1);
  if (first === undefined || last === undefined) throw new Error('no custody');
  const unlessBailed = (expiry: Day): Day => {
    const limit = rolledBack(expiry, holidays);
    return last.to !== undefined && last.to <= limit ? NOT_RUNNING : limit;
  };
  let left = days;
  for (let day = step(first, 1); left > 0; day = step(day, 1)) {
    if (last.to !== undefined && day > last.to) return NOT_RUNNING;
    if (inCustody(day, periods) && counts(day)) left -= 1;
    if (left === 0) return unlessBailed(extendedFrom(day, facts, holidays));
  }
  throw new Error('no days in the limit');
}

/** The day to which the court extended a limit, unless it had expired by then: an expired one cannot be (s.22(3)). */
function extendedFrom(expiry: Day, { extendedUntil, extendedOn }: Facts, holidays: Holidays): Day {
  const inTime = extendedOn === undefined || extendedOn <= rolledBack(expiry, holidays);
  return extendedUntil !== undefined && inTime ? extendedUntil : expiry;
}

/**
 * 70 days less those spent in the magistrates' custody before sending; days in the Crown Court's custody do not count
 * (DPP v Lewes Crown Court; U12 takes the safe date). The days of sending and of remittal are the magistrates' too.
 */
export function remittedLimit(facts: Facts, holidays: Holidays): Day {
  const { sentToCrownCourtOn: sent = '', remittedOn: remitted = '' } = facts;
  return custodyLimit(facts, 70, holidays, (day) => day <= sent || day >= remitted);
}
