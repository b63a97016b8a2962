import { createHash, randomBytes } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { sessions } from '../../db/schema/sessions.ts';
import { staff } from '../../db/schema/people.ts';
import type { Staff } from './store.ts';

/** A session ends after this long without a page asked for, and at the latest after the second, by the machine's clock. */
export const idleMinutes = 60;
export const longestHours = 12;

/** How old the time of the last page may grow before it is written again. */
const seenEverySeconds = 60;

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');

const isCurrent = sql`${sessions.seenAt} > clock_timestamp() - ${idleMinutes} * interval '1 minute'
  and ${sessions.startedAt} > clock_timestamp() - ${longestHours} * interval '1 hour'`;

/**
 * Signs somebody in to the pages, and forgets sessions that are over.
 * @returns the secret for the browser's cookie; only its hash is kept
 */
export async function startSession(db: Database, staffId: string): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  await db.transaction(async (tx) => {
    await tx.delete(sessions).where(sql`not (${isCurrent})`);
    await tx.insert(sessions).values({ secretHash: hashOf(secret), staffId });
  });
  return secret;
}

/** Who a session belongs to; null where it is over, unknown, or of somebody who no longer works here. */
export async function findSession(db: Database, secret: string): Promise<Staff | null> {
  const secretHash = hashOf(secret);
  const [row] = await db
    .select({
      id: staff.id,
      role: staff.role,
      team: staff.team,
      name: staff.name,
      isStale: sql<boolean>`${sessions.seenAt} < clock_timestamp() - ${seenEverySeconds} * interval '1 second'`,
    })
    .from(sessions)
    .innerJoin(staff, eq(staff.id, sessions.staffId))
    .where(and(eq(sessions.secretHash, secretHash), eq(staff.active, true), isCurrent));
  if (!row) return null;
  const { isStale, ...person } = row;
  if (isStale)
    await db
      .update(sessions)
      .set({ seenAt: sql`clock_timestamp()` })
      .where(eq(sessions.secretHash, secretHash));
  return person;
}

/** Signs out of one browser. */
export async function endSession(db: Database, secret: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.secretHash, hashOf(secret)));
}

/** Signs somebody out everywhere. */
export async function endSessionsOf(db: Database, staffId: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.staffId, staffId));
}
