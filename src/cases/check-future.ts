import type { CivilDate } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import type { FieldError } from '../platform/failure.ts';

/** How far the clock of whoever tells of something may go before the hub's. */
const skewMs = 5 * 60_000;

const inFuture = 'is in the future: only what has happened is recorded';

/**
 * What is said to have happened, or to have been heard of, and is still to come by the hub's clock. The day of a hearing
 * that was listed, or to which a limit was extended, is in the data of its event and may lie ahead. Pure.
 * @param now the hub's time; a few minutes beyond it are let pass, and for `receivedAt` the rest of the day
 */
export function futureErrors(
  told: { on?: CivilDate | undefined; at?: Instant | undefined; receivedAt?: Instant | undefined },
  now: Instant,
): FieldError[] {
  const last = new Date(Date.parse(now) + skewMs).toISOString();
  const { on, at, receivedAt } = told;
  const errors: FieldError[] = [];
  if (at !== undefined && at > last) errors.push({ path: 'at', message: inFuture });
  else if (on !== undefined && on > civilDateOf(last)) errors.push({ path: 'on', message: inFuture });
  // Clocks that start with the receipt of information are counted from its day.
  if (receivedAt !== undefined && civilDateOf(receivedAt) > civilDateOf(last))
    errors.push({ path: 'receivedAt', message: inFuture });
  return errors;
}
