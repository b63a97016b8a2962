import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateBankHolidays } from '../../db/reference/generate-bank-holidays.ts';
import {
  BANK_HOLIDAYS,
  BANK_HOLIDAY_YEARS,
  ENGLAND_AND_WALES,
} from '../../src/calendar/bank-holidays-data.ts';
import { isWeekend } from '../../src/calendar/civil-date.ts';
import { easterMonday, easterSunday, goodFriday } from '../../src/calendar/easter.ts';

const within = (from: string, to: string): string[] =>
  BANK_HOLIDAYS.filter(({ date }) => date >= from && date <= to).map(({ date, name }) => `${date} ${name}`);

describe('the bank holidays of England and Wales', () => {
  it('are eight a year, nine in the years of a jubilee, a royal wedding or a coronation, ten in 2022', () => {
    const extra: Record<number, number> = { 2002: 9, 2011: 9, 2012: 9, 2022: 10, 2023: 9 };
    for (let year = BANK_HOLIDAY_YEARS.firstYear; year <= BANK_HOLIDAY_YEARS.lastYear; year += 1) {
      // New Year's Day 2000 and others on a Saturday are taken by the Monday of the same year, so the count holds.
      expect(within(`${year}-01-01`, `${year}-12-31`), String(year)).toHaveLength(extra[year] ?? 8);
    }
  });

  it('are in order, none twice, none at a weekend', () => {
    const dates = BANK_HOLIDAYS.map(({ date }) => date);
    expect(dates).toEqual([...new Set(dates)].sort());
    expect(dates.filter(isWeekend)).toEqual([]);
  });

  it('moved the Spring holiday of 2002 to the Tuesday after the Golden Jubilee', () => {
    expect(within('2002-05-20', '2002-06-10')).toEqual([
      '2002-06-03 Golden Jubilee bank holiday',
      '2002-06-04 Spring bank holiday',
    ]);
  });

  it('hold the royal wedding of 2011 and the Diamond Jubilee of 2012', () => {
    expect(within('2011-04-20', '2011-05-03')).toEqual([
      '2011-04-22 Good Friday',
      '2011-04-25 Easter Monday',
      '2011-04-29 Bank holiday for the royal wedding',
      '2011-05-02 Early May bank holiday',
    ]);
    expect(within('2012-05-20', '2012-06-10')).toEqual([
      '2012-06-04 Spring bank holiday',
      '2012-06-05 Diamond Jubilee bank holiday',
    ]);
  });

  it('give substitute days where Christmas or New Year is at a weekend', () => {
    expect(within('2010-12-20', '2011-01-10')).toEqual([
      '2010-12-27 Christmas Day (substitute day)',
      '2010-12-28 Boxing Day (substitute day)',
      '2011-01-03 New Year’s Day (substitute day)',
    ]);
    expect(within('2011-12-20', '2012-01-10')).toEqual([
      '2011-12-26 Boxing Day',
      '2011-12-27 Christmas Day (substitute day)',
      '2012-01-02 New Year’s Day (substitute day)',
    ]);
    expect(within('2026-12-20', '2026-12-31')).toEqual([
      '2026-12-25 Christmas Day',
      '2026-12-28 Boxing Day (substitute day)',
    ]);
  });

  it('hold what was proclaimed or moved from 2020 to 2023', () => {
    expect(within('2020-05-01', '2020-05-10')).toEqual(['2020-05-08 Early May bank holiday (VE day)']);
    expect(within('2022-05-20', '2022-06-10')).toEqual([
      '2022-06-02 Spring bank holiday',
      '2022-06-03 Platinum Jubilee bank holiday',
    ]);
    expect(within('2022-09-01', '2022-09-30')).toEqual([
      '2022-09-19 Bank holiday for the State Funeral of Queen Elizabeth II',
    ]);
    expect(within('2023-05-02', '2023-05-10')).toEqual([
      '2023-05-08 Bank holiday for the coronation of King Charles III',
    ]);
  });

  it('are on the days of Easter as computed', () => {
    expect(easterSunday(2000)).toBe('2000-04-23');
    expect(easterSunday(2038)).toBe('2038-04-25');
    expect([1954, 1981, 2049, 2076].map(easterSunday)).toEqual([
      '1954-04-18',
      '1981-04-19',
      '2049-04-18',
      '2076-04-19',
    ]);
    for (let year = BANK_HOLIDAY_YEARS.firstYear; year <= BANK_HOLIDAY_YEARS.lastYear; year += 1) {
      expect(ENGLAND_AND_WALES.holidays.get(goodFriday(year))).toBe('Good Friday');
      expect(ENGLAND_AND_WALES.holidays.get(easterMonday(year))).toBe('Easter Monday');
    }
  });

  it('are on the same days in the official list and in the library that gives the years before it', () => {
    expect(generateBankHolidays(2019, 2028).map(([date]) => date)).toEqual(
      BANK_HOLIDAYS.map(({ date }) => date).filter((date) => date >= '2019'),
    );
  });

  it('are generated for 2000 to 2018 as committed', () => {
    const file = readFileSync(
      new URL('../../src/calendar/bank-holidays-2000-2018.ts', import.meta.url),
      'utf8',
    );
    const committed = [...file.matchAll(/\['(\d{4}-\d{2}-\d{2})', '(.+)'\]/g)].map((row) => [row[1], row[2]]);
    expect(committed).toEqual(generateBankHolidays(2000, 2018));
  });
});
