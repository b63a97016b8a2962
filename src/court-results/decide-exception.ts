import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { courtCaseResults, courtExceptions } from '../../db/schema/index.ts';
import { isCivilDate } from '../calendar/civil-date.ts';
import { findCase, readPeople } from '../cases/store.ts';
import { lockCase, type CaseRow, type Recording } from '../cases/settle.ts';
import { invalidField, isFailure, type Failure } from '../platform/failure.ts';
import { describeResultCodes, findCourt } from '../reference/store.ts';
import { recordHistory } from '../staff/history.ts';
import { addChargeOfCourt, type ChargeGiven } from './add-charge-of-court.ts';
import { applyResults } from './apply-results.ts';
import { applyUnknown } from './apply-unknown.ts';
import { closeCourtTasks } from './close-court-tasks.ts';
import { doubtKinds, type Choice, type DoubtKind } from './doubts.ts';
import type { Effect } from './effects.ts';
import { joinCase } from './join-case.ts';
import { asOfNow, takeIn } from './record-court-message.ts';
import { sourceOf } from './save-exceptions.ts';
import { changeMessage, hold, linkPerson, linkUrn, rejectWaiting, type ExceptionRow } from './store.ts';

/**
 * Settles an exception as a person chose, closes its task, and lets the results take effect anew.
 * @param row the case that the exception is of, locked; null where no case is known
 * @returns what followed, or `invalid` where the choice does not fit what is in doubt
 */
export async function decideException(
  tx: Transaction,
  exception: ExceptionRow,
  row: CaseRow | null,
  asked: AskedChoice,
  recording: Recording,
): Promise<Effect[] | Failure> {
  const kind = exception.kind as DoubtKind;
  if (!(doubtKinds[kind].choices as readonly string[]).includes(asked.choice))
    return invalidField('choice', `is none of what can be done here: ${doubtKinds[kind].choices.join(', ')}`);
  const made = await readChoice(tx, exception, row, asked, recording);
  if (isFailure(made)) return made;
  const { choice, effects } = made;
  const { now, actor } = recording;
  await tx
    .update(courtExceptions)
    .set({
      ...{ state: 'settled', choice, settledBy: actor.id, settledAt: now },
      version: exception.version + 1,
    })
    .where(eq(courtExceptions.id, exception.id));
  await closeCourtTasks(
    tx,
    exception.caseId,
    [sourceOf(exception)],
    { state: 'done', outcome: choice.choice },
    recording,
  );
  await recordHistory(tx, actor, now, [
    {
      action: 'court-exception-settled',
      caseId: exception.caseId,
      entity: 'court-exception',
      entityId: exception.id,
      detail: { kind, choice: choice.choice },
    },
  ]);
  return [...effects, ...(await carryOut(tx, exception, row, choice, recording))];
}

/** What a person asks for: adding a charge says of it what the message leaves open. */
export type AskedChoice = Exclude<Choice, { choice: 'add' }> | ({ choice: 'add' } & ChargeGiven);

/** The choice to keep, once what it names is there; or what is wrong with it. */
async function readChoice(
  tx: Transaction,
  exception: ExceptionRow,
  row: CaseRow | null,
  asked: AskedChoice,
  recording: Recording,
): Promise<{ choice: Choice; effects: Effect[] } | Failure> {
  if (asked.choice === 'add') {
    const { choice: _add, ...given } = asked;
    if (row === null) throw new Error('a charge in doubt is of a case');
    return addChargeOfCourt(tx, exception, row, given, recording);
  }
  const problem = await checkChoice(tx, exception, row, asked);
  return problem ?? { choice: asked, effects: [] };
}

async function carryOut(
  tx: Transaction,
  { kind, urn, facts }: ExceptionRow,
  row: CaseRow | null,
  choice: Choice,
  recording: Recording,
): Promise<Effect[]> {
  const { now, actor } = recording;
  if (kind === 'same-id' && facts.message !== undefined) {
    const state = choice.choice === 'accept' ? 'recorded' : 'rejected';
    await changeMessage(tx, facts.message, { state });
    if (state === 'rejected') return [];
    const urns = await tx
      .selectDistinct({ urn: courtCaseResults.urn })
      .from(courtCaseResults)
      .where(eq(courtCaseResults.messageId, facts.message));
    return (await takeIn(tx, urns.map((one) => one.urn).sort(), recording)).effects;
  }
  if (kind === 'unknown-case' || kind === 'bad-urn') {
    if (choice.choice === 'reject') {
      await rejectWaiting(tx, urn);
      return applyUnknown(tx, urn, recording);
    }
    const found = choice.choice === 'link' ? await findCase(tx, choice.to) : undefined;
    const target = found && (await lockCase(tx, found.id));
    if (!target) throw new Error('a case that was found is gone');
    if (kind === 'unknown-case')
      await linkUrn(tx, { urn, caseId: target.id, linkedBy: actor.id, linkedAt: now });
    return joinCase(tx, target, urn, await asOfNow(tx, recording));
  }
  if (kind === 'unknown-defendant' && choice.choice === 'link' && facts.defendant !== undefined)
    await linkPerson(tx, facts.defendant, choice.to);
  return row === null ? applyUnknown(tx, urn, recording) : applyResults(tx, row, recording);
}

/** Takes hold of what is decided on before any case is locked, in the order in which messages do. */
export async function holdForDecision(tx: Transaction, { kind, urn }: ExceptionRow): Promise<void> {
  if (kind === 'unknown-case' || kind === 'bad-urn') await hold(tx, `urn:${urn}`);
}

async function checkChoice(
  tx: Transaction,
  { kind, facts }: ExceptionRow,
  row: CaseRow | null,
  choice: Choice,
): Promise<Failure | null> {
  if (choice.choice === 'keep')
    return facts.results?.includes(choice.result)
      ? null
      : invalidField('result', 'is none of those that differ');
  if (choice.choice === 'link') return checkLink(tx, kind, row, choice.to);
  if (choice.choice !== 'correct') return null;
  const { value } = choice;
  if (kind === 'result-code')
    return (await describeResultCodes(tx, [value])).has(value)
      ? null
      : invalidField('value', 'is no result code');
  if (kind === 'next-court')
    return (await findCourt(tx, value)) ? null : invalidField('value', 'is the code of no court');
  if (kind === 'same-sequence')
    return /^\d{1,3}$/.test(value) ? null : invalidField('value', 'is no sequence number');
  if (!isCivilDate(value)) return invalidField('value', 'is no day of the calendar');
  const { hearingOn } = facts;
  if (kind === 'next-hearing' && hearingOn !== undefined && value < hearingOn)
    return invalidField('value', 'is before the hearing');
  if (kind === 'conviction-date' && hearingOn !== undefined && value > hearingOn)
    return invalidField('value', 'is after the hearing');
  return null;
}

async function checkLink(
  tx: Transaction,
  kind: string,
  row: CaseRow | null,
  to: string,
): Promise<Failure | null> {
  if (kind === 'unknown-case' || kind === 'bad-urn')
    return (await findCase(tx, to)) ? null : invalidField('to', 'is the URN of no case here');
  const people = row === null ? null : await readPeople(tx, row.id);
  if (kind === 'unknown-defendant')
    return people?.defendants.some(({ id }) => id === to)
      ? null
      : invalidField('to', 'is not a defendant of this case');
  return people?.offences.some(({ id }) => id === to)
    ? null
    : invalidField('to', 'is not an offence of this case');
}
