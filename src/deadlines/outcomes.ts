import type { CaseState, Cause, DefendantState, OffenceState } from './case-state.ts';

/** Decided by the magistrates (or not yet): not in the Crown Court. */
export const inMagistrates = ({ sent }: OffenceState): boolean => sent === undefined;

export const sentenceOf = ({ sentenced }: OffenceState): Cause | undefined => sentenced;

/** What brought a charge to its end: sentence, acquittal, discontinuance or death. */
export function finalOutcome(offence: OffenceState, defendant: DefendantState): Cause | undefined {
  return offence.acquitted ?? offence.discontinued ?? offence.sentenced ?? defendant.died;
}

/** The causes that there are, one for each event however many charges it concerned. */
export function byCause(causes: readonly (Cause | undefined)[]): Cause[] {
  const byEvent = new Map<string, Cause>();
  for (const cause of causes) if (cause !== undefined) byEvent.set(cause.eventId, cause);
  return [...byEvent.values()];
}

/** The last of the causes; undefined where there are none, or where one is wanting. */
export function lastOfAll(causes: readonly (Cause | undefined)[]): Cause | undefined {
  let last: Cause | undefined;
  for (const cause of causes) {
    if (cause === undefined) return undefined;
    if (last === undefined || cause.on > last.on) last = cause;
  }
  return last;
}

/** The event that ended the last charge of the case. */
export const concluded = (state: CaseState): Cause | undefined =>
  lastOfAll(
    state.defendants.flatMap((defendant) =>
      defendant.offences.map((offence) => finalOutcome(offence, defendant)),
    ),
  );
