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
