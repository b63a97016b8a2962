import { expect, test } from 'vitest';
import { sortFired } from '../../src/chasers/sort-fired.ts';

const fired = (obligationId: string, step: string, fireAt: string) => ({
  id: `${obligationId} ${step}`,
  obligationId,
  step,
  fireAt,
});
const ids = (alerts: readonly { id: string }[]) => alerts.map(({ id }) => id);

test('steps that were missed for days do not come in one breath: the first is carried out, those after it planned again', () => {
  const sorted = sortFired(
    [
      fired('a', 'sergeant', '2026-06-24T07:00:00.000Z'),
      fired('a', 'due', '2026-06-22T07:00:00.000Z'),
      fired('b', 'due', '2026-06-25T07:00:00.000Z'),
    ],
    () => false,
    '2026-06-25T07:00:01.000Z',
  );
  expect(ids(sorted.now)).toEqual(['a due', 'b due']);
  expect(ids(sorted.tooSoon)).toEqual(['a sergeant']);
  expect(sorted.late).toEqual(['a']);
});

test('steps of one moment come together, and what was sent before is not sent again', () => {
  const at = '2026-06-25T07:00:00.000Z';
  const sorted = sortFired(
    [fired('a', 'inspector', at), fired('a', 'critical', at), fired('b', 'due', at)],
    (id, step) => id === 'b' && step === 'due',
    '2026-06-25T07:00:01.000Z',
  );
  expect(ids(sorted.now).sort()).toEqual(['a critical', 'a inspector']);
  expect(ids(sorted.again)).toEqual(['b due']);
  expect([sorted.tooSoon, sorted.late]).toEqual([[], []]);
});
