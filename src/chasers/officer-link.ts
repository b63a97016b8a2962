import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../platform/clock.ts';

/** What a signed link opens: the requests of one message to one officer, until it expires. */
export type OfficerLink = { officer: string; messageId: string; expiresAt: Instant };

/** How long an officer's link works, in days of the hub's time. */
export const linkDays = 30;

/**
 * The token of an officer's link. Signed with a key that is not in the database, so that nobody who reads the
 * database can answer for an officer.
 * @param secret at least 32 characters
 */
export function signLink(link: OfficerLink, secret: string): string {
  const payload = Buffer.from(JSON.stringify([link.officer, link.messageId, link.expiresAt])).toString(
    'base64url',
  );
  return `${payload}.${signature(payload, secret)}`;
}

/** What a token opens, or null where it was not signed here. Whether it has expired is for the caller to judge. */
export function readLink(token: string, secret: string): OfficerLink | null {
  const [payload, signed, ...rest] = token.split('.');
  if (payload === undefined || signed === undefined || rest.length > 0) return null;
  const expected = Buffer.from(signature(payload, secret));
  const given = Buffer.from(signed);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  const [officer, messageId, expiresAt] = JSON.parse(
    Buffer.from(payload, 'base64url').toString(),
  ) as string[];
  if (officer === undefined || messageId === undefined || expiresAt === undefined) return null;
  return { officer, messageId, expiresAt };
}

function signature(payload: string, secret: string): string {
  return createHmac('sha256', secret).update(`officer-link:${payload}`).digest('base64url');
}
