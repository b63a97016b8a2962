import type { Database, Transaction } from '../../db/connect.ts';
import { runHot } from '../../db/hot-statement.ts';
import type { StaffRole } from '../../db/schema/people.ts';

/** Someone who is signed in: a person of the hub, or the machine client that feeds it. */
export type Staff = { id: string; role: StaffRole; team: 'crime' | 'traffic' | null; name: string };

/** The member of staff with this id who may work now, or null. */
export async function findActiveStaff(db: Database | Transaction, id: string): Promise<Staff | null> {
  const [row] = await runHot<Staff>(
    db,
    'select id, role, team, name from staff where id = $1::text and active',
    [id],
  );
  return row ?? null;
}
