import { asc, eq, gt, and } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { staff } from '../../db/schema/people.ts';

/** Everybody who is known here, by id; who has left too. */
export async function listStaff(
  db: Database,
  filter: { team?: 'crime' | 'traffic' | undefined },
  limit: number,
  after?: string,
) {
  return db
    .select({ id: staff.id, name: staff.name, role: staff.role, team: staff.team, active: staff.active })
    .from(staff)
    .where(
      and(
        filter.team === undefined ? undefined : eq(staff.team, filter.team),
        after === undefined ? undefined : gt(staff.id, after),
      ),
    )
    .orderBy(asc(staff.id))
    .limit(limit);
}
