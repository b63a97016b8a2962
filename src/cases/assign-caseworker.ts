import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { cases } from '../../db/schema/index.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { readCandidates } from '../workload/candidates.ts';
import { readGivingOf, type Giving } from '../workload/giving.ts';
import { chooseCaseworker } from '../workload/choose-caseworker.ts';
import type { CaseBody } from './case-body.ts';
import type { Recording } from './settle.ts';

type Assigned = Pick<typeof cases.$inferSelect, 'caseworker' | 'visibleTo'>;

/**
 * Who gets a new case: of the caseworkers of its team who are here today, have the skills that the team's rules call
 * for and no conflict of interest, the one with the most minutes of capacity that no work is planned for. A restricted
 * case goes to one who is named, and is seen by those named; where nobody is named, by whoever gets it and the
 * seniors. Null where nobody can be given it: its work is then in the team's pool.
 * @returns with it what giving out its work depends on, which the case is stored with
 */
export async function assignCaseworker(
  tx: Transaction,
  { id, body, state }: { id: string; body: CaseBody; state: CaseState },
  { now, calendar, actor }: Recording,
): Promise<Assigned & { giving: Giving }> {
  const { giving, to } = await readGivingOf(tx, { id, team: body.kind, state });
  const named = body.restricted ? body.visibleTo : [];
  const candidates = await readCandidates(tx, body.kind, calendar, now);
  const caseworker = chooseCaseworker(candidates, { ...giving, named, to });
  if (!body.restricted) return { caseworker, visibleTo: [], giving };
  if (named.length > 0) return { caseworker, visibleTo: named, giving };
  const seniors = await tx.execute<{ id: string }>(
    sql`select id from staff where role = 'senior' and active order by id`,
  );
  const [createdBy] = await tx.execute<{ id: string }>(
    sql`select id from staff where id = ${actor.id} and role = 'caseworker'`,
  );
  const visibleTo = [caseworker, createdBy?.id, ...seniors.map((senior) => senior.id)].filter(
    (one) => one != null,
  );
  return { caseworker, visibleTo: [...new Set(visibleTo)], giving };
}
