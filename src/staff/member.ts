import { eq } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { staff, type StaffRole } from '../../db/schema/people.ts';
import type { Instant } from '../platform/clock.ts';
import type { FieldError } from '../platform/failure.ts';
import { recordHistory, type Actor } from './history.ts';

export type Member = typeof staff.$inferSelect;
export type MemberGiven = Pick<Member, 'name' | 'role' | 'team' | 'email' | 'active'>;

/** Whether somebody of a role is given work on cases. */
export function isGivenCases({ role, active }: { role: StaffRole; active: boolean }): boolean {
  return active && (role === 'caseworker' || role === 'senior');
}

/** What somebody's role and team contradict each other in. Pure. */
export function memberErrors({ role, team }: Pick<Member, 'role' | 'team'>): FieldError[] {
  if (role === 'caseworker' && team === null) return [{ path: 'team', message: 'is needed of a caseworker' }];
  if (role === 'feed' && team !== null) return [{ path: 'team', message: 'is none of a machine client' }];
  return [];
}

/** Somebody of the list of staff, who may have left; in a transaction with `lock`, nobody else changes them. */
export async function readMember(
  db: Database | Transaction,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<Member | undefined> {
  const reading = db.select().from(staff).where(eq(staff.id, id));
  // Not the key: whoever holds a case and writes of this person, in a claim say, does not wait for it.
  const [row] = await (lock ? reading.for('no key update') : reading);
  return row;
}

/** Adds somebody to the list of staff; null where there is somebody of that id, who may have left. */
export async function addMember(
  tx: Transaction,
  given: Omit<MemberGiven, 'active'> & { id: string },
  by: { actor: Actor; now: Instant },
): Promise<Member | null> {
  const [added] = await tx.insert(staff).values(given).onConflictDoNothing().returning();
  if (!added) return null;
  await noteMember(tx, added, 'staff-added', ['name', 'role', 'team', 'email'], by);
  return added;
}

/** Writes what was changed of somebody: which fields, and what decides what they may do. */
export async function noteMember(
  tx: Transaction,
  { id, role, team, active }: Member,
  action: 'staff-added' | 'staff-changed',
  fields: readonly string[],
  { actor, now }: { actor: Actor; now: Instant },
): Promise<void> {
  const detail = { fields, role, team, active };
  await recordHistory(tx, actor, now, [{ action, caseId: null, entity: 'staff', entityId: id, detail }]);
}
