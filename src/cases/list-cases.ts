import { and, desc, eq, exists, ilike, or, sql, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { cases, defendants, hearings } from '../../db/schema/index.ts';
import type { CaseRow } from './settle.ts';

export type CaseFilter = {
  /** Part of a URN, or of a defendant's name. */
  q?: string | undefined;
  officer?: string | undefined;
  caseworker?: string | undefined;
  kind?: 'crime' | 'traffic' | undefined;
  state?: 'open' | 'finalised' | undefined;
  /** A day on which a hearing is listed. */
  hearingOn?: string | undefined;
};

/** Cases that a person may see, newest first, after the position of the page before. */
export async function listCases(
  db: Database | Transaction,
  filter: CaseFilter,
  viewer: { id: string; role: string; team: string | null },
  limit: number,
  after?: [createdAt: string, id: string],
): Promise<CaseRow[]> {
  return db
    .select()
    .from(cases)
    .where(
      and(
        filter.q === undefined ? undefined : matches(db, filter.q),
        filter.officer === undefined ? undefined : eq(cases.officer, filter.officer),
        filter.caseworker === undefined ? undefined : eq(cases.caseworker, filter.caseworker),
        filter.kind === undefined ? undefined : eq(cases.kind, filter.kind),
        filter.state === undefined ? undefined : eq(cases.state, filter.state),
        filter.hearingOn === undefined ? undefined : isHeardOn(db, filter.hearingOn),
        or(eq(cases.restricted, false), sql`${viewer.id} = any(${cases.visibleTo})`),
        viewer.role === 'caseworker'
          ? or(eq(cases.restricted, true), eq(cases.team, viewer.team as 'crime' | 'traffic'))
          : undefined,
        after === undefined
          ? undefined
          : sql`(${cases.createdAt}, ${cases.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(desc(cases.createdAt), desc(cases.id))
    .limit(limit);
}

function matches(db: Database | Transaction, q: string): SQL | undefined {
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  return or(
    ilike(cases.urn, pattern),
    exists(
      db
        .select({ one: sql`1` })
        .from(defendants)
        .where(and(eq(defendants.caseId, cases.id), ilike(defendants.name, pattern))),
    ),
  );
}

function isHeardOn(db: Database | Transaction, on: string): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(hearings)
      .where(and(eq(hearings.caseId, cases.id), eq(hearings.on, on), eq(hearings.state, 'listed'))),
  );
}
