import { describe, expect, it } from 'vitest';
import { ENGLAND_AND_WALES as cal } from '../../src/calendar/bank-holidays-data.ts';
import {
  addBusinessDays,
  businessDayOnOrAfter,
  businessDayOnOrBefore,
  businessDaysBetween,
  closedWeekdaysIn,
  custodyLimitDayOnOrBefore,
  isBeyondCalendar,
  isBusinessDay,
  isCustodyLimitDay,
  makeCalendar,
  withHoliday,
} from '../../src/calendar/holiday-calendar.ts';

const beyond = (year: number): unknown => ({ kind: 'beyond-calendar', year });

describe('business days', () => {
  it('leave out weekends, Christmas, Boxing Day, Easter and bank holidays', () => {
    const closed = [
      '2026-03-07',
      '2026-03-08',
      '2026-12-25',
      '2026-12-26',
      '2026-12-28',
      '2026-04-03',
      '2026-04-06',
    ];
    for (const date of closed) expect(isBusinessDay(cal, date), date).toBe(false);
    for (const date of ['2026-03-06', '2026-12-24', '2026-12-29', '2002-05-27']) {
      expect(isBusinessDay(cal, date), date).toBe(true);
    }
  });

  it('leave out the four named days even where no bank holiday is listed, and custody limits only two of them', () => {
    const bare = makeCalendar([], 'bare', { firstYear: 2024, lastYear: 2024 });
    const named = ['2024-12-25', '2024-12-26', '2024-03-29', '2024-04-01'];
    expect(named.map((date) => isBusinessDay(bare, date))).toEqual([false, false, false, false]);
    expect(named.map((date) => isCustodyLimitDay(bare, date))).toEqual([false, true, false, true]);
  });

  it('are the same days as those of custody limits in every year loaded', () => {
    expect(cal.businessDays.days).toEqual(cal.custodyDays.days);
  });

  it('are found on or before and on or after a day', () => {
    expect(businessDayOnOrBefore(cal, '2026-04-06')).toBe('2026-04-02');
    expect(businessDayOnOrBefore(cal, '2026-04-07')).toBe('2026-04-07');
    expect(businessDayOnOrAfter(cal, '2026-04-03')).toBe('2026-04-07');
    expect(businessDayOnOrAfter(cal, '2026-12-25')).toBe('2026-12-29');
    expect(custodyLimitDayOnOrBefore(cal, '2026-12-28')).toBe('2026-12-24');
  });

  it('are added forwards and backwards, the first day never counting', () => {
    expect(addBusinessDays(cal, '2026-04-01', 5)).toBe('2026-04-10');
    expect(addBusinessDays(cal, '2026-04-10', -5)).toBe('2026-04-01');
    expect(addBusinessDays(cal, '2026-03-07', 1)).toBe('2026-03-09');
    expect(addBusinessDays(cal, '2026-03-07', -1)).toBe('2026-03-06');
    expect(addBusinessDays(cal, '2026-03-07', 0)).toBe('2026-03-07');
  });

  it('are counted between days either way', () => {
    expect(businessDaysBetween(cal, '2026-04-01', '2026-04-10')).toBe(5);
    expect(businessDaysBetween(cal, '2026-04-10', '2026-04-01')).toBe(-5);
    expect(businessDaysBetween(cal, '2026-04-03', '2026-04-06')).toBe(0);
    expect(businessDaysBetween(cal, '2026-04-03', '2026-04-03')).toBe(0);
  });
});

describe('past the last list of holidays', () => {
  it('nothing is guessed', () => {
    expect(isBusinessDay(cal, '2029-01-02')).toEqual(beyond(2029));
    expect(businessDayOnOrBefore(cal, '2029-01-01')).toEqual(beyond(2029));
    expect(businessDayOnOrAfter(cal, '2028-12-30')).toEqual(beyond(2029));
    expect(addBusinessDays(cal, '2028-12-29', 1)).toEqual(beyond(2029));
    expect(addBusinessDays(cal, '2031-05-05', 1)).toEqual(beyond(2031));
    expect(businessDaysBetween(cal, '2028-12-01', '2029-01-02')).toEqual(beyond(2029));
    expect(isBeyondCalendar(isBusinessDay(cal, '1999-12-31'))).toBe(true);
    expect(addBusinessDays(cal, '2000-01-04', -1)).toEqual(beyond(1999));
    expect(addBusinessDays(cal, '1999-12-30', 1)).toEqual(beyond(1999));
    expect(addBusinessDays(cal, '2029-12-31', 1)).toEqual(beyond(2030));
    expect(addBusinessDays(cal, '1999-01-01', -1)).toEqual(beyond(1998));
  });

  it('an answer that does not need that year is given', () => {
    expect(businessDayOnOrBefore(cal, '2028-12-31')).toBe('2028-12-29');
    expect(addBusinessDays(cal, '2028-12-28', 1)).toBe('2028-12-29');
    expect(addBusinessDays(cal, '2029-01-01', -1)).toBe('2028-12-29');
    expect(addBusinessDays(cal, '1999-12-31', 1)).toBe('2000-01-04');
    expect(addBusinessDays(cal, '2035-06-01', 0)).toBe('2035-06-01');
  });
});

describe('a holiday newly proclaimed', () => {
  const proclaimed = withHoliday(cal, '2026-07-20', 'Bank holiday for the World Cup');

  it('is no business day in a calendar of another version, and the calendar it came from is unchanged', () => {
    expect(isBusinessDay(proclaimed, '2026-07-20')).toBe(false);
    expect(isCustodyLimitDay(proclaimed, '2026-07-20')).toBe(false);
    expect(proclaimed.version).not.toBe(cal.version);
    expect(proclaimed.lastYear).toBe(2028);
    expect(isBusinessDay(cal, '2026-07-20')).toBe(true);
  });

  it('is named among the closed weekdays', () => {
    expect(closedWeekdaysIn(proclaimed, '2026-07-01', '2026-08-31').map(({ name }) => name)).toEqual([
      'Bank holiday for the World Cup',
      'Summer bank holiday',
    ]);
    expect(closedWeekdaysIn(cal, '2026-04-03', '2026-04-03')).toHaveLength(1);
    expect(closedWeekdaysIn(cal, '2026-04-06', '2026-04-03')).toEqual([]);
  });

  it('of a year without its full list does not make that year known', () => {
    const early = withHoliday(cal, '2029-06-01', 'Bank holiday');
    expect(isBusinessDay(early, '2029-06-04')).toEqual(beyond(2029));
  });
});
