import { describe, expect, it } from 'vitest';
import { ENGLAND_AND_WALES as cal } from '../../src/calendar/bank-holidays-data.ts';
import { countCustody, custodyDaysUsed, custodyPeriodsProblem } from '../../src/calendar/counting.ts';

describe('a custody time limit', () => {
  it('leaves out the first day of the first remand', () => {
    expect(countCustody(cal, [{ from: '2017-01-02' }], 56)).toMatchObject({
      due: '2017-02-27',
      rawEnd: '2017-02-27',
    });
  });

  it('moves back from a weekend', () => {
    expect(countCustody(cal, [{ from: '2026-01-10' }], 56)).toEqual({
      kind: 'counted',
      due: '2026-03-06',
      rawEnd: '2026-03-07',
      steps: [
        'First day in custody, 10 January 2026, is not counted',
        '56 days from then end on Saturday 7 March 2026',
        'Saturday 7 March moves back to Friday 6 March',
      ],
    });
    expect(countCustody(cal, [{ from: '2026-08-23' }], 56)).toMatchObject({
      due: '2026-10-16',
      rawEnd: '2026-10-18',
    });
  });

  it('moves back from Christmas Day, and past both days of Easter', () => {
    expect(countCustody(cal, [{ from: '2026-06-26' }], 182)).toMatchObject({
      due: '2026-12-24',
      steps: expect.arrayContaining([
        'Friday 25 December, Christmas Day, moves back to Thursday 24 December',
      ]) as string[],
    });
    expect(countCustody(cal, [{ from: '2026-02-09' }], 56)).toMatchObject({
      due: '2026-04-02',
      rawEnd: '2026-04-06',
      steps: expect.arrayContaining([
        'Monday 6 April, Easter Monday, moves back past Good Friday 3 April to Thursday 2 April',
      ]) as string[],
    });
  });

  it('counts 29 February in a leap year and does not drift over a clock change', () => {
    expect(countCustody(cal, [{ from: '2028-01-05' }], 56)).toMatchObject({ due: '2028-03-01' });
    expect(countCustody(cal, [{ from: '2027-01-05' }], 56)).toMatchObject({ due: '2027-03-02' });
    expect(countCustody(cal, [{ from: '2026-03-02' }], 56)).toMatchObject({ due: '2026-04-27' });
    expect(countCustody(cal, [{ from: '2026-09-21' }], 56)).toMatchObject({ due: '2026-11-16' });
  });

  it('moves back over the year end with the years said', () => {
    expect(countCustody(cal, [{ from: '2026-11-06' }], 56)).toMatchObject({
      due: '2026-12-31',
      steps: expect.arrayContaining([
        'Friday 1 January 2027, New Year’s Day, moves back to Thursday 31 December 2026',
      ]) as string[],
    });
  });

  it('asks for a list that is not loaded, and only for the year it ends in', () => {
    expect(countCustody(cal, [{ from: '2028-11-30' }], 56)).toEqual({ kind: 'beyond-calendar', year: 2029 });
    expect(countCustody(cal, [{ from: '1999-12-20' }], 56)).toMatchObject({ due: '2000-02-14' });
  });
});

describe('several periods in custody', () => {
  const bailed = { from: '2026-01-10', to: '2026-01-20' };

  it('add up, the day of bail and the day of re-remand both counting, the first day left out once', () => {
    // 11 to 20 January are 10 days; the other 46 are 2 February to 19 March.
    expect(countCustody(cal, [bailed, { from: '2026-02-02' }], 56)).toEqual({
      kind: 'counted',
      due: '2026-03-19',
      rawEnd: '2026-03-19',
      steps: [
        'First day in custody, 10 January 2026, is not counted',
        '11 January 2026 to 20 January 2026, the day of bail included: 10 days used',
        'In custody again on 2 February 2026, which counts: the last 46 days end on Thursday 19 March 2026',
      ],
    });
  });

  it('add up in whatever order they are given, over three remands', () => {
    // 10 days, then 2 to 4 February (3), then 43 left from 1 March: 12 April, a Sunday.
    const periods = [{ from: '2026-03-01' }, bailed, { from: '2026-02-02', to: '2026-02-04' }];
    expect(countCustody(cal, periods, 56)).toMatchObject({ due: '2026-04-10', rawEnd: '2026-04-12' });
  });

  it('use no day where the first lasted one day', () => {
    const periods = [{ from: '2026-01-10', to: '2026-01-10' }, { from: '2026-02-02' }];
    expect(countCustody(cal, periods, 56)).toMatchObject({ rawEnd: '2026-03-29', due: '2026-03-27' });
  });

  it('count a shared day once: custody was not broken', () => {
    const broken = [{ from: '2026-01-10', to: '2026-01-20' }, { from: '2026-01-20' }];
    expect(countCustody(cal, broken, 56)).toEqual(countCustody(cal, [{ from: '2026-01-10' }], 56));
  });

  it('run no limit while on bail with days left', () => {
    expect(countCustody(cal, [bailed], 56)).toMatchObject({
      kind: 'not-running',
      daysUsed: 10,
      daysLeft: 46,
    });
  });

  it('end on the day of bail where that was the last day of the limit, and a day short of it run on', () => {
    const until = (to: string): unknown => countCustody(cal, [{ from: '2026-01-05', to }], 56);
    expect(until('2026-03-02')).toMatchObject({ kind: 'counted', due: '2026-03-02' });
    expect(until('2026-03-01')).toMatchObject({ kind: 'not-running', daysUsed: 55, daysLeft: 1 });
  });

  it('end within a closed period that was too long', () => {
    expect(countCustody(cal, [{ from: '2026-01-10', to: '2026-04-01' }], 56)).toMatchObject({
      due: '2026-03-06',
    });
  });

  it('count the first day where days were used before', () => {
    // 172 left of 182 from 20 January 2026, that day counted.
    expect(countCustody(cal, [{ from: '2026-01-20' }], 182, 10)).toMatchObject({
      rawEnd: '2026-07-10',
      steps: expect.arrayContaining(['10 days of the 182 were used before']) as string[],
    });
    expect(countCustody(cal, [{ from: '2026-01-20' }], 56, 56)).toMatchObject({ rawEnd: '2026-01-19' });
  });

  it('tell the days used up to a day', () => {
    const periods = [bailed, { from: '2026-02-02' }];
    expect(custodyDaysUsed(periods, '2026-01-10')).toBe(0);
    expect(custodyDaysUsed(periods, '2026-01-15')).toBe(5);
    expect(custodyDaysUsed(periods, '2026-02-01')).toBe(10);
    expect(custodyDaysUsed(periods, '2026-02-02')).toBe(11);
    expect(custodyDaysUsed(periods, '2026-03-19')).toBe(56);
  });

  it('are refused where they cannot be counted', () => {
    expect(custodyPeriodsProblem([])).toBe('At least one period of custody is needed');
    expect(custodyPeriodsProblem([{ from: '2026-02-31' }])).toBe('2026-02-31 is not a date');
    expect(custodyPeriodsProblem([{ from: '2026-02-03', to: '2026-02-01' }])).toBe(
      'Custody from 3 February 2026 cannot end on 1 February 2026',
    );
    expect(custodyPeriodsProblem([{ from: '2026-01-01' }, { from: '2026-02-01' }])).toBe(
      'Only the last period of custody can be without an end',
    );
    expect(custodyPeriodsProblem([{ from: '2026-01-01' }, { from: '2026-02-01', to: '2026-02-02' }])).toBe(
      'Custody from 1 January 2026 has no end, but there is a later period from 1 February 2026',
    );
    expect(custodyPeriodsProblem([bailed, { from: '2026-02-02' }])).toBeNull();
    expect(() => countCustody(cal, [], 56)).toThrow(RangeError);
  });
});
