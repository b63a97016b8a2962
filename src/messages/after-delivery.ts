import type { MessagePurpose } from '../../db/schema/messages.ts';
import type { Delivery } from './message-types.ts';

/** What a message becomes after a try at sending it. */
export type Next =
  | { state: 'sent'; ref: string | null }
  | { state: 'pending'; afterMs: number; note: string }
  | { state: 'failed' | 'unknown' | 'cancelled'; note: string };

/** How long to wait before the second, third ... try, in milliseconds, and after how many to give up. */
export type RetryPlan = { firstMs: number; longestMs: number; mostAttempts: number };

/** Half a minute, doubled each time up to an hour: a mail server that is down for half a day is survived. */
export const retryPlan: RetryPlan = { firstMs: 30_000, longestMs: 3_600_000, mostAttempts: 20 };

/** A note that begins so says that an earlier try may have been accepted. It outlives later tries. */
const doubt = 'in doubt';

/** Whether an earlier try at sending a message may have been accepted. */
export function isInDoubt(message: { lastError: string | null }): boolean {
  return message.lastError?.startsWith(doubt) ?? false;
}

/**
 * Decides by what happened and by whom a second copy would hurt. In doubt, a victim is never written to twice: a person
 * decides. An alert to staff is sent again, as often as it takes, since a missed custody limit is worse than a second
 * copy. A digest is skipped: the next one says the same. The rest is sent again once. A copy carries the same
 * Message-ID, by which the reader's mail server can tell. Where the provider can be asked, it is asked first, and
 * nothing is decided until it has answered.
 * @param message.attempts tries begun, this one included
 * @param canLook whether the provider can tell later what it has
 */
export function afterDelivery(
  message: { purpose: MessagePurpose; attempts: number; lastError: string | null },
  delivery: Delivery,
  plan: RetryPlan = retryPlan,
  canLook = false,
): Next {
  if (delivery.kind === 'accepted') return { state: 'sent', ref: delivery.ref ?? null };
  const wasInDoubt = isInDoubt(message);
  if (delivery.kind === 'in-doubt') {
    const note = `${doubt}: ${delivery.why}`;
    const again: Next = { state: 'pending', afterMs: backOff(message.attempts, plan), note };
    if (message.attempts >= plan.mostAttempts) return { state: 'unknown', note };
    if (canLook || message.purpose === 'staff-alert') return again;
    if (message.purpose === 'digest') return { state: 'cancelled', note };
    const isLast = message.purpose === 'victim-update' || wasInDoubt;
    return isLast ? { state: 'unknown', note } : again;
  }
  const note = wasInDoubt ? `${doubt}, then ${delivery.why}` : delivery.why;
  if (delivery.kind === 'later' && message.attempts < plan.mostAttempts) {
    const afterMs = Math.max(backOff(message.attempts, plan), delivery.pauseMs ?? 0);
    return { state: 'pending', afterMs, note };
  }
  // What may have arrived once has not simply failed.
  return { state: wasInDoubt ? 'unknown' : 'failed', note };
}

function backOff(attempts: number, plan: RetryPlan): number {
  return Math.min(plan.longestMs, plan.firstMs * 2 ** (attempts - 1));
}
