import { insertMany } from '../../db/many-rows.ts';
import type { FollowUp } from '../../db/schema/alerts.ts';
import { chasers } from '../../db/schema/index.ts';
import type { Effect, FiredAlert } from '../alerts/fire.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { loadCalendar } from '../deadlines/store-calendar.ts';
import { occasionOf } from '../materials/occasion.ts';
import { newId } from '../platform/ids.ts';
import type { Instant } from '../platform/clock.ts';
import { addressee, type Addressee } from './addressee.ts';
import { morningOf, nextMoment } from './business-hours.ts';
import type { ChasedOfficer } from './duty.ts';
import { giveUp } from './give-up.ts';
import { openLetters, type WantedLetter } from './open-letters.ts';
import { readOwed, type Owed } from './owed.ts';
import { levelOf, readPlan } from './plan-steps.ts';
import { replanLate } from './replan-late.ts';
import { sortFired } from './sort-fired.ts';
import { readLines } from './store-officers.ts';
import { readSentOf } from './store-sent.ts';

type Carried = Owed & {
  alert: FiredAlert;
  chaser: typeof chasers.$inferInsert;
  to: Exclude<Addressee, { recipient: null }> | null;
};

/**
 * The effect of steps of the ladder: all that goes to one person goes into one message of the day to them, and the last
 * step, which people have to decide, makes their tasks with the whole story. Any number of steps takes the same few
 * statements.
 */
export const chaserEffect: Effect = async (tx, fired, now) => {
  const ids = [...new Set(fired.map(({ obligationId }) => obligationId))];
  const [owed, sent, calendar] = await Promise.all([
    readOwed(tx, ids),
    readSentOf(tx, ids),
    loadCalendar(tx),
  ]);
  const sorted = sortFired(
    fired.filter(({ obligationId }) => owed.has(obligationId)),
    (id, step) => sent.get(id)?.some((before) => before.step === step) === true,
    now,
  );
  const leaves = nextMoment(now, calendar, true);
  const officers = [...owed.values()].map(({ request }) => request.officer);
  const lines = await readLines(tx, officers, civilDateOf(leaves));
  const carried = sorted.now.flatMap((alert): Carried[] => {
    const found = owed.get(alert.obligationId);
    return found === undefined ? [] : [carryOut(found, alert, lines, leaves, calendar, now)];
  });
  const letters = lettersOf(carried, leaves);
  const messageIds = await openLetters(tx, letters, calendar, now);
  for (const one of carried)
    if (one.to !== null) one.chaser.messageId = messageIds.get(letterName(one, leaves)) ?? null;
  await insertMany(
    tx,
    chasers,
    carried.map(({ chaser }) => chaser),
  );
  const tasks = await giveUp(
    tx,
    carried.filter(({ to }) => to === null),
    now,
  );
  await replanLate(tx, sorted.late, calendar, now);
  return new Map<string, FollowUp[]>([
    ...sorted.again.map(({ id }) => [id, [{ kind: 'none', why: 'sent already' }]] as [string, FollowUp[]]),
    ...sorted.tooSoon.map(({ id }) => [id, [{ kind: 'none', why: 'put off' }]] as [string, FollowUp[]]),
    ...carried.map(({ alert, chaser }): [string, FollowUp[]] => [
      alert.id,
      [
        { kind: 'chaser', id: chaser.id },
        ...(chaser.messageId == null ? [] : [{ kind: 'message' as const, id: chaser.messageId }]),
        ...(tasks.get(chaser.requestId) ?? []).map((id) => ({ kind: 'task' as const, id })),
      ],
    ]),
  ]);
};

function carryOut(
  owed: Owed,
  alert: FiredAlert,
  lines: ReadonlyMap<string, ChasedOfficer>,
  leaves: Instant,
  calendar: HolidayCalendar,
  now: Instant,
): Carried {
  const { request } = owed;
  const plan = readPlan(request.plan);
  const level = levelOf(plan, alert.step);
  const day = civilDateOf(leaves);
  const isCritical = plan.critical !== null && plan.critical.from <= day && day <= plan.critical.day;
  const to = addressee(level, request.officer, lines, day, isCritical, calendar);
  return {
    ...owed,
    alert,
    to: to.recipient === null ? null : to,
    chaser: {
      id: newId(),
      alertId: alert.id,
      requestId: request.id,
      requestVersion: alert.version,
      step: alert.step,
      level: to.recipient === null ? 'caseworker' : level,
      recipient: to.recipient?.collar ?? null,
      messageId: null,
      at: now,
      occasion: occasionOf(request),
      standsIn: to.recipient === null ? null : to.standsIn,
    },
  };
}

/** Those above hear of it as an escalation, whatever step it was; a deputy reads it with what is their own. */
function purposeOf({ chaser }: Carried): 'chaser' | 'escalation' {
  return chaser.level === 'officer' && chaser.standsIn !== 'away' ? 'chaser' : 'escalation';
}

/** What fires at another time than in the morning cannot wait for the next. */
function isImmediate({ alert, to }: Carried, leaves: Instant): boolean {
  return (
    to?.on === civilDateOf(leaves) &&
    alert.fireAt !== morningOf(civilDateOf(alert.fireAt)) &&
    civilDateOf(alert.fireAt) === civilDateOf(leaves)
  );
}

function letterName(one: Carried, leaves: Instant): string {
  const which = isImmediate(one, leaves) ? one.alert.fireAt : (one.to?.on ?? '');
  return `${purposeOf(one)} ${one.to?.recipient.collar ?? ''} ${which}`;
}

function lettersOf(carried: readonly Carried[], leaves: Instant): Map<string, WantedLetter> {
  const letters = new Map<string, WantedLetter & { caseIds: string[] }>();
  for (const one of carried) {
    if (one.to === null) continue;
    const name = letterName(one, leaves);
    const letter = letters.get(name) ?? {
      purpose: purposeOf(one),
      recipient: one.to.recipient,
      of: isImmediate(one, leaves) ? { moment: one.alert.fireAt } : { day: one.to.on },
      from: leaves,
      caseIds: [],
    };
    if (!letter.caseIds.includes(one.row.id)) letter.caseIds.push(one.row.id);
    letters.set(name, letter);
  }
  return letters;
}
