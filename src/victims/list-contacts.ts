import { and, eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { cases, contacts, deadlines, people } from '../../db/schema/index.ts';
import type { DeadlineRow } from '../deadlines/store.ts';
import type { PersonRow } from './people-store.ts';
import type { ContactRow } from './store.ts';

export type ContactEntry = {
  contact: ContactRow;
  person: PersonRow;
  deadline: DeadlineRow;
  case: typeof cases.$inferSelect;
};

/** Contacts of cases that a person may see, soonest due first, after the position of the page before. */
export async function listContacts(
  db: Database | Transaction,
  filter: { caseworker?: string | undefined; state?: ContactRow['state'] | undefined; id?: string },
  viewer: { id: string; role: string; team: string | null },
  limit: number,
  after?: [due: string, id: string],
): Promise<ContactEntry[]> {
  const due = sql<string>`coalesce(${deadlines.expiresAt}, 'infinity'::timestamptz)`;
  return db
    .select({ contact: contacts, person: people, deadline: deadlines, case: cases })
    .from(contacts)
    .innerJoin(deadlines, eq(deadlines.id, contacts.id))
    .innerJoin(people, eq(people.id, contacts.personId))
    .innerJoin(cases, eq(cases.id, contacts.caseId))
    .where(
      and(
        filter.id === undefined ? undefined : eq(contacts.id, filter.id),
        filter.caseworker === undefined ? undefined : eq(cases.caseworker, filter.caseworker),
        filter.state === undefined ? undefined : eq(contacts.state, filter.state),
        sql`(not ${cases.restricted} or ${viewer.id} = any(${cases.visibleTo}))`,
        viewer.role === 'caseworker'
          ? sql`(${cases.restricted} or ${cases.team} = ${viewer.team})`
          : undefined,
        after === undefined
          ? undefined
          : sql`(${due}, ${contacts.id}) > (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(due, contacts.id)
    .limit(limit);
}
