import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  compare,
  daysBetween,
  earliest,
  isCivilDate,
  isWeekend,
  latest,
  sayDate,
  sayDay,
  sayDayWithoutYear,
  weekday,
} from '../../src/calendar/civil-date.ts';

describe('a civil date', () => {
  it('is a real day of the calendar', () => {
    for (const date of ['2026-03-06', '2028-02-29', '2000-02-29', '1900-01-01', '2999-12-31']) {
      expect(isCivilDate(date)).toBe(true);
    }
  });

  it('is refused where there is no such day, or it is written another way', () => {
    const refused = [
      '2026-02-31',
      '2026-02-29',
      '2100-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-01-00',
      '2026-1-5',
    ];
    refused.push(
      '06/03/2026',
      '2026-03-06T00:00:00Z',
      ' 2026-03-06',
      '2026-03-06\n',
      '0026-03-06',
      '1899-12-31',
      '',
    );
    for (const text of refused) expect(isCivilDate(text), text).toBe(false);
    for (const value of [undefined, null, 20260306, new Date(0)]) expect(isCivilDate(value)).toBe(false);
  });

  it('moves by whole days over month ends, leap days and clock changes', () => {
    expect(addDays('2026-03-28', 1)).toBe('2026-03-29');
    expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
    expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(addDays('1970-01-01', -1)).toBe('1969-12-31');
  });

  it('counts days from one date to another, either way', () => {
    expect(daysBetween('2026-03-01', '2026-04-01')).toBe(31);
    expect(daysBetween('2026-04-01', '2026-03-01')).toBe(-31);
  });

  it('knows its day of the week, before 1970 too', () => {
    expect(weekday('2026-03-06')).toBe(5);
    expect(weekday('2026-03-08')).toBe(7);
    expect(weekday('1966-07-30')).toBe(6);
    expect(isWeekend('2026-03-07')).toBe(true);
    expect(isWeekend('2026-03-09')).toBe(false);
  });

  it('is said in words', () => {
    expect(sayDate('2026-03-06')).toBe('6 March 2026');
    expect(sayDay('2026-03-06')).toBe('Friday 6 March 2026');
    expect(sayDayWithoutYear('2026-03-06')).toBe('Friday 6 March');
  });

  it('sorts', () => {
    expect(['2026-10-01', '2026-09-30', '2026-10-01'].sort(compare)).toEqual([
      '2026-09-30',
      '2026-10-01',
      '2026-10-01',
    ]);
    expect(earliest('2026-10-01', '2026-09-30', '2027-01-01')).toBe('2026-09-30');
    expect(latest('2026-10-01', '2026-09-30', '2027-01-01')).toBe('2027-01-01');
  });
});

describe('adding months', () => {
  it('gives the same-numbered day', () => {
    expect(addMonths('2023-09-27', 6)).toBe('2024-03-27');
    expect(addMonths('2026-02-28', 6)).toBe('2026-08-28');
    expect(addMonths('2026-11-15', 2)).toBe('2027-01-15');
    expect(addMonths('2026-01-15', -2)).toBe('2025-11-15');
  });

  it('gives the last day of a month that has no such day', () => {
    expect(addMonths('2002-08-31', 6)).toBe('2003-02-28');
    expect(addMonths('2027-08-30', 6)).toBe('2028-02-29');
    expect(addMonths('2026-03-31', 1)).toBe('2026-04-30');
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28');
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
  });
});
