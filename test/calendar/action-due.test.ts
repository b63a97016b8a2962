import { describe, expect, it } from 'vitest';
import { actionDue } from '../../src/calendar/action-due.ts';
import { ENGLAND_AND_WALES as cal } from '../../src/calendar/bank-holidays-data.ts';

describe('the day to act by', () => {
  it('is the legal date where that is a business day', () => {
    expect(actionDue(cal, '2026-03-06')).toEqual({ date: '2026-03-06', steps: [] });
  });

  it('is the business day before a weekend or holiday', () => {
    expect(actionDue(cal, '2026-04-18')).toEqual({
      date: '2026-04-17',
      steps: ['To act on a business day, Saturday 18 April moves back to Friday 17 April'],
    });
    expect(actionDue(cal, '2026-12-05').date).toBe('2026-12-04');
    expect(actionDue(cal, '2026-04-06').date).toBe('2026-04-02');
  });

  it('of an instant goes by its date in London', () => {
    expect(actionDue(cal, '2026-03-29T02:30:00.000Z').date).toBe('2026-03-27');
    expect(actionDue(cal, '2026-07-05T23:30:00.000Z').date).toBe('2026-07-06');
  });

  it('is not given, with the reason, where the holidays of the year are not loaded', () => {
    expect(actionDue(cal, '2029-01-06')).toEqual({
      date: null,
      steps: [
        'No date to act by can be given for Saturday 6 January 2029: the bank holidays of 2029 are not loaded',
      ],
    });
  });

  it('is given on the last days of the last year loaded', () => {
    expect(actionDue(cal, '2028-12-31').date).toBe('2028-12-29');
  });
});
