import { expect, test } from 'vitest';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { instantAt } from '../../src/calendar/london-time.ts';
import { fullWeek } from '../../src/staff/working-pattern.ts';
import { readinessOf } from '../../src/tasks/puller.ts';

const at = (day: string, time: string) => instantAt(day, time);
const of = (who: Partial<Parameters<typeof readinessOf>[0]>, now: string) =>
  readinessOf({ absences: [], cover: [], pattern: null, ...who }, ENGLAND_AND_WALES, now);

test('somebody whose hours nobody recorded can be given any work at any time, unless they are away', () => {
  expect(of({}, at('2026-06-06', '23:00'))).toEqual({ away: null, covers: false, minutesLeft: null });
  const leave = { from: '2026-06-01', to: '2026-06-12', kind: 'leave' } as const;
  expect(of({ absences: [leave] }, at('2026-06-12', '23:59')).away).toBe('away (leave) until 12 June 2026');
  expect(of({ absences: [leave] }, at('2026-06-13', '00:00')).away).toBeNull();
});

test('who is away for the morning is ready again in the afternoon, and until the next absence begins', () => {
  const morning = { from: '2026-06-02', to: '2026-06-02', end: '13:00', kind: 'court' } as const;
  const training = {
    from: '2026-06-02',
    to: '2026-06-03',
    start: '15:00',
    end: '11:30',
    kind: 'training',
  } as const;
  const ready = (time: string, pattern: typeof fullWeek | null = fullWeek, day = '2026-06-02') =>
    of({ absences: [morning, training], pattern }, at(day, time));
  expect(ready('09:30')).toEqual({ away: 'away (court) until 1pm', covers: false, minutesLeft: 0 });
  expect(ready('13:00')).toEqual({ away: null, covers: false, minutesLeft: 120 });
  expect(ready('13:00', null).minutesLeft, 'whatever their hours are').toBe(120);
  expect(ready('15:00').away).toBe('away (training) until 11:30am on 3 June 2026');
  expect(ready('11:30', fullWeek, '2026-06-03')).toMatchObject({ away: null, minutesLeft: 354 });
});

test('with fixed hours the end of the shift counts, with flexitime the latest end, on a day off nothing is left', () => {
  const left = (pattern: typeof fullWeek, now: string) => of({ pattern }, now).minutesLeft;
  expect(left(fullWeek, at('2026-06-02', '16:54'))).toBe(30);
  expect(left(fullWeek, at('2026-06-02', '17:24'))).toBe(0);
  expect(left({ ...fullWeek, flexitime: { latest: '19:00' } }, at('2026-06-02', '17:24'))).toBe(96);
  expect(left(fullWeek, at('2026-06-06', '10:00'))).toBe(0);
});

test('whoever is on the rota covers until the end of their cover, and no longer', () => {
  const cover = [{ on: '2026-06-06', start: '09:00', end: '13:00' }];
  expect(of({ pattern: fullWeek, cover }, at('2026-06-06', '12:30'))).toEqual({
    away: null,
    covers: true,
    minutesLeft: 30,
  });
  expect(of({ pattern: fullWeek, cover }, at('2026-06-06', '13:00'))).toMatchObject({
    covers: false,
    minutesLeft: 0,
  });
});
