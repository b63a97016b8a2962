import type { Counted } from './counted.ts';
import { londonOffsetChanges } from './london-offset.ts';
import type { Instant } from './london-time.ts';
import { epochMs, instantOfEpochMs, sayInstant } from './london-time.ts';
import { sayCount } from './say-steps.ts';

const HOUR_MS = 3_600_000;

/**
 * `HRS`: hours as they pass, whatever the clocks do. Bail (Amendment) Act 1993 s.1(5) and CrimPR 2025
 * r.14.9(2) (two hours); CrimPR 2025 r.13.7(2) (72 hours).
 */
export function countHours(from: Instant, hours: number): Counted<Instant> {
  const start = epochMs(from);
  const end = start + hours * HOUR_MS;
  const due = instantOfEpochMs(end);
  const clockChanges = londonOffsetChanges(start, end).map(
    ({ from: at, minutes, before }) =>
      `The clocks go ${minutes > before ? 'forward' : 'back'} to ${sayInstant(instantOfEpochMs(at))}; hours are counted as they pass`,
  );
  return {
    kind: 'counted',
    due,
    steps: [
      `The time starts at ${sayInstant(from)}`,
      ...clockChanges,
      `${sayCount(hours, 'hour')} later it is ${sayInstant(due)}`,
    ],
  };
}
