import { expect, test } from 'vitest';
import { endOfDay, instantAt } from '../../src/calendar/london-time.ts';
import { putOffUntil } from '../../src/tasks/put-off.ts';

const at = (day: string, time = '08:00') => instantAt(day, time);
const now = at('2026-06-02', '10:00');
/** A task that is due by the end of a day. */
const due = (consequence: number, day: string, over = {}) => ({
  ...{ consequence, dueAt: endOfDay(day), danger: false, alwaysCritical: false },
  ...over,
});
const refusal = (message: string) => ({
  errors: [{ path: 'until', message: expect.stringContaining(message) as unknown }],
});

test('what a hearing, a victim or a limit waits for is not put off into lateness', () => {
  for (const consequence of [0, 1, 2]) {
    const task = { ...due(consequence, '2026-06-10'), dueAt: at('2026-06-10', '23:59') };
    expect(putOffUntil(task, at('2026-06-10'), now)).toBe(at('2026-06-10'));
    expect(putOffUntil(task, at('2026-06-11'), now)).toMatchObject(
      refusal('is after the day on which it is due'),
    );
  }
  const limit = { ...due(3, '2026-06-10', { danger: true }) };
  expect(putOffUntil(limit, at('2026-06-12'), now)).toMatchObject(refusal('is after the limit'));
});

test('what is late already is looked at again by the next day where somebody suffers', () => {
  const late = { ...due(2, '2026-06-01'), dueAt: at('2026-06-01', '17:00') };
  expect(putOffUntil(late, at('2026-06-03', '16:00'), now)).toBe(at('2026-06-03', '16:00'));
  expect(putOffUntil(late, at('2026-06-04'), now)).toMatchObject(refusal('it is overdue'));
  expect(putOffUntil({ ...late, alwaysCritical: true }, at('2026-06-04'), now)).toMatchObject(
    refusal('the limit has passed'),
  );
  expect(putOffUntil({ ...late, consequence: 4 }, at('2026-06-20'), now)).toBe(at('2026-06-20'));
});

test('everything else comes back when its day begins, however long it was put off for', () => {
  for (const consequence of [3, 4]) {
    const task = { ...due(consequence, '2026-06-10'), dueAt: at('2026-06-10', '23:59') };
    expect(putOffUntil(task, at('2026-06-20'), now)).toBe(at('2026-06-10'));
    expect(putOffUntil(task, at('2026-06-05'), now)).toBe(at('2026-06-05'));
    expect(putOffUntil(task, at('2026-06-02'), now)).toMatchObject(refusal('is not in the future'));
  }
});
