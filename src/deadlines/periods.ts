import { sayDay, type CivilDate } from '../calendar/civil-date.ts';
import {
  countBusinessDays,
  countBusinessDaysBefore,
  countCalendarDays,
  countCalendarDaysThenForward,
  countClearBusinessDaysBefore,
  countClearDaysBefore,
  countDaysBefore,
  countDaysBeginningWith,
  countFloor,
  countHours,
  countMonths,
  countWorkingDays,
  type CountResult,
  type FloorPeriod,
} from '../calendar/counting.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf, sayInstant } from '../calendar/london-time.ts';
import { sayCount } from '../calendar/say-steps.ts';
import { deemedService } from '../calendar/service.ts';
import { withAmount } from './adjustable-period.ts';
import { factLabels, required, type FactName, type Facts } from './facts.ts';
import type { Period } from './rule.ts';

/** Names of facts that are one civil date. */
export type DateFact = {
  [Name in FactName]: Required<Facts>[Name] extends string
    ? Name extends `${string}On`
      ? Name
      : never
    : never;
}[FactName];
/** Names of facts that are one instant. */
export type InstantFact = 'receivedAt' | 'arrestedAt' | 'issuedAt' | 'submittedAt' | 'oralNoticeAt';

type DayResult = CountResult<CivilDate>;
export type CountFrom = (calendar: HolidayCalendar, from: CivilDate, label: string) => DayResult;

/** A period that begins on (or goes back from) the day that one fact names. */
function fromDate(fact: DateFact, says: string, count: CountFrom): Period {
  return {
    says: `${says} ${factLabels[fact]}`,
    needs: [[fact]],
    count: (facts, calendar) => count(calendar, required(facts, fact), factLabels[fact]),
  };
}

/** `CD`: calendar days after, no roll. */
export const calendarDaysAfter = (amount: number, fact: DateFact): Period =>
  withAmount(amount, 'day', (days) =>
    fromDate(fact, `${sayCount(days, 'day')} after`, (_calendar, from, label) =>
      countCalendarDays(from, days, label),
    ),
  );

/** `CD-INCL`: days beginning with the day. */
export const daysBeginningWith = (amount: number, fact: DateFact): Period =>
  withAmount(amount, 'day', (days) =>
    fromDate(fact, `${sayCount(days, 'day')} beginning with`, (_calendar, from, label) =>
      countDaysBeginningWith(from, days, label),
    ),
  );

/** `CD>BD`: calendar days after, forward to a business day; the defence statement only. */
export const calendarDaysThenForward = (amount: number, fact: DateFact): Period =>
  withAmount(amount, 'day', (days) =>
    fromDate(fact, `${sayCount(days, 'day')}, forward to a business day, after`, (calendar, from, label) =>
      countCalendarDaysThenForward(calendar, from, days, label),
    ),
  );

/** `BD`: business days after. */
export const businessDaysAfter = (amount: number, fact: DateFact): Period =>
  withAmount(amount, 'business day', (days) =>
    fromDate(fact, `${sayCount(days, 'business day')} after`, (calendar, from, label) =>
      countBusinessDays(calendar, from, days, label),
    ),
  );

/** `WD`: working days of guidance after. */
export const workingDaysAfter = (amount: number, fact: DateFact): Period =>
  withAmount(amount, 'working day', (days) =>
    fromDate(fact, `${sayCount(days, 'working day')} after`, (calendar, from, label) =>
      countWorkingDays(calendar, from, days, label),
    ),
  );

/** `MON`: months after, to the corresponding date. */
export const monthsAfter = (amount: number, fact: DateFact): Period =>
  withAmount(amount, 'month', (months) =>
    fromDate(fact, `${sayCount(months, 'month')} after`, (_calendar, from, label) =>
      countMonths(from, months, label),
    ),
  );

/** `CLR-`: clear calendar days before. */
export const clearDaysBefore = (amount: number, fact: DateFact): Period =>
  withAmount(amount, 'clear day', (days) =>
    fromDate(fact, `not less than ${sayCount(days, 'clear day')} before`, (_calendar, from, label) =>
      countClearDaysBefore(from, days, label),
    ),
  );

/** `CLR-` in business days. */
export const clearBusinessDaysBefore = (amount: number, fact: DateFact): Period =>
  withAmount(amount, 'clear business day', (days) =>
    fromDate(fact, `not less than ${sayCount(days, 'clear business day')} before`, (calendar, from, label) =>
      countClearBusinessDaysBefore(calendar, from, days, label),
    ),
  );

/** `NLT-`: not later than so many days before. */
export const daysBefore = (amount: number, fact: DateFact): Period =>
  withAmount(amount, 'day', (days) =>
    fromDate(fact, `not later than ${sayCount(days, 'day')} before`, (_calendar, from, label) =>
      countDaysBefore(from, days, label),
    ),
  );

/** `NLT-` in business days. */
export const businessDaysBefore = (amount: number, fact: DateFact): Period =>
  withAmount(amount, 'business day', (days) =>
    fromDate(fact, `not later than ${sayCount(days, 'business day')} before`, (calendar, from, label) =>
      countBusinessDaysBefore(calendar, from, days, label),
    ),
  );

/** The day itself, such as the beginning of the day of a hearing. */
export const onTheDay = (fact: DateFact, says = 'on'): Period =>
  fromDate(fact, says, (_calendar, from, label) => ({
    kind: 'counted',
    due: from,
    steps: [`Due on ${label}, ${sayDay(from)}`],
  }));

/** `FLOOR`: nothing may be done until after this day. */
export const notBefore = (period: FloorPeriod, fact: DateFact): Period =>
  fromDate(fact, `not before the end of ${sayFloor(period)} after`, (calendar, from, label) => {
    const counted = countFloor(calendar, from, period, label);
    return counted.kind === 'counted' ? { kind: 'counted', due: counted.due, steps: counted.steps } : counted;
  });

/** `HRS`: elapsed hours after an instant. */
export const hoursAfter = (amount: number, fact: InstantFact): Period =>
  withAmount(amount, 'hour', (hours) => ({
    says: `${sayCount(hours, 'hour')} after ${factLabels[fact]}`,
    needs: [[fact]],
    count: (facts) => countHours(required(facts, fact), hours),
  }));

/** Calendar days after the London date of an instant. */
export const calendarDaysAfterInstant = (amount: number, fact: InstantFact): Period =>
  withAmount(amount, 'day', (days) => ({
    says: `${sayCount(days, 'day')} after ${factLabels[fact]}`,
    needs: [[fact]],
    count: (facts) => withReceipt(fact, facts, (on, label) => countCalendarDays(on, days, label)),
  }));

/** `WD` after the London date of an instant. */
export const workingDaysAfterInstant = (amount: number, fact: InstantFact): Period =>
  withAmount(amount, 'working day', (days) => ({
    says: `${sayCount(days, 'working day')} after ${factLabels[fact]}`,
    needs: [[fact]],
    count: (facts, calendar) =>
      withReceipt(fact, facts, (on, label) => countWorkingDays(calendar, on, days, label)),
  }));

/**
 * `WD` from the receipt of information; a shorter period where the person has enhanced rights. A force replaces the
 * standard number; whoever has enhanced rights is never owed it later than others.
 */
export const workingDaysFromReceipt = (amount: number, enhanced: number): Period =>
  withAmount(amount, 'working day', (standard) => receiptPeriod(standard, Math.min(standard, enhanced)));

const receiptPeriod = (standard: number, enhanced: number): Period => ({
  says:
    standard === enhanced
      ? `${sayCount(standard, 'working day')} after the information is received`
      : `${sayCount(standard, 'working day')} after the information is received, ${enhanced} with enhanced rights`,
  needs: [['receivedAt']],
  optional: ['enhancedRights'],
  count: (facts, calendar) => {
    const days = facts.enhancedRights === true ? enhanced : standard;
    const counted = withReceipt('receivedAt', facts, (on, label) =>
      countWorkingDays(calendar, on, days, label),
    );
    if (counted.kind !== 'counted' || standard === enhanced) return counted;
    const why =
      facts.enhancedRights === true ? 'The person has enhanced rights' : 'The person has standard rights';
    return { ...counted, steps: [`${why}: ${sayCount(days, 'working day')}`, ...counted.steps] };
  },
});

/** The earliest of several periods, all of which apply. */
export const earliestOf = (...periods: readonly [Period, Period, ...Period[]]): Period =>
  oneOf('earlier', 'earliest', periods);

/** The latest of several periods, where any of them is enough. */
export const latestOf = (...periods: readonly [Period, Period, ...Period[]]): Period =>
  oneOf('later', 'latest', periods);

function oneOf(which: 'earlier' | 'later', superlative: string, periods: readonly Period[]): Period {
  return {
    says: `the ${superlative} of: ${periods.map((period) => period.says).join('; ')}`,
    needs: periods.flatMap((period) => period.needs),
    optional: periods.flatMap((period) => period.optional ?? []),
    count: (facts, calendar) => {
      const results: { due: string; steps: string[] }[] = [];
      for (const period of periods) {
        const result = period.count(facts, calendar);
        if (result.kind !== 'counted') return result;
        results.push(result);
      }
      const steps = results.flatMap((result) => result.steps);
      const dues = results.map((result) => result.due).sort();
      const due = dues.at(which === 'earlier' ? 0 : -1) ?? '';
      return { kind: 'counted', due, steps: [...steps, `The ${which} of these dates is the limit`] };
    },
  };
}

/** One count from whichever of several days is known, the first named first. */
export function fromEither(
  says: string,
  count: CountFrom,
  ...facts: readonly [DateFact, ...DateFact[]]
): Period {
  return {
    says: `${says} ${facts.map((fact) => factLabels[fact]).join(' or ')}`,
    needs: [facts],
    count: (given, calendar) => {
      const fact = facts.find((name) => given[name] !== undefined) ?? facts[0];
      return count(calendar, required(given, fact), factLabels[fact]);
    },
  };
}

/** Deemed service itself, as a rule that the calculator offers. */
export const deemedServiceDay: Period = {
  says: 'the day on which a document is taken to be served, by how and when it was sent',
  needs: [['method'], ['at']],
  count: (facts, calendar) =>
    deemedService(calendar, { method: required(facts, 'method'), at: required(facts, 'at') }),
};

function withReceipt(
  fact: InstantFact,
  facts: Facts,
  count: (on: CivilDate, label: string) => DayResult,
): DayResult {
  const instant = required(facts, fact);
  const on = civilDateOf(instant);
  const counted = count(on, factLabels[fact]);
  if (counted.kind !== 'counted') return counted;
  return { ...counted, steps: [`Received at ${sayInstant(instant)}`, ...counted.steps] };
}

function sayFloor(period: FloorPeriod): string {
  const [unit, count] = Object.entries(period)[0] as [string, number];
  return `${count} ${unit}`;
}
