import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import type { CaseBody } from './case-body.ts';

/**
 * Who gets a new case: of the caseworkers of its team who are here today, the one with the fewest minutes of open
 * work, then by id. A restricted case goes to one who is named, and is seen by those named; where nobody is named, by
 * whoever gets it and the seniors. Null where nobody can be given it: its work is then in the team's pool.
 */
export async function assignCaseworker(
  tx: Transaction,
  body: Pick<CaseBody, 'kind' | 'restricted' | 'visibleTo'>,
  creator: string,
  now: Instant,
): Promise<{ caseworker: string | null; visibleTo: string[] }> {
  const today = civilDateOf(now);
  const named = body.restricted ? body.visibleTo : [];
  const rows = await tx.execute<{ id: string }>(sql`
    select s.id from staff s
    left join tasks t on t.assignee = s.id and t.state = 'open'
    where s.role = 'caseworker' and s.active and s.team = ${body.kind}
      and (${named.length} = 0 or s.id in (select jsonb_array_elements_text(${JSON.stringify(named)}::jsonb)))
      and not exists (select from absences a where a.staff_id = s.id and ${today} between a.from_date and a.to_date)
    group by s.id order by coalesce(sum(t.effort_minutes), 0), s.id limit 1`);
  const caseworker = rows[0]?.id ?? null;
  if (!body.restricted) return { caseworker, visibleTo: [] };
  if (named.length > 0) return { caseworker, visibleTo: named };
  const seniors = await tx.execute<{ id: string }>(
    sql`select id from staff where role = 'senior' and active order by id`,
  );
  const [createdBy] = await tx.execute<{ id: string }>(
    sql`select id from staff where id = ${creator} and role = 'caseworker'`,
  );
  const visibleTo = [caseworker, createdBy?.id, ...seniors.map(({ id }) => id)].filter((id) => id != null);
  return { caseworker, visibleTo: [...new Set(visibleTo)] };
}
