import { and, asc, eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { staff } from '../../db/schema/people.ts';
import type { Work } from './store.ts';

/**
 * Gives the tasks that are for a senior to one: of the team (or of every team), who may see the case and may take the
 * task. Where there is none it is in the team's pool.
 */
export async function givenToSeniors(tx: Transaction, work: readonly Work[]): Promise<readonly Work[]> {
  if (!work.some(({ draft }) => draft.forSenior)) return work;
  const seniors = await tx
    .select({ id: staff.id, team: staff.team })
    .from(staff)
    .where(and(eq(staff.role, 'senior'), eq(staff.active, true)))
    .orderBy(asc(staff.id));
  return work.map((one) => {
    const { draft, assignment } = one;
    if (!draft.forSenior) return one;
    const { team, visibleTo } = assignment;
    const able = seniors.filter(
      ({ id }) => !draft.notFor?.includes(id) && (visibleTo.length === 0 || visibleTo.includes(id)),
    );
    const senior = able.find((person) => person.team === team) ?? able.find((person) => person.team === null);
    return { draft, assignment: { ...assignment, assignee: senior?.id ?? null } };
  });
}
