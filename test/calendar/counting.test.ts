import { describe, expect, it } from 'vitest';
import { ENGLAND_AND_WALES as cal } from '../../src/calendar/bank-holidays-data.ts';
import { earliest } from '../../src/calendar/civil-date.ts';
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
} from '../../src/calendar/counting.ts';
import { toLondonOffset } from '../../src/calendar/london-time.ts';

describe('business days after', () => {
  it('skip Easter, and say so', () => {
    expect(countBusinessDays(cal, '2026-04-01', 5, 'The day of service')).toEqual({
      kind: 'counted',
      due: '2026-04-10',
      steps: [
        'The day of service, Wednesday 1 April 2026, is not counted',
        'Good Friday 3 April and Easter Monday 6 April are not business days',
        '5 business days end on Friday 10 April 2026',
      ],
    });
    expect(countBusinessDays(cal, '2026-03-30', 20)).toMatchObject({ due: '2026-04-29' });
  });

  it('name holidays on both sides of a year end with their years', () => {
    expect(countBusinessDays(cal, '2026-12-23', 6)).toMatchObject({
      due: '2027-01-05',
      steps: expect.arrayContaining([
        'Christmas Day 25 December 2026, Boxing Day (substitute day) 28 December 2026 and New Year’s Day 1 January 2027 are not business days',
      ]) as string[],
    });
  });

  it('skip what was proclaimed in 2022, and the moved Spring holiday of 2002', () => {
    expect(countBusinessDays(cal, '2022-09-16', 1)).toMatchObject({ due: '2022-09-20' });
    expect(countBusinessDays(cal, '2022-06-01', 1)).toMatchObject({ due: '2022-06-06' });
    expect(countBusinessDays(cal, '2002-05-24', 7)).toMatchObject({ due: '2002-06-06' });
  });

  it('run for 15 from service on 18 November 2026 to 9 December', () => {
    expect(countBusinessDays(cal, '2026-11-18', 15)).toMatchObject({ due: '2026-12-09' });
  });

  it('ask for a list that is not loaded', () => {
    expect(countBusinessDays(cal, '2028-12-20', 10)).toEqual({ kind: 'beyond-calendar', year: 2029 });
  });
});

describe('working days of guidance', () => {
  it('are counted as business days, from a receipt before a weekend and over Christmas', () => {
    expect(countWorkingDays(cal, '2026-12-18', 1)).toMatchObject({
      due: '2026-12-21',
      steps: ['Friday 18 December 2026 is not counted', '1 working day ends on Monday 21 December 2026'],
    });
    expect(countWorkingDays(cal, '2026-12-24', 5)).toMatchObject({ due: '2027-01-05' });
  });
});

describe('business days before a hearing', () => {
  it('go back over a bank holiday', () => {
    expect(countBusinessDaysBefore(cal, '2026-04-07', 1)).toMatchObject({
      due: '2026-04-02',
      steps: expect.arrayContaining([
        'Good Friday 3 April and Easter Monday 6 April are not business days',
      ]) as string[],
    });
  });

  it('are one more where they must be clear', () => {
    expect(countClearBusinessDaysBefore(cal, '2026-04-24', 2)).toMatchObject({ due: '2026-04-21' });
  });
});

describe('calendar days', () => {
  it('leave out the starting day and stand whatever day they end on', () => {
    expect(countCalendarDays('2026-06-01', 14, 'The day of the offence')).toEqual({
      kind: 'counted',
      due: '2026-06-15',
      steps: [
        'The day of the offence, Monday 1 June 2026, is not counted',
        '14 days end on Monday 15 June 2026',
      ],
    });
    expect(countCalendarDays('2026-11-21', 14).due).toBe('2026-12-05');
    expect(countCalendarDays('2026-11-03', 28).due).toBe('2026-12-01');
    expect(countCalendarDays('2026-01-12', 50).due).toBe('2026-03-03');
    expect(countCalendarDays('2026-01-12', 70).due).toBe('2026-03-23');
  });

  it('beginning with a day count that day', () => {
    expect(countDaysBeginningWith('2026-06-01', 28)).toMatchObject({ due: '2026-06-28' });
  });

  it('of the defence statement move forward, past Christmas', () => {
    expect(countCalendarDaysThenForward(cal, '2026-12-14', 14)).toEqual({
      kind: 'counted',
      due: '2026-12-29',
      steps: [
        'Monday 14 December 2026 is not counted',
        '14 days end on Monday 28 December 2026',
        'Monday 28 December, Boxing Day (substitute day), moves forward to Tuesday 29 December',
      ],
    });
    expect(countCalendarDaysThenForward(cal, '2026-03-20', 14)).toMatchObject({ due: '2026-04-07' });
    expect(countCalendarDaysThenForward(cal, '2026-03-05', 14)).toMatchObject({ due: '2026-03-19' });
    expect(countCalendarDaysThenForward(cal, '2028-12-16', 14)).toEqual({
      kind: 'beyond-calendar',
      year: 2029,
    });
  });
});

describe('months', () => {
  it('end on the corresponding date, which is in time', () => {
    expect(countMonths('2026-02-28', 6)).toEqual({
      kind: 'counted',
      due: '2026-08-28',
      steps: [
        'Saturday 28 February 2026 is not counted',
        'The same date 6 months on is Friday 28 August 2026, and that whole day is in time',
      ],
    });
    expect(countMonths('2026-01-10', 6).due).toBe('2026-07-10');
  });

  it('end on the last day of a month that has no such date', () => {
    expect(countMonths('2002-08-31', 6)).toMatchObject({
      due: '2003-02-28',
      steps: expect.arrayContaining([
        '6 months on there is no day numbered 31: Friday 28 February 2003 is the last day of its month, and that whole day is in time',
      ]) as string[],
    });
  });

  it('gave the bench of DPP v Jackson until 27 March 2024', () => {
    const fromStatement = countMonths('2023-09-27', 6).due;
    expect(earliest(fromStatement, countMonths('2023-06-28', 24).due)).toBe('2024-03-27');
  });
});

describe('days before a hearing', () => {
  it('are clear of both ends for not less than five days', () => {
    expect(countClearDaysBefore('2026-04-24', 5, 'The day of the hearing')).toEqual({
      kind: 'counted',
      due: '2026-04-18',
      steps: [
        'The day of the hearing, Friday 24 April 2026, is not counted',
        '5 clear days are 19 April 2026 to 23 April 2026',
        'The last day before them is Saturday 18 April 2026',
      ],
    });
    expect(countClearDaysBefore('2026-04-24', 2).due).toBe('2026-04-21');
  });

  it('leave out only the hearing for not later than seven or three days before', () => {
    expect(countDaysBefore('2026-04-16', 7).due).toBe('2026-04-09');
    expect(countDaysBefore('2026-04-16', 3).due).toBe('2026-04-13');
  });
});

describe('hours', () => {
  it('pass at their own pace when the clocks go forward', () => {
    const two = countHours('2026-03-29T00:30:00.000Z', 2);
    expect(toLondonOffset(two.due)).toBe('2026-03-29T03:30:00+01:00');
    expect(two.steps).toEqual([
      'The time starts at 12:30am on 29 March 2026',
      'The clocks go forward to 2am on 29 March 2026; hours are counted as they pass',
      '2 hours later it is 3:30am on 29 March 2026',
    ]);
  });

  it('pass at their own pace when the clocks go back', () => {
    const two = countHours('2026-10-24T23:30:00.000Z', 2);
    expect(toLondonOffset(two.due)).toBe('2026-10-25T01:30:00+00:00');
    expect(two.steps[1]).toBe('The clocks go back to 1am on 25 October 2026; hours are counted as they pass');
  });

  it('need no word about the clocks on other days', () => {
    expect(countHours('2026-06-01T09:00:00.000Z', 72)).toMatchObject({ due: '2026-06-04T09:00:00.000Z' });
    expect(countHours('2026-06-01T09:00:00.000Z', 72).steps).toHaveLength(2);
  });
});

describe('a retention period', () => {
  it('moves forward, and the act is allowed the day after', () => {
    expect(countFloor(cal, '2026-02-20', { weeks: 6 })).toEqual({
      kind: 'counted',
      due: '2026-04-07',
      allowedFrom: '2026-04-08',
      steps: [
        'Friday 20 February 2026 is not counted',
        '6 weeks from then end on Friday 3 April 2026',
        'Friday 3 April, Good Friday, moves forward past Easter Monday 6 April to Tuesday 7 April',
        'Allowed from Wednesday 8 April 2026',
      ],
    });
    expect(countFloor(cal, '2026-08-31', { months: 6 })).toMatchObject({
      due: '2027-03-01',
      allowedFrom: '2027-03-02',
    });
    expect(countFloor(cal, '2026-03-02', { days: 7 })).toMatchObject({ due: '2026-03-09' });
    expect(countFloor(cal, '2028-12-01', { weeks: 6 })).toEqual({ kind: 'beyond-calendar', year: 2029 });
  });
});
