import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { staff } from '../../db/schema/people.ts';
import { hubActor } from './history.ts';
import { addMember } from './member.ts';

/**
 * Lets somebody in who can add the others: where no administrator works here, as in a new hub, the one whom the
 * configuration names is added. Afterwards it does nothing.
 * @returns whether they were added
 */
export async function addFirstAdministrator(
  db: Database,
  first: { id: string; email: string },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [known] = await tx
      .select({ id: staff.id })
      .from(staff)
      .where(and(eq(staff.role, 'administrator'), eq(staff.active, true)))
      .limit(1);
    if (known) return false;
    const by = { actor: hubActor, now: await readNow(tx) };
    const given = { ...first, name: 'First administrator', role: 'administrator' as const, team: null };
    return (await addMember(tx, given, by)) !== null;
  });
}
