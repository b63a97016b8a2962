import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { agencies, referralReplies, referrals, type ReferralState } from '../../db/schema/index.ts';
import { addBusinessDays } from '../calendar/holiday-calendar.ts';
import { civilDateOf, instantAt } from '../calendar/london-time.ts';
import { invalid, invalidField, type Failure, type FieldError } from '../platform/failure.ts';
import { newId } from '../platform/ids.ts';
import { recordHistory } from '../staff/history.ts';
import { closeTasksOf, openTasks, readTasks } from '../tasks/store.ts';
import { lastMomentOf } from '../tasks/task-draft.ts';
import type { PersonRow } from '../victims/people-store.ts';
import type { ReferralRow } from '../victims/referral-store.ts';
import { recordOwnEvent } from './record-event.ts';
import { assignmentOf, type CaseRow, type Recording } from './settle.ts';

/** After so many working days without a reply the agency is asked: a default of the hub. */
const replyWithinDays = 5;

const replySource = (referralId: string): string => `referral-reply:${referralId}`;

/**
 * Refers a person to an agency, with their consent, and watches that it answers. That a victim was referred meets what
 * the Victims' Code asks (Right 4). The caller holds the lock on the case.
 * @returns its id; `conflict` where the person has not agreed, `invalid` where a field is wrong
 */
export async function referPerson(
  tx: Transaction,
  row: CaseRow,
  person: PersonRow,
  body: { agency: string; why: string; consentOn?: string | undefined },
  recording: Recording,
): Promise<string | Failure> {
  const { now, actor, calendar } = recording;
  const today = civilDateOf(now);
  const consent = person.details?.support;
  if (consent?.consentToRefer !== 'given')
    return {
      kind: 'conflict',
      detail: 'The person has not agreed to be referred: ask them, and record that they have.',
    };
  const [agency] = await tx.select().from(agencies).where(eq(agencies.id, body.agency));
  const consentOn = body.consentOn ?? consent.askedOn;
  const errors: FieldError[] = [];
  if (!agency?.active)
    errors.push({ path: 'agency', message: 'is not an agency to which people are referred' });
  if (consentOn === undefined) errors.push({ path: 'consentOn', message: 'is needed: when they agreed' });
  else if (consentOn > today) errors.push({ path: 'consentOn', message: 'is still to come' });
  if (errors.length > 0 || !agency || consentOn === undefined) return invalid(errors);
  const id = newId();
  await tx.insert(referrals).values({
    id,
    caseId: row.id,
    personId: person.id,
    agencyId: agency.id,
    consentOn,
    why: body.why,
    state: 'sent',
    madeAt: now,
    madeBy: actor.id,
  });
  await recordHistory(tx, actor, now, [
    {
      action: 'person-referred',
      caseId: row.id,
      entity: 'referral',
      entityId: id,
      detail: { person: person.id, agency: agency.id, consentOn },
    },
  ]);
  await recordOwnEvent(
    tx,
    row,
    { type: 'support-referral-made', on: today, at: now, personId: person.id, data: {} },
    recording,
  );
  const dueOn = addBusinessDays(calendar, today, replyWithinDays);
  const day = typeof dueOn === 'string' ? dueOn : today;
  const draft = {
    kind: 'referral-reply',
    title: 'Ask the support service whether it has taken the referral',
    source: replySource(id),
    subject: { personId: person.id },
    why: [`No reply to the referral has been recorded in ${replyWithinDays} working days`],
    consequence: 'victim' as const,
    danger: false,
    alwaysCritical: false,
    dueAt: lastMomentOf(day),
    notBefore: instantAt(day, '08:00'),
    effortMinutes: 10,
  };
  await openTasks(tx, [{ assignment: assignmentOf(row), draft }], now);
  return id;
}

/**
 * Records what an agency answered, which completes the task to ask it. The caller holds the lock on the case.
 * @returns `invalid` where the reply came before the referral
 */
export async function recordReply(
  tx: Transaction,
  row: CaseRow,
  referral: ReferralRow,
  body: { state: Exclude<ReferralState, 'sent'>; words: string; at?: string | undefined },
  { now, actor }: Recording,
): Promise<Failure | null> {
  const at = body.at ?? now;
  if (at > now) return invalidField('at', 'is still to come');
  if (at < referral.madeAt) return invalidField('at', 'is before the person was referred');
  await tx.insert(referralReplies).values({
    id: newId(),
    referralId: referral.id,
    state: body.state,
    words: body.words,
    at,
    recordedBy: actor.id,
  });
  await tx
    .update(referrals)
    .set({ state: body.state, version: sql`${referrals.version} + 1` })
    .where(eq(referrals.id, referral.id));
  await recordHistory(tx, actor, now, [
    {
      action: 'referral-answered',
      caseId: row.id,
      entity: 'referral',
      entityId: referral.id,
      detail: { state: body.state },
    },
  ]);
  const waiting = (await readTasks(tx, row.id)).filter(
    ({ source, state }) => state === 'open' && source === replySource(referral.id),
  );
  await closeTasksOf(
    tx,
    waiting.map(({ id }) => ({ id, state: 'done', outcome: 'recorded' })),
    actor.id,
    now,
  );
  return null;
}
