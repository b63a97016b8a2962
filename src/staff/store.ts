import { eq } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { staff, type StaffRole } from '../../db/schema/people.ts';

/** Someone who is signed in: a person of the hub, or the machine client that feeds it. */
export type Staff = { id: string; role: StaffRole; team: 'crime' | 'traffic' | null; name: string };

/** The member of staff with this id who may work now, or null. */
export async function findActiveStaff(db: Database | Transaction, id: string): Promise<Staff | null> {
  const [row] = await db.select().from(staff).where(eq(staff.id, id));
  return row?.active ? { id: row.id, role: row.role, team: row.team, name: row.name } : null;
}
