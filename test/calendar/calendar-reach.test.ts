import { describe, expect, test } from 'vitest';
import { BANK_HOLIDAY_YEARS, ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { changedDays, reaches, watchCalendar } from '../../src/calendar/calendar-reach.ts';
import {
  addBusinessDays,
  businessDayOnOrAfter,
  businessDayOnOrBefore,
  businessDaysBetween,
  closedWeekdaysIn,
  custodyLimitDayOnOrBefore,
  isBusinessDay,
  isCustodyLimitDay,
  type HolidayCalendar,
} from '../../src/calendar/holiday-calendar.ts';

/** What asking a watched calendar leaves on record, as `from..to`. */
function seenBy(ask: (calendar: HolidayCalendar) => unknown): string[] {
  const { calendar, reach } = watchCalendar(ENGLAND_AND_WALES);
  ask(calendar);
  return reach().map(({ from, to }) => `${from}..${to}`);
}

describe('a watched calendar remembers the days that an answer follows from', () => {
  test.each<[string, (calendar: HolidayCalendar) => unknown, string[]]>([
    ['one day that was asked for', (c) => isBusinessDay(c, '2026-04-03'), ['2026-04-03..2026-04-03']],
    ['for custody too', (c) => isCustodyLimitDay(c, '2026-04-03'), ['2026-04-03..2026-04-03']],
    ['counting on', (c) => addBusinessDays(c, '2026-04-01', 2), ['2026-04-02..2026-04-07']],
    ['counting back', (c) => addBusinessDays(c, '2026-04-08', -2), ['2026-04-02..2026-04-07']],
    ['counting none', (c) => addBusinessDays(c, '2026-04-08', 0), []],
    ['looking on', (c) => businessDayOnOrAfter(c, '2026-04-03'), ['2026-04-03..2026-04-07']],
    ['looking back', (c) => businessDayOnOrBefore(c, '2026-04-06'), ['2026-04-02..2026-04-06']],
    ['back for custody', (c) => custodyLimitDayOnOrBefore(c, '2026-04-06'), ['2026-04-02..2026-04-06']],
    ['between', (c) => businessDaysBetween(c, '2026-04-08', '2026-04-02'), ['2026-04-02..2026-04-08']],
    ['naming', (c) => closedWeekdaysIn(c, '2026-04-01', '2026-04-09'), ['2026-04-01..2026-04-09']],
    ['naming none', (c) => closedWeekdaysIn(c, '2026-04-09', '2026-04-01'), []],
    [
      'to the end of the list where there is no such day',
      (c) => addBusinessDays(c, '2028-12-20', 40),
      ['2028-12-21..2028-12-31'],
    ],
  ])('%s', (_, ask, seen) => expect(seenBy(ask)).toEqual(seen));

  test('as few runs as hold them, in order', () => {
    const seen = seenBy((c) => {
      isBusinessDay(c, '2026-05-06');
      isBusinessDay(c, '2026-05-04');
      closedWeekdaysIn(c, '2026-04-01', '2026-04-09');
      closedWeekdaysIn(c, '2026-04-05', '2026-04-07');
      isBusinessDay(c, '2026-05-05');
    });
    expect(seen).toEqual(['2026-04-01..2026-04-09', '2026-05-04..2026-05-06']);
  });
});

test('a day is reached where it lies within a run, its first and last day included', () => {
  const runs = [{ from: '2026-04-02', to: '2026-04-07' }];
  expect(['2026-04-01', '2026-04-02', '2026-04-07', '2026-04-08'].map((day) => reaches(runs, [day]))).toEqual(
    [false, true, true, false],
  );
  expect(reaches(runs, ['2026-04-01', '2026-04-03'])).toBe(true);
  expect(reaches(runs, [])).toBe(false);
});

test('changed are days added, taken away or renamed; where other years are loaded, everything', () => {
  const list = (...names: [date: string, name: string][]) => ({
    ...BANK_HOLIDAY_YEARS,
    holidays: names.map(([date, name]) => ({ date, name })),
  });
  const before = list(['2026-12-25', 'Christmas Day'], ['2027-06-11', 'Jubilee'], ['2027-07-01', 'Feast']);
  const after = list(['2027-06-12', 'Jubilee'], ['2026-12-25', 'Christmas Day'], ['2027-07-01', 'Fast']);
  expect(changedDays(before, after)).toEqual(['2027-06-11', '2027-06-12', '2027-07-01']);
  expect(changedDays(before, before)).toEqual([]);
  expect(changedDays(before, { ...before, lastYear: before.lastYear + 1 })).toBe('all');
});
