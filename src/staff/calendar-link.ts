import { createHash, randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { calendarLinks } from '../../db/schema/calendar-links.ts';
import { staff } from '../../db/schema/people.ts';
import type { Instant } from '../platform/clock.ts';

/**
 * Makes the link by which a person's calendar reads their deadlines, and revokes the one before.
 * @returns the token: it is kept nowhere, only its hash
 */
export async function makeCalendarLink(tx: Transaction, staffId: string, now: Instant): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const row = { staffId, tokenHash: hashOf(token), createdAt: now };
  await tx.insert(calendarLinks).values(row).onConflictDoUpdate({ target: calendarLinks.staffId, set: row });
  return token;
}

/** @returns whether there was one */
export async function revokeCalendarLink(tx: Transaction, staffId: string): Promise<boolean> {
  const gone = await tx.delete(calendarLinks).where(eq(calendarLinks.staffId, staffId)).returning();
  return gone.length > 0;
}

/** Whose link it is: a caseworker or a senior who works here now, or null. */
export async function ownerOfCalendarLink(db: Database, token: string): Promise<string | null> {
  const [row] = await db
    .select({ id: staff.id, role: staff.role })
    .from(calendarLinks)
    .innerJoin(staff, eq(staff.id, calendarLinks.staffId))
    .where(and(eq(calendarLinks.tokenHash, hashOf(token)), eq(staff.active, true)));
  return row !== undefined && (row.role === 'caseworker' || row.role === 'senior') ? row.id : null;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
