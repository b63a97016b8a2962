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
        filter.officer === undefined
          ? undefined
          : or(eq(cases.officer, filter.officer), eq(cases.officer, filter.officer.trim().toUpperCase())),
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
  const like = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const pattern = like(q);
  // A URN is often written in groups: 21AB 12345 26, or 21AB/12345/26.
  const urn = q.replace(/[\s/-]/g, '');
  return or(
    urn === '' ? undefined : ilike(cases.urn, like(urn)),
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

/** What tells a case from others in a list: its defendants by name, and its next hearing. */
export type CaseInList = { defendants: string[]; nextHearing: { on: string; courtName: string } | null };

/**
 * What lists show of these cases beside their rows, by id.
 * @param today the day it is, London: a hearing before it is not the next
 */
export async function readForList(
  db: Database | Transaction,
  ids: readonly string[],
  today: string,
): Promise<Map<string, CaseInList>> {
  if (ids.length === 0) return new Map();
  const rows = await db.execute<{
    id: string;
    defendants: string[];
    on: string | null;
    court: string | null;
  }>(
    sql`select c.id, c.defendant_names as defendants,
      h.heard_on::text as on, h.court_name as court
    from cases c left join lateral (
      select heard_on, court_name from hearings
      where case_id = c.id and state = 'listed' and heard_on >= ${today}::date
      order by heard_on, id limit 1) h on true
    where c.id = any(array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))::uuid[])`,
  );
  return new Map(
    rows.map(({ id, defendants: names, on, court }) => [
      id,
      { defendants: names, nextHearing: on === null ? null : { on, courtName: court ?? '' } },
    ]),
  );
}
