import type { Transaction } from '../../db/connect.ts';
import { isCivilDate } from '../calendar/civil-date.ts';
import type { EventBody } from '../cases/event-body.ts';
import { recordEvent } from '../cases/record-event.ts';
import type { CaseRow, Recording } from '../cases/settle.ts';
import { invalidField, isFailure, type Failure } from '../platform/failure.ts';
import { deadlineEffects } from './apply-results.ts';
import type { Choice } from './doubts.ts';
import type { Effect } from './effects.ts';
import type { ExceptionRow } from './store.ts';

/** What a person adds to what the message says of a charge: where the offence lists or the message leave it open. */
export type ChargeGiven = {
  committedOn?: string | undefined;
  chargedOn?: string | undefined;
  class?: 'summary-only' | 'either-way' | 'indictable-only' | undefined;
  title?: string | undefined;
};

/**
 * Adds to the case a charge that the court added, on the day of the first hearing at which the court named it, with the
 * deadlines that follow from it.
 * @returns the choice to keep and what followed, or `invalid` where a fact of the charge is needed or contradicts another
 */
export async function addChargeOfCourt(
  tx: Transaction,
  { facts }: ExceptionRow,
  row: CaseRow,
  given: ChargeGiven,
  recording: Recording,
): Promise<{ choice: Choice; effects: Effect[] } | Failure> {
  const { committedOn = facts.committedOn, ...rest } = given;
  if (committedOn === undefined || !isCivilDate(committedOn))
    return invalidField('committedOn', 'is needed: the message gives no day of the calendar for the offence');
  const body = {
    ...{ type: 'charge-added', on: facts.firstOn ?? facts.hearingOn, defendant: facts.defendantId },
    data: { code: facts.offence, committedOn, ...rest },
  } as EventBody;
  const recorded = await recordEvent(tx, row, body, recording);
  if (isFailure(recorded)) return withoutData(recorded);
  const { event, settled } = recorded;
  const what = { what: event.type, caseUrn: row.urn, change: 'added' as const, on: event.on };
  return {
    choice: { choice: 'add', to: event.offenceId ?? '' },
    effects: [{ kind: 'event', id: event.id, ...what }, ...deadlineEffects(settled, row.urn)],
  };
}

/** The errors of the event name its fields as the decision has them. */
function withoutData(failure: Failure): Failure {
  if (failure.errors === undefined) return failure;
  const errors = failure.errors.map(({ path, message }) => ({ path: path.replace(/^data\./, ''), message }));
  return { ...failure, errors };
}
