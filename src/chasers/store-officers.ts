import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { RestPattern } from '../../db/schema/people.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { ChasedOfficer } from './duty.ts';

type Raw = Omit<ChasedOfficer, 'restPattern' | 'absences'> & {
  rest_pattern: RestPattern | string | null;
  absences: { from: CivilDate; to: CivilDate }[] | string;
};

/**
 * Officers with everyone above them and the deputies of all these, by collar number: two thousand others are not read.
 * @param from absences that end before this day are left out
 */
export async function readLines(
  tx: Transaction,
  collars: readonly string[],
  from: CivilDate,
): Promise<Map<string, ChasedOfficer>> {
  if (collars.length === 0) return new Map();
  const rows = await tx.execute<Raw>(sql`
    with recursive line(collar) as (
      select jsonb_array_elements_text(${JSON.stringify([...new Set(collars)])}::jsonb)
      union
      select o.supervisor from officers o join line l on l.collar = o.collar where o.supervisor is not null
    ),
    everyone as (
      select collar from line
      union
      select d.deputy from officer_duties d join line l on l.collar = d.collar where d.deputy is not null
    )
    select o.collar, o.rank, o.email, o.supervisor, d.deputy, d.rest_pattern,
      coalesce((select jsonb_agg(jsonb_build_object('from', a.from_date, 'to', a.to_date))
        from officer_absences a where a.collar = o.collar and a.to_date >= ${from}::date), '[]') as absences
    from everyone e join officers o on o.collar = e.collar left join officer_duties d on d.collar = o.collar`);
  return new Map(
    rows.map(({ rest_pattern, absences, ...row }) => [
      row.collar,
      { ...row, restPattern: parsed(rest_pattern), absences: parsed(absences) ?? [] },
    ]),
  );
}

/** Drizzle's client hands JSON over as text. */
function parsed<Value>(value: Value | string | null): Value | null {
  return typeof value === 'string' ? (JSON.parse(value) as Value) : value;
}
