import type { CaseState, Cause, DefendantState } from './case-state.ts';
import { finding } from './conditions.ts';
import { enteredInCrownCourt } from './pleas.ts';
import type { Condition } from './rule.ts';

/** The first sending of a defendant's charges to the Crown Court. */
export function firstSent(defendant: DefendantState): Cause | undefined {
  return defendant.offences
    .flatMap(({ sent }) => (sent === undefined ? [] : [sent]))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))[0];
}

/** Holds when a plea stands on every charge that was sent. */
export const arraigned: Condition = {
  says: 'a plea to every charge that was sent',
  find: (state, start) => {
    const defendant = state.defendants.find(({ id }) => id === start.subject.defendantId);
    return defendant === undefined ? null : finding(arraignment(state, defendant));
  },
};

/** The last of the pleas to every charge that was sent; none while a plea is outstanding. */
export function arraignment(state: CaseState, defendant: DefendantState): Cause | undefined {
  const charges = defendant.offences.filter((offence) => offence.sent !== undefined);
  const pleas = charges.map((offence) => enteredInCrownCourt(state, offence));
  if (pleas.length === 0 || pleas.some((plea) => plea === undefined)) return undefined;
  return pleas.flatMap((plea) => plea ?? []).reduce((last, plea) => (plea.on > last.on ? plea : last));
}
