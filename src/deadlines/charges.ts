import type { CaseState, DefendantState, HearingState, OffenceState } from './case-state.ts';
import { happened } from './conditions.ts';

/** The first of a defendant's charges whose day is known. */
export function firstCharge(
  offences: readonly OffenceState[],
): (OffenceState & { chargedOn: string }) | undefined {
  return offences
    .filter((offence): offence is OffenceState & { chargedOn: string } => offence.chargedOn !== undefined)
    .sort((a, b) => (a.chargedOn < b.chargedOn ? -1 : a.chargedOn > b.chargedOn ? 1 : 0))[0];
}

/** Kept in custody when the case came in. */
export const cameInCustody = (state: CaseState, defendant: DefendantState): boolean =>
  defendant.custody[0]?.startedBy.eventId === state.registered.eventId;

export const isFirstHearing = (hearing: HearingState): boolean =>
  hearing.type === 'first-hearing' && hearing.court !== 'crown';

/** What a first hearing needed is of no use once the hearing has dealt with the case. */
export const heardAlready = happened(
  'the first hearing took place: a plea is entered, or the case is sent',
  'plea-entered',
  'sent-to-crown-court',
);
