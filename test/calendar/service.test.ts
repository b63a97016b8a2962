import { describe, expect, it } from 'vitest';
import { ENGLAND_AND_WALES as cal } from '../../src/calendar/bank-holidays-data.ts';
import type { Service, ServiceMethod } from '../../src/calendar/service.ts';
import { deemedService } from '../../src/calendar/service.ts';

const served = (method: ServiceMethod, at: string, respondedOn?: string): unknown => {
  const service: Service = { method, at, respondedOn };
  const result = deemedService(cal, service);
  return result.kind === 'counted' ? result.due : result;
};

describe('a document', () => {
  it('handed over is served that day, whatever day it is', () => {
    expect(served('handed-over', '2026-06-13')).toBe('2026-06-13');
  });

  it('left at the address is served the next business day', () => {
    expect(served('left-at-address', '2026-06-12')).toBe('2026-06-15');
    expect(served('left-at-address', '2026-04-02')).toBe('2026-04-07');
  });

  it('posted, or left at a document exchange, is served the second business day after', () => {
    expect(served('first-class-post', '2026-06-11')).toBe('2026-06-15');
    expect(served('document-exchange', '2026-06-11')).toBe('2026-06-15');
    expect(served('first-class-post', '2026-06-13')).toBe('2026-06-16');
  });

  it('posted before Easter says which days are passed over', () => {
    expect(deemedService(cal, { method: 'first-class-post', at: '2026-04-02' })).toEqual({
      kind: 'counted',
      due: '2026-04-08',
      steps: [
        'Posted first class on Thursday 2 April 2026',
        'Good Friday 3 April and Easter Monday 6 April are not business days',
        'Served on the second business day after, Wednesday 8 April 2026',
      ],
    });
  });

  it('produced by computer is taken as posted the next business day', () => {
    expect(served('computer-post', '2026-11-13')).toBe('2026-11-18');
    expect(deemedService(cal, { method: 'computer-post', at: '2026-11-13' })).toMatchObject({
      steps: [
        'Produced by computer on Friday 13 November 2026',
        'Taken as posted the next business day, on Monday 16 November 2026',
        'Served on the second business day after, Wednesday 18 November 2026',
      ],
    });
  });

  it('sent late in the evening in summer is sent on its London date', () => {
    expect(served('handed-over', '2026-07-01T23:30:00.000Z')).toBe('2026-07-02');
  });

  it('needs a list that is not loaded', () => {
    expect(served('first-class-post', '2028-12-28')).toEqual({ kind: 'beyond-calendar', year: 2029 });
    expect(served('computer-post', '2028-12-28')).toEqual({ kind: 'beyond-calendar', year: 2029 });
    expect(served('email', '2029-01-02')).toEqual({ kind: 'beyond-calendar', year: 2029 });
  });
});

describe('an e-mail', () => {
  it('sent by 2:30pm on a business day is served that day, and a minute later the next', () => {
    expect(served('email', '2026-11-20T14:30:00.000Z')).toBe('2026-11-20');
    expect(served('email', '2026-11-20T14:31:00.000Z')).toBe('2026-11-23');
  });

  it('goes by the clock of London in summer', () => {
    expect(served('email', '2026-07-01T13:30:00.000Z')).toBe('2026-07-01');
    expect(served('email', '2026-07-01T13:31:00.000Z')).toBe('2026-07-02');
  });

  it('sent on a bank holiday is served the next business day', () => {
    expect(served('email', '2026-12-25T09:00:00.000Z')).toBe('2026-12-29');
    expect(served('email', '2026-12-26')).toBe('2026-12-29');
  });

  it('given only a date is taken to be in time, and the steps say so', () => {
    expect(deemedService(cal, { method: 'email', at: '2026-11-20' })).toEqual({
      kind: 'counted',
      due: '2026-11-20',
      steps: [
        'E-mailed on Friday 20 November 2026',
        'No time was given, so it is taken to have been sent by 2:30pm',
        'Served that day: a business day, by 2:30pm',
      ],
    });
  });
});

describe('a response', () => {
  it('earlier than the rule is service', () => {
    expect(served('first-class-post', '2026-06-11', '2026-06-12')).toBe('2026-06-12');
    expect(served('first-class-post', '2028-12-28', '2028-12-29')).toBe('2028-12-29');
  });

  it('later than the rule changes nothing', () => {
    expect(served('first-class-post', '2026-06-11', '2026-06-20')).toBe('2026-06-15');
    expect(served('first-class-post', '2028-12-28', '2029-01-20')).toEqual({
      kind: 'beyond-calendar',
      year: 2029,
    });
  });

  it('before the document was sent is left out', () => {
    expect(
      deemedService(cal, { method: 'first-class-post', at: '2026-06-11', respondedOn: '2026-06-01' }),
    ).toMatchObject({
      due: '2026-06-15',
      steps: expect.arrayContaining([
        'A response on 1 June 2026, before it was sent, is left out',
      ]) as string[],
    });
  });
});
