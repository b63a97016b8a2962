import { createHash, randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { runHot } from '../../db/hot-statement.ts';
import { sessions } from '../../db/schema/sessions.ts';
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

const finding = `select p.id, p.role, p.team, p.name,
    s.seen_at < clock_timestamp() - interval '${seenEverySeconds} seconds' as "isStale"
  from sessions s join staff p on p.id = s.staff_id
  where s.secret_hash = $1::text and p.active
    and s.seen_at > clock_timestamp() - interval '${idleMinutes} minutes'
    and s.started_at > clock_timestamp() - interval '${longestHours} hours'`;

/**
 * Who a session belongs to; null where it is over, unknown, or of somebody who no longer works here.
 * @param isActivity whether this counts as using the hub, which is what a person does and a page by itself does not
 */
export async function findSession(db: Database, secret: string, isActivity = true): Promise<Staff | null> {
  const secretHash = hashOf(secret);
  const [row] = await runHot<Staff & { isStale: boolean }>(db, finding, [secretHash]);
  if (!row) return null;
  const { isStale, ...person } = row;
  if (isStale && isActivity)
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
