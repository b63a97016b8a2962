import { createHash, hkdfSync } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Instant } from '../platform/clock.ts';

const secretBytes = 32;

/** The secret before signs too for so long after another took its place, so that receivers can change over. */
export const overlapMs = 24 * 3_600_000;

/**
 * The secret of a webhook in a version, as receivers are shown it: made of the hub's own key (`LINK_SECRET`), which is
 * outside the database, by HKDF (RFC 5869). A copy of the database signs nothing, and nothing has to be decrypted.
 */
export function secretOf(linkSecret: string, webhookId: string, version: number): string {
  const key = hkdfSync('sha256', linkSecret, webhookId, `webhook secret ${version}`, secretBytes);
  return `whsec_${Buffer.from(key).toString('base64')}`;
}

/** Tells whether a secret is the one that a receiver was shown. Of 256 random bits a few of the digest give nothing away. */
export function markOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 16);
}

/** Which versions of a secret sign at an instant: the current one, and for a day the one before. Pure. */
export function versionsInUse(current: number, since: Instant, now: Instant): number[] {
  const isChanging = current > 1 && Date.parse(now) - Date.parse(since) < overlapMs;
  return isChanging ? [current, current - 1] : [current];
}

/** The headers of Standard Webhooks 1.0.0: one signature for each secret, of id, time and body. */
export function signedHeaders(
  secrets: readonly string[],
  id: string,
  now: Instant,
  body: string,
): Record<string, string> {
  const at = new Date(now);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
