import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { staff } from '../../db/schema/people.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { readAttendance } from './attendance.ts';
import { awayAt, sayAway } from './away.ts';

/** Everybody who is known here, by id, and why they are away where they are; who has left too. */
export async function listStaff(
  db: Database,
  filter: { team?: 'crime' | 'traffic' | undefined },
  limit: number,
  after?: string,
) {
  const now = await readNow(db);
  const today = civilDateOf(now);
  const rows = await db
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
  const ids = rows.map(({ id }) => id);
  const attendance =
    ids.length === 0 ? [] : await readAttendance(db, inArray(sql`s.id`, ids), { first: today, last: today });
  const away = new Map(attendance.map(({ id, absences }) => [id, awayAt(absences, now)]));
  return rows.map((row) => {
    const absence = away.get(row.id);
    return { ...row, away: absence === undefined ? null : sayAway(absence, today) };
  });
}
