import { expect, test } from 'vitest';
import { fixedClock, machineClock, startStopwatch } from '../../src/platform/clock.ts';

test('the machine clock gives instants in UTC with milliseconds', () => {
  expect(machineClock.now()).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
});

test('a fixed clock stands still and writes its instant as the machine clock would', () => {
  const clock = fixedClock('2026-03-06T09:00:00+01:00');
  expect([clock.now(), clock.now()]).toEqual(['2026-03-06T08:00:00.000Z', '2026-03-06T08:00:00.000Z']);
});

test('a fixed clock refuses what is no instant', () => {
  expect(() => fixedClock('next Tuesday')).toThrow(RangeError);
});

test('a stopwatch never runs backwards', () => {
  const elapsed = startStopwatch();
  const first = elapsed();
  expect(elapsed()).toBeGreaterThanOrEqual(first);
});
