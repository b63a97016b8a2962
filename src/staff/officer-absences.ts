import { and, asc, eq, gte, inArray } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { officerAbsences, officerDuties, officers, type RestPattern } from '../../db/schema/people.ts';
import { sayDate, type CivilDate } from '../calendar/civil-date.ts';
import type { Instant } from '../platform/clock.ts';
import type { FieldError } from '../platform/failure.ts';
import { newId } from '../platform/ids.ts';
import { recordHistory, type Actor } from './history.ts';

export type AbsenceKind = (typeof officerAbsences.$inferSelect)['kind'];
export type OfficerAbsence = { from: CivilDate; to: CivilDate; kind: AbsenceKind };

/** When an officer is there, and who stands in. */
export type OfficerDuty = {
  absences: OfficerAbsence[];
  restPattern: RestPattern | null;
  deputy: string | null;
};
export type StandingDuty = OfficerDuty & { version: number };

/** What is known of an officer's duties, with absences that end on a day or later; undefined where there is no such officer. */
export async function readOfficerDuty(
  db: Database | Transaction,
  collar: string,
  today: CivilDate,
): Promise<StandingDuty | undefined> {
  const [officer] = await db
    .select({ collar: officers.collar })
    .from(officers)
    .where(eq(officers.collar, collar));
  if (!officer) return undefined;
  const [duty] = await db.select().from(officerDuties).where(eq(officerDuties.collar, collar));
  const { from, to, kind } = officerAbsences;
  const absences = await db
    .select({ from, to, kind })
    .from(officerAbsences)
    .where(and(eq(officerAbsences.collar, collar), gte(officerAbsences.to, today)))
    .orderBy(asc(officerAbsences.from), asc(officerAbsences.id));
  return {
    absences,
    restPattern: duty?.restPattern ?? null,
    deputy: duty?.deputy ?? null,
    version: duty?.version ?? 0,
  };
}

/** Locks an officer, so that two changes come one after the other. */
export async function lockOfficer(tx: Transaction, collar: string): Promise<void> {
  await tx
    .select({ collar: officers.collar })
    .from(officers)
    .where(eq(officers.collar, collar))
    .for('update');
}

/** Everything that contradicts itself, each naming its field. Pure. */
export function checkDuty(
  duty: OfficerDuty,
  collar: string,
  isOfficer: boolean,
  today: CivilDate,
): FieldError[] {
  const errors: FieldError[] = [];
  duty.absences.forEach(({ from, to }, i) => {
    const problem = (field: string, message: string) =>
      errors.push({ path: `absences.${i}.${field}`, message });
    if (to < from) problem('to', 'is before from');
    else if (to < today) problem('to', 'is past: what is past is kept as it was');
    const other = duty.absences.findIndex((one, j) => j < i && one.from <= to && from <= one.to);
    if (other !== -1)
      problem('from', `overlaps the absence from ${sayDate(duty.absences[other]?.from ?? from)}`);
  });
  if (duty.deputy === collar) errors.push({ path: 'deputy', message: 'is the officer themselves' });
  else if (!isOfficer)
    errors.push({ path: 'deputy', message: 'is not the collar number of an officer that is known here' });
  if (duty.restPattern !== null && !duty.restPattern.days.includes('duty'))
    errors.push({ path: 'restPattern.days', message: 'has no day on duty' });
  return errors;
}

/** Whether there is an officer of this collar number. */
export async function isOfficer(db: Database | Transaction, collar: string): Promise<boolean> {
  const rows = await db
    .select({ collar: officers.collar })
    .from(officers)
    .where(inArray(officers.collar, [collar]));
  return rows.length > 0;
}

/** Keeps when an officer is there from now on; absences that are past stay as they were. */
export async function saveOfficerDuty(
  tx: Transaction,
  collar: string,
  duty: OfficerDuty,
  before: StandingDuty,
  actor: Actor,
  now: Instant,
  today: CivilDate,
): Promise<void> {
  await tx
    .delete(officerAbsences)
    .where(and(eq(officerAbsences.collar, collar), gte(officerAbsences.to, today)));
  if (duty.absences.length > 0)
    await tx
      .insert(officerAbsences)
      .values(duty.absences.map((absence) => ({ ...absence, id: newId(), collar, recordedAt: now })));
  const { restPattern, deputy } = duty;
  const row = {
    collar,
    restPattern,
    deputy,
    version: before.version + 1,
    changedBy: actor.id,
    changedAt: now,
  };
  await tx.insert(officerDuties).values(row).onConflictDoUpdate({ target: officerDuties.collar, set: row });
  const { version: _version, ...was } = before;
  await recordHistory(tx, actor, now, [
    {
      action: 'officer-absences-set',
      caseId: null,
      entity: 'officer',
      entityId: collar,
      detail: { before: was, after: duty },
    },
  ]);
}
