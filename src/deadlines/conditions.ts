import type { CaseState, Cause, DefendantState, OffenceState } from './case-state.ts';
import type { Condition, Finding, Start } from './rule.ts';

/** The offences that a deadline is about: its own charge, its defendant's, or all of the case. */
export function offencesOf(
  state: CaseState,
  start: Start,
): { offence: OffenceState; defendant: DefendantState }[] {
  return state.defendants
    .filter(({ id }) => start.subject.defendantId === undefined || id === start.subject.defendantId)
    .flatMap((defendant) => defendant.offences.map((offence) => ({ offence, defendant })))
    .filter(({ offence }) => start.subject.offenceId === undefined || offence.id === start.subject.offenceId);
}

/** Met when the document has been served, on or after the day on which the clock started. */
export function served(...documents: string[]): Condition {
  return {
    says: `served: ${documents.join(' or ').replaceAll('-', ' ')}`,
    find: (state, start) => {
      const { defendantId, hearingId } = start.subject;
      const found = state.documents.find(
        (document) =>
          documents.includes(document.document) &&
          (document.defendantId === undefined ||
            defendantId === undefined ||
            document.defendantId === defendantId) &&
          (document.hearingId === undefined || hearingId === undefined || document.hearingId === hearingId) &&
          (document.on >= start.on || hearingId !== undefined) &&
          document.eventId !== start.by,
      );
      return finding(found);
    },
  };
}

/** Met or ended when an event of one of the types happened, on or after the start, to the same defendant or charge. */
export function happened(says: string, ...types: string[]): Condition {
  return {
    says,
    find: (state, start) => {
      const { defendantId, offenceId, hearingId } = start.subject;
      const found = state.decisions.find(
        (occurrence) =>
          types.includes(occurrence.type) &&
          occurrence.eventId !== start.by &&
          occurrence.on >= start.on &&
          (occurrence.defendantId === undefined ||
            defendantId === undefined ||
            occurrence.defendantId === defendantId) &&
          (occurrence.offenceId === undefined ||
            offenceId === undefined ||
            occurrence.offenceId === offenceId) &&
          (occurrence.hearingId === undefined ||
            hearingId === undefined ||
            occurrence.hearingId === hearingId),
      );
      return finding(found);
    },
  };
}

/** Holds when it holds for every offence that the deadline is about; the last of them gives the day. */
export function everyOffence(
  says: string,
  cause: (offence: OffenceState, defendant: DefendantState) => Cause | undefined,
): Condition {
  return {
    says,
    find: (state, start) => {
      const causes = offencesOf(state, start).map(({ offence, defendant }) => cause(offence, defendant));
      if (causes.length === 0) return null;
      let last: Cause | undefined;
      for (const one of causes) {
        if (one === undefined) return null;
        if (last === undefined || one.on > last.on) last = one;
      }
      return finding(last);
    },
  };
}

/** Ends when every charge that it is about is decided or dropped, or the defendant has died. */
export const proceedingsOver: Condition = everyOffence(
  'the charges are decided or dropped, or the defendant has died',
  (offence, defendant) => offence.acquitted ?? offence.discontinued ?? offence.sentenced ?? defendant.died,
);

/** Ends with a guilty plea or a finding on every charge that it is about. */
export const pleaOrFinding: Condition = everyOffence(
  'a guilty plea, a finding, or the end of the charge',
  (offence, defendant) =>
    (offence.plea?.plea === 'guilty' ? offence.plea : undefined) ??
    offence.convicted ??
    offence.acquitted ??
    offence.discontinued ??
    offence.sentenced ??
    defendant.died,
);

/** Ends when the case is finalised. */
export const caseFinalised: Condition = {
  says: 'the case is finalised',
  find: (state) => finding(state.finalised),
};

/** Met when the duty to tell the person is discharged; a message left does not discharge it. */
export const contactMade: Condition = {
  says: 'the person is reached, or declines to be told',
  find: (state, start, rule) => {
    const found = state.attempts.find(
      (attempt) =>
        attempt.rule === rule.id &&
        attempt.personId === start.subject.personId &&
        attempt.clock === start.clock &&
        (attempt.result === 'reached' || attempt.result === 'declined'),
    );
    return finding(found);
  },
};

export function finding(cause: Cause | undefined, why?: string): Finding | null {
  if (cause === undefined) return null;
  return { by: cause.eventId, on: cause.on, ...(why === undefined ? {} : { why }) };
}
