import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { officerLinks, type LinkedRequest } from '../../db/schema/messages.ts';
import { addDays } from '../calendar/civil-date.ts';
import { civilDateOf, endOfDay } from '../calendar/london-time.ts';
import type { CompleteWords } from '../messages/message-types.ts';
import type { Instant } from '../platform/clock.ts';
import type { Failure } from '../platform/failure.ts';
import { newId } from '../platform/ids.ts';
import { isSigned, linkDays, linkIdIn, signLink } from './officer-link.ts';

export type LinkRow = typeof officerLinks.$inferSelect;

/**
 * Makes a link for the letter that asks an officer for requests.
 * @returns what the letter says of it: the address without the signature, which `linkCompleter` adds as it leaves
 */
export async function issueLink(
  tx: Transaction,
  link: { officer: string; messageId: string; requests: LinkedRequest[] },
  publicUrl: string,
  now: Instant,
): Promise<string> {
  const expiresAt = endOfDay(addDays(civilDateOf(now), linkDays));
  const id = newId();
  await tx.insert(officerLinks).values({ ...link, id, issuedAt: now, expiresAt });
  return `${publicUrl}/r/${id}`;
}

const unsigned = /\/r\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w.-])/g;

/** Signs the links in texts, so that no text that is kept opens anything. */
export async function signLinks(
  db: Database | Transaction,
  texts: readonly string[],
  secret: string,
): Promise<string[]> {
  const ids = [...new Set(texts.flatMap((text) => [...text.matchAll(unsigned)].map(([, id]) => id ?? '')))];
  if (ids.length === 0) return [...texts];
  const rows = await db.select().from(officerLinks).where(inArray(officerLinks.id, ids));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return texts.map((text) =>
    text.replaceAll(unsigned, (address: string, id: string) => {
      const link = byId.get(id);
      return link === undefined ? address : `/r/${signLink(link, secret)}`;
    }),
  );
}

/** Signs the links of a letter as it leaves. */
export function linkCompleter(secret: string): CompleteWords {
  return async (tx, { subject, body }) => {
    const [signed = body] = await signLinks(tx, [body], secret);
    return { subject, body: signed };
  };
}

/** What a link that is over says: nothing of what it was about. */
const over: Failure = { kind: 'gone', detail: 'This link no longer works. Use the newest message.' };

/**
 * The link of a token.
 * @returns `not-found` where it was not signed here, `gone` where it was revoked or has expired
 */
export async function findLink(
  db: Database | Transaction,
  token: string,
  secret: string,
  now: Instant,
): Promise<LinkRow | Failure> {
  const id = linkIdIn(token);
  const [row] = id === null ? [] : await db.select().from(officerLinks).where(eq(officerLinks.id, id));
  if (!row || !isSigned(token, row, secret))
    return { kind: 'not-found', detail: 'This link does not work. Use the newest message.' };
  return row.revokedAt !== null || row.expiresAt <= now ? over : row;
}

/** A link by its id, locked, or undefined. */
export async function lockLink(tx: Transaction, id: string): Promise<LinkRow | undefined> {
  const [row] = await tx.select().from(officerLinks).where(eq(officerLinks.id, id)).for('update');
  return row;
}

/**
 * Revokes links that still stand: one, or all that a message carried.
 * @returns those that this call revoked
 */
export async function revokeLinks(
  tx: Transaction,
  which: { id: string } | { messageId: string },
  how: { by: string; why: string },
  now: Instant,
): Promise<LinkRow[]> {
  const those = 'id' in which ? eq(officerLinks.id, which.id) : eq(officerLinks.messageId, which.messageId);
  return tx
    .update(officerLinks)
    .set({ revokedAt: now, revokedBy: how.by, revokedWhy: how.why })
    .where(and(those, isNull(officerLinks.revokedAt)))
    .returning();
}
