import type { MessagePurpose } from '../../db/schema/messages.ts';
import type { Delivery } from './message-types.ts';

/** What a message becomes after a try at sending it. */
export type Next =
  | { state: 'sent' }
  | { state: 'pending'; afterMs: number; note: string }
  | { state: 'failed' | 'unknown'; note: string };

/** How long to wait before the second, third ... try, in milliseconds, and after how many to give up. */
export type RetryPlan = { firstMs: number; longestMs: number; mostAttempts: number };

/** Half a minute, doubled each time up to an hour: a mail server that is down for half a day is survived. */
export const retryPlan: RetryPlan = { firstMs: 30_000, longestMs: 3_600_000, mostAttempts: 20 };

/** A note that begins so says that an earlier try may have been accepted. It outlives later tries. */
const doubt = 'in doubt';

/**
 * Decides by what happened and by whom a second copy would hurt. In doubt, a victim is never written to twice: a person
 * decides. An alert to staff is sent again, as often as it takes, since a missed custody limit is worse than a second
 * copy. The rest is sent again once. A copy carries the same Message-ID, by which the reader's mail server can tell.
 * @param message.attempts tries begun, this one included
 */
export function afterDelivery(
  message: { purpose: MessagePurpose; attempts: number; lastError: string | null },
  delivery: Delivery,
  plan: RetryPlan = retryPlan,
): Next {
  if (delivery.kind === 'accepted') return { state: 'sent' };
  const wasInDoubt = message.lastError?.startsWith(doubt) ?? false;
  if (delivery.kind === 'in-doubt') {
    const note = `${doubt}: ${delivery.why}`;
    const isLast = message.attempts >= plan.mostAttempts;
    if (isLast || message.purpose === 'victim-update') return { state: 'unknown', note };
    if (wasInDoubt && message.purpose !== 'staff-alert') return { state: 'unknown', note };
    return { state: 'pending', afterMs: backOff(message.attempts, plan), note };
  }
  const note = wasInDoubt ? `${doubt}, then ${delivery.why}` : delivery.why;
  if (delivery.kind === 'later' && message.attempts < plan.mostAttempts) {
    return { state: 'pending', afterMs: backOff(message.attempts, plan), note };
  }
  // What may have arrived once has not simply failed.
  return { state: wasInDoubt ? 'unknown' : 'failed', note };
}

function backOff(attempts: number, plan: RetryPlan): number {
  return Math.min(plan.longestMs, plan.firstMs * 2 ** (attempts - 1));
}
