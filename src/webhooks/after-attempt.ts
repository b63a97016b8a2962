import type { Answer } from './post.ts';

/** What becomes of a delivery after a try, and how long the webhook is left in peace. */
export type AfterAttempt = {
  status: number | null;
  note: string | null;
  next:
    { state: 'delivered' } | { state: 'pending'; afterMs: number } | { state: 'failed' } | { state: 'gone' };
  /** Nothing else goes to this webhook for so long. */
  restMs: number;
};

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long to wait after the first, second ... try that failed: three days in all. */
export const retryAfterMs: readonly number[] = [
  ...[5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, hour, 3 * hour, 6 * hour],
  ...[12 * hour, 12 * hour, 12 * hour, 12 * hour, 12 * hour],
];

const longestRestMs = minute;
const longestPatienceMs = hour;

/**
 * Decides what becomes of a delivery. Anything but 2xx is a failure, a redirect too. 410 says that nobody wants to hear
 * any more. Who does not answer, or asks for patience (429, 503), is left in peace for a while, so that what waits does
 * not fall upon a receiver that is getting up.
 * @param attempts tries begun, this one included
 */
export function afterAttempt(
  attempts: number,
  answer: Exclude<Answer, { kind: 'stopped' }>,
  plan: readonly number[] = retryAfterMs,
): AfterAttempt {
  const wait = plan[attempts - 1];
  const next: AfterAttempt['next'] =
    wait === undefined ? { state: 'failed' } : { state: 'pending', afterMs: wait };
  if (answer.kind === 'silent')
    return { status: null, note: answer.why, next, restMs: Math.min(wait ?? longestRestMs, longestRestMs) };
  const { status } = answer;
  if (status >= 200 && status < 300) return { status, note: null, next: { state: 'delivered' }, restMs: 0 };
  const note =
    status >= 300 && status < 400 ? 'answered with a redirect, which is not followed' : `answered ${status}`;
  if (status === 410) return { status, note, next: { state: 'gone' }, restMs: 0 };
  const patience =
    status === 429 || status === 503 ? Math.min(answer.retryAfterMs ?? 0, longestPatienceMs) : 0;
  if (next.state === 'pending') next.afterMs = Math.max(next.afterMs, patience);
  return { status, note, next, restMs: patience };
}
