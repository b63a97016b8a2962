import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import { caseCovers, casePins, cases, tasks } from '../../../db/schema/index.ts';
import type { CaseRow } from '../../cases/settle.ts';
import { readAttendance } from '../../staff/attendance.ts';
import { isAwayAllDay } from '../../staff/away.ts';
import type { Receiver, Standing } from './judge-move.ts';

/**
 * Locks cases, in one order, and then their open tasks, so that nobody pulls one meanwhile; and reads what decides
 * whether they can change hands.
 */
export async function lockStanding(
  tx: Transaction,
  caseIds: readonly string[],
): Promise<Map<string, Standing & { row: CaseRow }>> {
  if (caseIds.length === 0) return new Map();
  const ids = [...caseIds];
  const rows = await tx
    .select()
    .from(cases)
    .where(inArray(cases.id, ids))
    .orderBy(asc(cases.id))
    .for('update');
  const open = await tx
    .select({
      caseId: tasks.caseId,
      heldBy: sql<
        string | null
      >`case when ${tasks.claimUntil} > clock_timestamp() then ${tasks.claimedBy} end`,
    })
    .from(tasks)
    .where(and(inArray(tasks.caseId, ids), eq(tasks.state, 'open')))
    .orderBy(asc(tasks.id))
    .for('update');
  const pins = await tx
    .select()
    .from(casePins)
    .where(and(inArray(casePins.caseId, ids), eq(casePins.pinned, true)));
  const covers = await tx
    .select()
    .from(caseCovers)
    .where(and(inArray(caseCovers.caseId, ids), isNull(caseCovers.endedAt)));
  const heldBy = new Map(open.flatMap((one) => (one.heldBy === null ? [] : [[one.caseId, one.heldBy]])));
  const pinnedBy = new Map(pins.map(({ caseId, by }) => [caseId, by]));
  const coverOf = new Map(covers.map(({ caseId, by, to }) => [caseId, { by, to }]));
  return new Map(
    rows.map((row) => [
      row.id,
      {
        row,
        heldBy: heldBy.get(row.id) ?? null,
        pinnedBy: pinnedBy.get(row.id) ?? null,
        cover: coverOf.get(row.id) ?? null,
      },
    ]),
  );
}

/** The caseworkers to whom cases can be given, by id. */
export async function readReceivers(tx: Transaction, today: string): Promise<Map<string, Receiver>> {
  const people = await readAttendance(tx, sql`s.role = 'caseworker'`, { first: today, last: today });
  return new Map(
    people.map(({ id, team, skills, absences }) => [
      id,
      {
        id,
        team: team ?? '',
        skills,
        awayUntil:
          absences
            .filter((one) => isAwayAllDay([one], today))
            .map(({ to }) => to)
            .sort()
            .at(-1) ?? null,
      },
    ]),
  );
}
