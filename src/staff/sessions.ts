import { hash, randomBytes } from 'node:crypto';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { runHot, runSlow } from '../../db/hot-statement.ts';
import { sessions } from '../../db/schema/sessions.ts';
import type { Staff } from './store.ts';

/** A session ends after this long without a page asked for, and at the latest after the second, by the machine's clock. */
export const idleMinutes = 60;
export const longestHours = 12;

/** How old the time of the last page may grow before it is written again. */
const seenEverySeconds = 60;

const hashOf = (secret: string) => hash('sha256', secret, 'base64url');

const isCurrent = sql`${sessions.seenAt} > clock_timestamp() - ${idleMinutes} * interval '1 minute'
  and ${sessions.startedAt} > clock_timestamp() - ${longestHours} * interval '1 hour'`;

/**
 * Signs somebody in to the pages, and forgets sessions that are over, with that which the browser had until now.
 * @param options.claimed what this sign-in claims; the person's other sessions claim the same from now on, so that no
 *   browser keeps a role that was taken from them
 * @param options.before the secret that the browser had, which is of no use to anybody afterwards
 * @returns the secret for the browser's cookie; only its hash is kept
 */
export async function startSession(
  db: Database,
  staffId: string,
  { claimed = null, before }: { claimed?: string[] | null; before?: string | undefined } = {},
): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  await db.transaction(async (tx) => {
    await tx
      .delete(sessions)
      .where(sql`not (${isCurrent}) or ${sessions.secretHash} = ${hashOf(before ?? '')}`);
    if (claimed !== null) await tx.update(sessions).set({ claimed }).where(eq(sessions.staffId, staffId));
    await tx.insert(sessions).values({ secretHash: hashOf(secret), staffId, claimed });
  });
  return secret;
}

/** Who is signed in by `$1`, the hash of a session's secret. */
export const sessionStatement = `select p.id, p.role, p.team, p.name, s.claimed,
    s.seen_at < clock_timestamp() - interval '${seenEverySeconds} seconds' as "isStale"
  from sessions s join staff p on p.id = s.staff_id
  where s.secret_hash = $1::text and p.active
    and s.seen_at > clock_timestamp() - interval '${idleMinutes} minutes'
    and s.started_at > clock_timestamp() - interval '${longestHours} hours'`;

const seen = `update sessions set seen_at = clock_timestamp() where secret_hash = $1::text`;

/** Somebody as the list of staff has them, with what their session claims. */
export type InSession = { person: Staff; claimed: string[] | null };

/**
 * Who a session belongs to; null where it is over, unknown, or of somebody who no longer works here.
 * @param how.isActivity whether this counts as using the hub, which is what a person does and a page by itself does not
 * @param how.statement `sessionStatement`, or one that answers more in the same row
 */
export async function findSession<More extends object>(
  db: Database,
  secret: string,
  { isActivity = true, statement = sessionStatement }: { isActivity?: boolean; statement?: string } = {},
): Promise<(InSession & { row: More }) | null> {
  const secretHash = hashOf(secret);
  type Found = Staff & Pick<InSession, 'claimed'> & { isStale: boolean } & More;
  const [row] = await runHot<Found>(db, statement, [secretHash]);
  if (!row) return null;
  const { id, role, team, name, claimed, isStale } = row;
  // Nobody waits for it: where it cannot be written now, the next page writes it.
  if (isStale && isActivity) runSlow(db, seen, [secretHash]).catch(() => undefined);
  return { person: { id, role, team, name }, claimed, row };
}

/** Signs out of one browser. */
export async function endSession(db: Database, secret: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.secretHash, hashOf(secret)));
}

/** Signs somebody out everywhere. */
export async function endSessionsOf(db: Database, staffId: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.staffId, staffId));
}

/** Where somebody is signed in now, the newest first; `secret` is that of the browser that asks. */
export async function sessionsOf(
  db: Database,
  staffId: string,
  secret: string,
): Promise<{ startedAt: string; seenAt: string; isThis: boolean }[]> {
  return db
    .select({
      startedAt: sessions.startedAt,
      seenAt: sessions.seenAt,
      isThis: sql<boolean>`${sessions.secretHash} = ${hashOf(secret)}`,
    })
    .from(sessions)
    .where(and(eq(sessions.staffId, staffId), isCurrent))
    .orderBy(desc(sessions.startedAt));
}
