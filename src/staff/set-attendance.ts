import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { absences, attendance, staff } from '../../db/schema/index.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Absence } from './attendance.ts';
import { recordHistory, type Actor } from './history.ts';
import { replaceAbsences } from './replace-absences.ts';
import type { WorkingPattern } from './working-pattern.ts';

export type AttendanceRow = Pick<
  typeof attendance.$inferSelect,
  'pattern' | 'patternVersion' | 'skills' | 'skillsVersion' | 'absencesVersion'
>;

const nothing: AttendanceRow = {
  pattern: null,
  patternVersion: 0,
  skills: [],
  skillsVersion: 0,
  absencesVersion: 0,
};

/** Caseworkers and seniors, who are given work; undefined for everybody else. */
export async function readWorkingStaff(db: Database | Transaction, id: string) {
  const [row] = await db.select().from(staff).where(eq(staff.id, id));
  return row?.active && (row.role === 'caseworker' || row.role === 'senior') ? row : undefined;
}

/** What is recorded of somebody's hours and skills; in a transaction with `lock`, nobody else changes it meanwhile. */
export async function readAttendanceRow(
  db: Database | Transaction,
  staffId: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<AttendanceRow> {
  // The person is there even where nothing of them is recorded: their row is the mutex.
  if (lock) await db.select({ id: staff.id }).from(staff).where(eq(staff.id, staffId)).for('update');
  const [row] = await db.select().from(attendance).where(eq(attendance.staffId, staffId));
  return row ?? nothing;
}

/** The absences of somebody that end on a day or later. */
export async function readAbsences(
  db: Database | Transaction,
  staffId: string,
  from: CivilDate,
): Promise<(Absence & { id: string })[]> {
  const { id, to, start, end, kind } = absences;
  const rows = await db
    .select({ id, from: absences.from, to, start, end, kind })
    .from(absences)
    .where(and(eq(absences.staffId, staffId), gte(absences.to, from)))
    .orderBy(asc(absences.from), sql`${start} nulls first`, asc(to), asc(kind));
  return rows.map((row) => ({ ...row, start: row.start ?? undefined, end: row.end ?? undefined }));
}

export type By = { actor: Actor; now: Instant };

/** Replaces somebody's absences that are not yet past. The caller holds the lock on the person. */
export async function setAbsences(
  tx: Transaction,
  staffId: string,
  given: readonly Absence[],
  by: By,
): Promise<number> {
  const today = civilDateOf(by.now);
  const { remove, shorten, add } = replaceAbsences(await readAbsences(tx, staffId, today), given, today);
  if (remove.length > 0) await tx.delete(absences).where(inArray(absences.id, remove));
  for (const { id, to } of shorten)
    await tx.update(absences).set({ to, end: null }).where(eq(absences.id, id));
  if (add.length > 0)
    await tx
      .insert(absences)
      .values(add.map((one) => ({ ...one, id: newId(), staffId, recordedAt: by.now })));
  const { absencesVersion } = await put(tx, staffId, by, 'absencesVersion', {});
  await note(tx, staffId, by, 'absences-set', { absences: given });
  return absencesVersion;
}

/** Records when somebody works, or with null that it is not known. The caller holds the lock on the person. */
export async function setPattern(
  tx: Transaction,
  staffId: string,
  pattern: WorkingPattern | null,
  by: By,
): Promise<number> {
  const kept = await put(tx, staffId, by, 'patternVersion', { pattern });
  await note(tx, staffId, by, 'working-pattern-set', { pattern });
  return kept.patternVersion;
}

/** Records what somebody is trained in. The caller holds the lock on the person. */
export async function setSkills(
  tx: Transaction,
  staffId: string,
  skills: readonly string[],
  by: By,
): Promise<number> {
  const sorted = [...new Set(skills)].sort();
  const kept = await put(tx, staffId, by, 'skillsVersion', { skills: sorted });
  await note(tx, staffId, by, 'skills-set', { skills: sorted });
  return kept.skillsVersion;
}

type Version = 'patternVersion' | 'skillsVersion' | 'absencesVersion';

async function put(
  tx: Transaction,
  staffId: string,
  { actor, now }: By,
  version: Version,
  values: Partial<Pick<AttendanceRow, 'pattern' | 'skills'>>,
): Promise<AttendanceRow> {
  const changed = { ...values, changedBy: actor.id, changedAt: now };
  const [row] = await tx
    .insert(attendance)
    .values({ staffId, ...changed, [version]: 1 })
    .onConflictDoUpdate({
      target: attendance.staffId,
      set: { ...changed, [version]: sql`${attendance[version]} + 1` },
    })
    .returning();
  if (!row) throw new Error('what was recorded of a member of staff is gone');
  return row;
}

async function note(
  tx: Transaction,
  staffId: string,
  { actor, now }: By,
  action: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await recordHistory(tx, actor, now, [{ action, caseId: null, entity: 'staff', entityId: staffId, detail }]);
}
