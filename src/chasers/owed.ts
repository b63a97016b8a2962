import { inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { cases, materialRequests } from '../../db/schema/index.ts';

/** A request that is chased, with as much of its case as chasing needs. */
export type Owed = {
  request: typeof materialRequests.$inferSelect;
  row: Pick<typeof cases.$inferSelect, 'id' | 'urn' | 'team' | 'caseworker' | 'restricted' | 'visibleTo'>;
};

/** Requests and their cases, by the id of the request. */
export async function readOwed(tx: Transaction, ids: readonly string[]): Promise<Map<string, Owed>> {
  if (ids.length === 0) return new Map();
  const { id, urn, team, caseworker, restricted, visibleTo } = cases;
  const rows = await tx
    .select({ request: materialRequests, row: { id, urn, team, caseworker, restricted, visibleTo } })
    .from(materialRequests)
    .innerJoin(cases, sql`${cases.id} = ${materialRequests.caseId}`)
    .where(inArray(materialRequests.id, [...ids]));
  return new Map(rows.map((one) => [one.request.id, one]));
}
