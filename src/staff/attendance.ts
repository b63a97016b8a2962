import { sql, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import type { absences } from '../../db/schema/index.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { StaffRole } from '../../db/schema/people.ts';
import type { Away } from './away.ts';
import type { WorkingPattern } from './working-pattern.ts';

export type AbsenceKind = (typeof absences.$inferSelect)['kind'];
export type Absence = Away & { start?: string; end?: string; kind: AbsenceKind };
export type Cover = { on: CivilDate; start: string; end: string };

/** A member of staff with what their capacity follows from, in a run of days. */
export type Attendance = {
  id: string;
  name: string;
  role: StaffRole;
  team: 'crime' | 'traffic' | null;
  /** Null where nobody has recorded their hours. */
  pattern: WorkingPattern | null;
  skills: string[];
  absences: Absence[];
  cover: Cover[];
};

/**
 * The attendance of staff who are active, in order of their ids.
 * @param which a condition on `staff s`
 * @param days the first and the last day whose absences and cover are read
 */
export async function readAttendance(
  db: Database | Transaction,
  which: SQL,
  days: { first: CivilDate; last: CivilDate },
): Promise<Attendance[]> {
  const { first, last } = days;
  const rows = await db.execute<Attendance>(sql`
    select s.id, s.name, s.role, s.team, w.pattern, coalesce(w.skills, '{}') as skills,
      coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('from', a.from_date, 'to', a.to_date,
            'start', a.start_time, 'end', a.end_time, 'kind', a.kind))
          order by a.from_date, a.start_time nulls first, a.to_date, a.kind)
        from absences a where a.staff_id = s.id and a.to_date >= ${first} and a.from_date <= ${last}), '[]') as absences,
      coalesce((select jsonb_agg(jsonb_build_object('on', v.covered_on, 'start', v.start_time, 'end', v.end_time)
          order by v.covered_on)
        from weekend_cover v where v.staff_id = s.id and v.covered_on between ${first} and ${last}), '[]') as cover
    from staff s left join attendance w on w.staff_id = s.id
    where s.active and ${which} order by s.id`);
  return [...rows];
}
