import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import type { RequestBasis } from '../../db/schema/materials.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import { isCustodyLimit } from '../deadlines/is-custody-limit.ts';
import { rules } from '../deadlines/rules/register.ts';
import { occasionInSql } from '../materials/occasion.ts';

/** One thing that a message asks for, and what would suffer without it. */
export type AskedItem = {
  id: string;
  version: number;
  officer: string;
  caseId: string;
  urn: string;
  material: string;
  why: string;
  defectCode: string | null;
  basis: RequestBasis['kind'] | null;
  dueOn: CivilDate;
  custodyLimit: CivilDate | null;
  timeLimit: CivilDate | null;
  hearing: CivilDate | null;
  /** This message is for it; of others its reader has been told before. */
  isNew: boolean;
};

const dangerous = rules.filter(({ danger }) => danger).map(({ id }) => id);
const ofCustody = JSON.stringify([...new Set(dangerous.filter(isCustodyLimit))]);
const ofTime = JSON.stringify([...new Set(dangerous.filter((id) => !isCustodyLimit(id)))]);

const nearest = (ofRules: string, today: CivilDate) => sql`(
  select min(d.legal_due)::text from deadlines d where d.case_id = r.case_id and d.state = 'pending'
    and d.legal_due >= ${today}::date and d.rule = any (array(select jsonb_array_elements_text(${ofRules}::jsonb))))`;

const nextHearing = (today: CivilDate) => sql`(
  select min(h.heard_on)::text from hearings h where h.case_id = r.case_id and h.state = 'listed'
    and h.heard_on >= ${today}::date)`;

/** What would suffer without what is asked for, and when; each null where there is none. */
export type Endangered = Pick<AskedItem, 'custodyLimit' | 'timeLimit' | 'hearing'>;

/** What of each of these cases would suffer, by the id of the case. */
export async function readEndangered(
  db: Database | Transaction,
  caseIds: readonly string[],
  today: CivilDate,
): Promise<Map<string, Endangered>> {
  const rows = await db.execute<Endangered & { caseId: string }>(sql`
    select r.case_id as "caseId", ${nearest(ofCustody, today)} as "custodyLimit",
      ${nearest(ofTime, today)} as "timeLimit", ${nextHearing(today)} as hearing
    from (select jsonb_array_elements_text(${JSON.stringify([...new Set(caseIds)])}::jsonb)::uuid as case_id) r`);
  return new Map(rows.map(({ caseId, ...endangered }) => [caseId, endangered]));
}

/**
 * All that a message asks for as things stand: what chasers joined it for and is still owed, and with it whatever else
 * has been asked of the same officers, or has been escalated to the same person, and is still owed. Of what has come, is
 * held, has been answered for or is another officer's by now nothing. Empty where nothing is left of what it was for.
 */
export async function readAskedItems(
  tx: Transaction,
  message: { id: string; purpose: string; toId: string },
  today: CivilDate,
): Promise<AskedItem[]> {
  const stands = sql.raw(`r.state = 'outstanding' and (r.answer is null or r.answer in ('late', 'sent'))`);
  const ofThis = sql.raw(
    `(c.occasion = ${occasionInSql} or (c.occasion is null and c.request_version = r.version))`,
  );
  const along =
    message.purpose === 'escalation'
      ? sql`select c.request_id as id from chasers c join material_requests r on r.id = c.request_id
            where c.recipient = ${message.toId} and (c.level <> 'officer' or c.stands_in = 'away')
              and ${stands} and ${ofThis}`
      : sql`select r.id from material_requests r
            where r.officer in (select r.officer from joined j join material_requests r on r.id = j.id
                union select ${message.toId}) and ${stands}
              and exists (select from chasers c where c.request_id = r.id and ${ofThis})`;
  const rows = await tx.execute<AskedItem>(sql`
    with joined as materialized (
      select distinct r.id from chasers c join material_requests r on r.id = c.request_id
      where c.message_id = ${message.id} and ${stands} and ${ofThis}
        and (r.held_until is null or r.held_until <= ${today}::date)
    ),
    along as materialized (${along})
    select r.id, r.version, r.officer, r.case_id as "caseId", k.urn, r.material, r.why, r.defect_code as "defectCode",
      r.basis->>'kind' as basis, r.due_on::text as "dueOn", exists (select from joined j where j.id = r.id) as "isNew",
      ${nearest(ofCustody, today)} as "custodyLimit", ${nearest(ofTime, today)} as "timeLimit",
      ${nextHearing(today)} as hearing
    from material_requests r join cases k on k.id = r.case_id
    where r.id in (select id from joined union select id from along)
      and (r.held_until is null or r.held_until <= ${today}::date)`);
  return rows.some(({ isNew }) => isNew) ? [...rows] : [];
}
