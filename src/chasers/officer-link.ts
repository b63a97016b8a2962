import { createHmac, timingSafeEqual } from 'node:crypto';
import type { LinkedRequest } from '../../db/schema/messages.ts';
import type { Instant } from '../platform/clock.ts';

/** What a signed link opens: these requests, for one officer, until it expires. */
export type OfficerLink = {
  id: string;
  officer: string;
  messageId: string;
  requests: readonly LinkedRequest[];
  expiresAt: Instant;
};

/** How long an officer's link works, in days of the hub's time. */
export const linkDays = 30;

/**
 * The token of an officer's link: its id, and a signature over all that it opens, each request in the version in which
 * it was asked for. Signed with a key that is not in the database, so that nobody who reads the database can answer for
 * an officer, and nobody who writes to it can make a link open more.
 * @param secret at least 32 characters
 */
export function signLink(link: OfficerLink, secret: string): string {
  return `${link.id}.${signature('officer-link', link, secret)}`;
}

/** The id of the link that a token is of; null where it has not the shape of one. Proves nothing: see `isSigned`. */
export function linkIdIn(token: string): string | null {
  return /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.[\w-]{43}$/.exec(token)?.[1] ?? null;
}

/** Whether a token was signed here for a link. Whether that still works is for the caller to judge. */
export function isSigned(token: string, link: OfficerLink, secret: string): boolean {
  return isSame(token, signLink(link, secret));
}

/**
 * What a form of a link's page must send back. A scanner that follows links, and posts to them blindly, has not got it.
 */
export function formToken(link: OfficerLink, secret: string): string {
  return signature('officer-form', link, secret);
}

/** Whether what a form sent back is its token. */
export function isFormToken(given: string, link: OfficerLink, secret: string): boolean {
  return isSame(given, formToken(link, secret));
}

function signature(purpose: string, link: OfficerLink, secret: string): string {
  const { id, officer, messageId, requests, expiresAt } = link;
  const opened = requests.map((request) => [request.id, request.version, request.officer]);
  return createHmac('sha256', secret)
    .update(JSON.stringify([purpose, id, officer, messageId, expiresAt, opened]))
    .digest('base64url');
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
