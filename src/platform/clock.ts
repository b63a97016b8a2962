/** A moment, as ISO 8601 in UTC with milliseconds: `2026-03-06T08:00:00.000Z`. Two of them sort as text. */
export type Instant = string;

/** Tells the machine's time. Whether something is due is judged by Postgres, never by this. */
export type Clock = { now(): Instant };

/** The machine's own clock. */
export const machineClock: Clock = { now: () => new Date().toISOString() };

/**
 * A clock that stands still, for tests.
 * @param at any instant that Date understands; throws a RangeError for anything else
 */
export function fixedClock(at: Instant): Clock {
  const instant = new Date(at).toISOString();
  return { now: () => instant };
}

/** Starts a stopwatch; the function it returns gives the milliseconds gone by, whatever is done to the wall clock. */
export function startStopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}
