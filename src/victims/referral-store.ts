import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { agencies, referralReplies, referrals } from '../../db/schema/index.ts';

export type AgencyRow = typeof agencies.$inferSelect;
export type ReferralRow = typeof referrals.$inferSelect;
export type ReplyRow = typeof referralReplies.$inferSelect;
export type Referral = { referral: ReferralRow; agency: string; replies: ReplyRow[] };

/** Agencies by name, after the position of the page before. */
export async function listAgencies(
  db: Database | Transaction,
  filter: { service?: string | undefined; active?: boolean | undefined },
  limit: number,
  after?: [name: string, id: string],
): Promise<AgencyRow[]> {
  return db
    .select()
    .from(agencies)
    .where(
      and(
        filter.active === undefined ? undefined : eq(agencies.active, filter.active),
        filter.service === undefined ? undefined : sql`${filter.service} = any(${agencies.services})`,
        after === undefined
          ? undefined
          : sql`(${agencies.name}, ${agencies.id}) > (${after[0]}, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(asc(agencies.name), asc(agencies.id))
    .limit(limit);
}

/** An agency, locked for a change; undefined where there is none. */
export async function lockAgency(tx: Transaction, id: string): Promise<AgencyRow | undefined> {
  const [row] = await tx.select().from(agencies).where(eq(agencies.id, id)).for('update');
  return row;
}

/** The referrals of a person with what was answered, oldest first. */
export async function readReferrals(db: Database | Transaction, personId: string): Promise<Referral[]> {
  return withReplies(
    db,
    await db
      .select({ referral: referrals, agency: agencies.name })
      .from(referrals)
      .innerJoin(agencies, eq(agencies.id, referrals.agencyId))
      .where(eq(referrals.personId, personId))
      .orderBy(referrals.madeAt, referrals.id),
  );
}

/** One referral with what was answered, or undefined. */
export async function readReferral(db: Database | Transaction, id: string): Promise<Referral | undefined> {
  const rows = await db
    .select({ referral: referrals, agency: agencies.name })
    .from(referrals)
    .innerJoin(agencies, eq(agencies.id, referrals.agencyId))
    .where(eq(referrals.id, id));
  return (await withReplies(db, rows))[0];
}

async function withReplies(
  db: Database | Transaction,
  rows: readonly { referral: ReferralRow; agency: string }[],
): Promise<Referral[]> {
  if (rows.length === 0) return [];
  const replies = await db
    .select()
    .from(referralReplies)
    .where(
      inArray(
        referralReplies.referralId,
        rows.map(({ referral }) => referral.id),
      ),
    )
    .orderBy(referralReplies.at, referralReplies.id);
  return rows.map((row) => ({
    ...row,
    replies: replies.filter(({ referralId }) => referralId === row.referral.id),
  }));
}
