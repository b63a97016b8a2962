import { describe, expect, it } from 'vitest';
import {
  civilDateOf,
  endOfDay,
  instantAt,
  parseInstant,
  sayInstant,
  sayTime,
  toLondonOffset,
} from '../../src/calendar/london-time.ts';

describe('London time', () => {
  it('gives the date in London, an hour before UTC in summer', () => {
    expect(civilDateOf('2026-07-01T22:59:59.999Z')).toBe('2026-07-01');
    expect(civilDateOf('2026-07-01T23:00:00.000Z')).toBe('2026-07-02');
    expect(civilDateOf('2026-12-01T23:59:59.999Z')).toBe('2026-12-01');
  });

  it('reads winter and summer times', () => {
    expect(instantAt('2026-03-06', '08:00')).toBe('2026-03-06T08:00:00.000Z');
    expect(instantAt('2026-07-06', '08:00')).toBe('2026-07-06T07:00:00.000Z');
    expect(instantAt('2026-07-06', '00:30')).toBe('2026-07-05T23:30:00.000Z');
  });

  it('takes the earlier of the two when the clocks go back', () => {
    expect(instantAt('2026-10-25', '01:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(instantAt('2026-10-25', '01:00')).toBe('2026-10-25T00:00:00.000Z');
    expect(instantAt('2026-10-25', '00:59')).toBe('2026-10-24T23:59:00.000Z');
    expect(instantAt('2026-10-25', '02:00')).toBe('2026-10-25T02:00:00.000Z');
  });

  it('moves on by the hour that is skipped when the clocks go forward', () => {
    expect(toLondonOffset(instantAt('2026-03-29', '01:30'))).toBe('2026-03-29T02:30:00+01:00');
    expect(instantAt('2026-03-29', '00:59')).toBe('2026-03-29T00:59:00.000Z');
    expect(instantAt('2026-03-29', '02:00')).toBe('2026-03-29T01:00:00.000Z');
  });

  it('follows the years in which London kept other hours', () => {
    expect(instantAt('1970-01-15', '12:00')).toBe('1970-01-15T11:00:00.000Z');
    expect(instantAt('1943-07-01', '12:00')).toBe('1943-07-01T10:00:00.000Z');
  });

  it('ends a day at the next London midnight, so that days are 23, 24 or 25 hours', () => {
    expect(endOfDay('2026-03-06')).toBe('2026-03-07T00:00:00.000Z');
    expect(endOfDay('2026-07-06')).toBe('2026-07-06T23:00:00.000Z');
    const hours = (date: string): number =>
      (Date.parse(endOfDay(date)) - Date.parse(instantAt(date, '00:00'))) / 3_600_000;
    expect(['2026-03-29', '2026-10-25', '2026-06-01'].map(hours)).toEqual([23, 25, 24]);
  });

  it('refuses a time that is not one', () => {
    for (const time of ['24:00', '9:00', '09:60', ''])
      expect(() => instantAt('2026-03-06', time)).toThrow(RangeError);
  });
});

describe('an instant written by somebody', () => {
  const read = (text: unknown): unknown => {
    const result = parseInstant(text);
    return result.kind === 'instant' ? result.instant : result.problem;
  };

  it('is read with its offset', () => {
    expect(read('2026-03-06T08:00:00Z')).toBe('2026-03-06T08:00:00.000Z');
    expect(read('2026-03-29T03:30:00+01:00')).toBe('2026-03-29T02:30:00.000Z');
    expect(read('2026-03-06T08:00:00.123456-05:30')).toBe('2026-03-06T13:30:00.123Z');
    expect(read('2026-03-06T08:00+0100')).toBe('2026-03-06T07:00:00.000Z');
    expect(read('2026-10-25T01:30:00+00:00')).toBe('2026-10-25T01:30:00.000Z');
  });

  it('is London time without one, and the earlier of two', () => {
    expect(read('2026-07-06T08:00')).toBe('2026-07-06T07:00:00.000Z');
    expect(read('2026-10-25T01:30:00')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('is refused with a reason', () => {
    expect(read('2026-02-31T08:00:00Z')).toBe('2026-02-31 is not a day of the calendar');
    expect(read('2026-03-06T25:00:00Z')).toBe('25:00:00 is not a time of day');
    expect(read('2026-03-06T08:00:00+19:00')).toBe('+19:00 is not an offset from UTC');
    expect(read('2026-03-06')).toMatch(/must be a date and time/);
    expect(read('yesterday')).toMatch(/must be a date and time/);
    expect(read(1_772_784_000_000)).toMatch(/must be text/);
  });
});

describe('an instant in words', () => {
  it('is in the style of GOV.UK', () => {
    expect(sayTime('2026-12-03T09:00:00.000Z')).toBe('9am');
    expect(sayTime('2026-07-03T13:30:00.000Z')).toBe('2:30pm');
    expect(sayTime('2026-12-03T12:00:00.000Z')).toBe('midday');
    expect(sayTime('2026-12-03T12:05:00.000Z')).toBe('12:05pm');
    expect(sayTime('2026-12-03T00:05:00.000Z')).toBe('12:05am');
    expect(sayInstant('2026-12-03T09:00:00.000Z')).toBe('9am on 3 December 2026');
    expect(sayInstant(endOfDay('2026-12-02'))).toBe('midnight at the start of 3 December 2026');
  });

  it('carries the offset of London for machines', () => {
    expect(toLondonOffset('2026-03-29T02:30:00.000Z')).toBe('2026-03-29T03:30:00+01:00');
    expect(toLondonOffset('2026-10-25T01:30:00.000Z')).toBe('2026-10-25T01:30:00+00:00');
  });
});
