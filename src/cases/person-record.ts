import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { contactAttempts, contacts, deadlines, history } from '../../db/schema/index.ts';
import { ruleOf, type DeadlineRow } from '../deadlines/store.ts';
import { dutyRules } from '../reports/compliance.ts';
import { readContactView } from '../victims/contact-view.ts';
import { entitlementBecause } from '../victims/entitlement.ts';
import type { PersonRow } from '../victims/people-store.ts';
import { readReferrals } from '../victims/referral-store.ts';
import { ownEvents, recordableEvents, type EventType } from './event-types.ts';
import { foldCase } from './fold.ts';
import type { CaseRow } from './settle.ts';
import { readEvents } from './store.ts';

export type PersonRecord = Awaited<ReturnType<typeof readPersonRecord>>;

/**
 * All that was owed to one person and what was done for it: what the answer to a complaint under the Victims' Code
 * needs (Right 12). Every try with its hour and result, and every change of what was known of the person.
 */
export async function readPersonRecord(db: Database, row: CaseRow, person: PersonRow, now: string) {
  const events = await readEvents(db, row.id);
  const state = foldCase(events);
  const known = state.people.find(({ id }) => id === person.id);
  const owed = await db
    .select({ deadline: deadlines, contact: contacts })
    .from(deadlines)
    .leftJoin(contacts, eq(contacts.id, deadlines.id))
    .where(
      and(
        eq(deadlines.caseId, row.id),
        eq(deadlines.personId, person.id),
        inArray(deadlines.rule, [...dutyRules]),
      ),
    )
    .orderBy(asc(deadlines.createdAt), asc(deadlines.id));
  const ids = owed.map(({ deadline }) => deadline.id);
  const attempts =
    ids.length === 0
      ? []
      : await db
          .select()
          .from(contactAttempts)
          .where(inArray(contactAttempts.contactId, ids))
          .orderBy(contactAttempts.at, contactAttempts.id);
  const view = await readContactView(db, [person.id]);
  const changes = await db
    .select()
    .from(history)
    .where(and(eq(history.entity, 'person'), eq(history.entityId, person.id)))
    .orderBy(history.id);
  const referred = await readReferrals(db, person.id);
  return {
    urn: row.urn,
    at: now,
    person: {
      id: person.id,
      role: person.role,
      name: person.name,
      relation: person.details?.relation ?? null,
    },
    entitlement: known?.enhanced === true ? ('enhanced' as const) : ('standard' as const),
    entitlementBecause: entitlementBecause(state, known, person.details?.grounds ?? []),
    needsAssessment: person.needsAssessment,
    duties: owed.map(({ deadline, contact }) => {
      const cause = events.find(({ id }) => id === deadline.startedBy);
      const { title, authority } = ruleOf(deadline);
      return {
        rule: deadline.rule,
        title,
        authority: `${authority.instrument}, ${authority.provision}`,
        entitlement: contact?.entitlement ?? null,
        because: cause === undefined ? null : titleOf(cause.type),
        happenedOn: cause?.on ?? null,
        receivedAt: cause?.receivedAt ?? null,
        due: deadline.legalDue,
        doneOn: deadline.metOn,
        outcome: outcomeOf(deadline, contact?.state, now),
        why: contact?.stoppedWhy ?? deadline.endedWhy,
        attempts: attempts
          .filter(({ contactId }) => contactId === deadline.id)
          .map(({ at, by, channel, result, note, recordedAt }) => ({
            at,
            by,
            channel,
            result,
            note,
            recordedAt,
          })),
        messages: (view.people.get(person.id)?.messages ?? [])
          .filter(({ contactIds }) => contactIds.includes(deadline.id))
          .map(({ channel, state: is, sentAt }) => ({ channel, state: is, sentAt })),
      };
    }),
    changes: changes.map(({ at, actor, action, detail }) => ({
      at,
      by: actor,
      action,
      fields: ((detail as { fields?: string[] }).fields ?? []).join(', '),
    })),
    referrals: referred.map(({ referral, agency, replies }) => ({
      agency,
      at: referral.madeAt,
      by: referral.madeBy,
      state: referral.state,
      replies: replies.map(({ at, words }) => ({ at, words })),
    })),
  };
}

function outcomeOf(
  { state, metOn, legalDue, expiresAt }: DeadlineRow,
  contact: string | undefined,
  now: string,
): 'in-time' | 'late' | 'not-done' | 'owed' | 'stopped' | 'withdrawn' {
  if (state === 'met') return legalDue === null || metOn === null || metOn <= legalDue ? 'in-time' : 'late';
  if (contact === 'stopped') return 'stopped';
  if (state === 'withdrawn') return 'withdrawn';
  if (contact === 'not-made') return 'not-done';
  return expiresAt !== null && expiresAt <= now ? 'not-done' : 'owed';
}

function titleOf(type: EventType): string {
  return { ...recordableEvents, ...ownEvents }[type].title;
}
