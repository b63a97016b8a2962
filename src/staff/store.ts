import type { Database, Transaction } from '../../db/connect.ts';
import { runHot } from '../../db/hot-statement.ts';
import type { StaffRole } from '../../db/schema/people.ts';
import { groupBy } from '../platform/group-by.ts';

/** Someone who is signed in: a person of the hub, or the machine client that feeds it. */
export type Staff = { id: string; role: StaffRole; team: 'crime' | 'traffic' | null; name: string };

/** Who works now under the id `$1`. */
export const staffStatement = 'select id, role, team, name from staff where id = $1::text and active';

/** The member of staff with this id who may work now, or null. */
export async function findActiveStaff(db: Database | Transaction, id: string): Promise<Staff | null> {
  const [row] = await runHot<Staff>(db, staffStatement, [id]);
  return row ?? null;
}

/** The names of staff by their ids, of those who have gone as well. */
export async function readStaffNames(
  db: Database | Transaction,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await runHot<{ id: string; name: string }>(
    db,
    'select id, name from staff where id = any(array(select jsonb_array_elements_text($1::jsonb)))',
    [JSON.stringify(ids)],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The ids of whoever works now and is called this, or has this id, by what was asked in small letters. */
export async function findStaffCalled(
  db: Database | Transaction,
  asked: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await runHot<{ asked: string; id: string }>(
    db,
    `select a.asked, s.id from (select distinct lower(jsonb_array_elements_text($1::jsonb)) as asked) a
      join staff s on s.active and s.role <> 'feed' and a.asked in (lower(s.id), lower(s.name)) order by s.id`,
    [JSON.stringify(asked)],
  );
  return new Map([...groupBy(rows, (row) => row.asked)].map(([name, of]) => [name, of.map(({ id }) => id)]));
}
