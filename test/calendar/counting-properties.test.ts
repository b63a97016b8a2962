import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENGLAND_AND_WALES as cal } from '../../src/calendar/bank-holidays-data.ts';
import { addDays, addMonths, dateOfDayNumber, dayNumber } from '../../src/calendar/civil-date.ts';
import {
  countBusinessDays,
  countCalendarDaysThenForward,
  countCustody,
  countFloor,
  custodyDaysUsed,
} from '../../src/calendar/counting.ts';
import type { HolidayCalendar } from '../../src/calendar/holiday-calendar.ts';
import {
  addBusinessDays,
  businessDayOnOrBefore,
  businessDaysBetween,
  isBusinessDay,
  withHoliday,
} from '../../src/calendar/holiday-calendar.ts';
import { civilDateOf, endOfDay, instantAt } from '../../src/calendar/london-time.ts';
import { deemedService, SERVICE_METHODS } from '../../src/calendar/service.ts';

const dateIn = (from: string, to: string): fc.Arbitrary<string> =>
  fc.integer({ min: dayNumber(from), max: dayNumber(to) }).map(dateOfDayNumber);
const date = dateIn('2001-01-01', '2027-06-30');
const days = fc.integer({ min: 1, max: 60 });
const due = (result: { kind: string; due?: string }): string => {
  if (result.due === undefined) throw new Error(result.kind);
  return result.due;
};

type Count = (on: HolidayCalendar, from: string, n: number) => string;
const forwardCounts: Array<[string, Count]> = [
  ['business days', (on, from, n) => due(countBusinessDays(on, from, n))],
  ['calendar days that move forward', (on, from, n) => due(countCalendarDaysThenForward(on, from, n))],
  ['a retention period', (on, from, n) => due(countFloor(on, from, { days: n }))],
  ...SERVICE_METHODS.map((method): [string, Count] => [
    `service by ${method}`,
    (on, from) => due(deemedService(on, { method, at: from })),
  ]),
];
const custody: Count = (on, from, n) => due(countCustody(on, [{ from }], n));

describe('for every date', () => {
  it.each(forwardCounts)('one more holiday never makes %s end earlier', (_name, count) => {
    const near = fc.tuple(date, days, fc.integer({ min: -5, max: 100 }));
    fc.assert(
      fc.property(near, ([from, n, offset]) => {
        const more = withHoliday(cal, addDays(from, offset), 'Proclaimed');
        expect(count(more, from, n) >= count(cal, from, n)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('one more holiday never makes a custody limit end later', () => {
    fc.assert(
      fc.property(
        date,
        fc.integer({ min: 1, max: 182 }),
        fc.integer({ min: -6, max: 2 }),
        (from, n, offset) => {
          const more = withHoliday(cal, addDays(from, n + offset), 'Proclaimed');
          expect(custody(more, from, n) <= custody(cal, from, n)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([...forwardCounts, ['a custody limit', custody] as [string, Count]])(
    'a day later at the start never makes %s end earlier',
    (_name, count) => {
      fc.assert(
        fc.property(date, days, (from, n) => {
          expect(count(cal, addDays(from, 1), n) >= count(cal, from, n)).toBe(true);
        }),
      );
    },
  );

  it('adding business days is undone by taking them away, and counted by the days between', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -60, max: 60 }), (any, n) => {
        const start = businessDayOnOrBefore(cal, addDays(any, 120)) as string;
        const end = addBusinessDays(cal, start, n) as string;
        expect(isBusinessDay(cal, end)).toBe(true);
        expect(addBusinessDays(cal, end, -n)).toBe(start);
        expect(businessDaysBetween(cal, start, end)).toBe(n);
      }),
    );
  });

  it('adding business days agrees with counting them one by one', () => {
    fc.assert(
      fc.property(date, days, (from, n) => {
        let day = from;
        for (let left = n; left > 0;) {
          day = addDays(day, 1);
          if (isBusinessDay(cal, day) === true) left -= 1;
        }
        expect(addBusinessDays(cal, from, n)).toBe(day);
      }),
    );
  });

  it('adding months keeps the day, or clamps it to the end of the right month', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -60, max: 60 }), (from, n) => {
        const end = addMonths(from, n);
        const months = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
        expect(months(end) - months(from)).toBe(n);
        if (end.slice(8) !== from.slice(8)) {
          expect(end.slice(8) < from.slice(8)).toBe(true);
          expect(addDays(end, 1).slice(8)).toBe('01');
        }
        expect(addMonths(addDays(from, 1), n) >= end).toBe(true);
      }),
    );
  });

  it('a break on bail moves a custody limit by its own length and no more, and the days used come to the limit', () => {
    const gaps = fc.tuple(date, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 2, max: 40 }));
    fc.assert(
      fc.property(gaps, ([from, inCustody, onBail]) => {
        const to = addDays(from, inCustody);
        const periods = [{ from, to }, { from: addDays(to, onBail) }];
        const broken = countCustody(cal, periods, 56);
        const whole = countCustody(cal, [{ from }], 56);
        if (broken.kind !== 'counted' || whole.kind !== 'counted') throw new Error('not counted');
        expect(broken.rawEnd).toBe(addDays(whole.rawEnd, onBail - 1));
        expect(custodyDaysUsed(periods, broken.rawEnd)).toBe(56);
      }),
    );
  });

  it('every minute of a London day is on that day, from its first instant to its end', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 1439 }), (day, minute) => {
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        const instant = instantAt(day, time);
        expect(civilDateOf(instant)).toBe(day);
        expect(instant < endOfDay(day)).toBe(true);
        expect(instant >= instantAt(day, '00:00')).toBe(true);
      }),
    );
  });
});
