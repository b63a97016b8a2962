import type { CivilDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { deemedService } from '../calendar/service.ts';
import type {
  CaseState,
  Cause,
  DefendantState,
  Occurrence,
  OffenceState,
  ServedDocument,
} from './case-state.ts';
import type { Condition, Finding, Period, Start } from './rule.ts';

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

/**
 * Met when the document has been served, on or after the day on which the clock started (for a hearing, at any
 * time). The day is that on which it is taken to be served where it was recorded how it was sent.
 */
export function served(...documents: string[]): Condition {
  return servedWhere(documents, (document, start) => isSince(document, start) || forHearing(start));
}

/** As `served`, for a notice that each hearing needs anew: it names the hearing, or came after the hearing was listed. */
export function servedForHearing(...documents: string[]): Condition {
  return servedWhere(
    documents,
    (document, start) => isSince(document, start) || document.hearingId !== undefined,
  );
}

/** Met when the document has been served at any time, before the clock started as much as after. */
export function servedAtAnyTime(...documents: string[]): Condition {
  return servedWhere(documents, () => true);
}

function servedWhere(
  documents: readonly string[],
  counts: (document: ServedDocument, start: Start) => boolean,
): Condition {
  return {
    says: `served: ${documents.join(' or ').replaceAll('-', ' ')}`,
    find: (state, start, _rule, calendar) => {
      const { defendantId, hearingId } = start.subject;
      let first: Finding | null = null;
      for (const document of state.documents) {
        const fits =
          documents.includes(document.document) &&
          (document.defendantId === undefined ||
            defendantId === undefined ||
            document.defendantId === defendantId) &&
          (document.hearingId === undefined || hearingId === undefined || document.hearingId === hearingId) &&
          counts(document, start) &&
          document.eventId !== start.by;
        if (!fits) continue;
        const on = servedOn(document, calendar);
        if (first === null || on < first.on) first = { by: document.eventId, on };
      }
      return first;
    },
  };
}

/** Holds only where it came within the period: what came late did not keep a limit that cannot be extended. */
export function within(period: Period, condition: Condition): Condition {
  return {
    says: `${condition.says}, in time`,
    find: (state, start, rule, calendar) => {
      const found = condition.find(state, start, rule, calendar);
      if (found === null) return null;
      const limit = period.count(start.facts, calendar);
      return limit.kind === 'counted' && found.on <= limit.due ? found : null;
    },
  };
}

const isSince = (document: ServedDocument, start: Start): boolean => document.on >= start.on;
const forHearing = (start: Start): boolean => start.subject.hearingId !== undefined;

/** What is posted on the last day is not served on it: where the method is known, service is deemed. */
function servedOn(document: ServedDocument, calendar: HolidayCalendar): CivilDate {
  if (document.method === undefined) return document.on;
  const deemed = deemedService(calendar, { method: document.method, at: document.at ?? document.on });
  return deemed.kind === 'counted' ? deemed.due : document.on;
}

/** Met or ended when an event of one of the types happened, on or after the start, to the same defendant or charge. */
export function happened(says: string, ...types: string[]): Condition {
  return happenedWhere(says, types, () => true);
}

/** As `happened`, for those events alone that `where` picks. */
export function happenedWhere(
  says: string,
  types: readonly string[],
  where: (occurrence: Occurrence) => boolean,
): Condition {
  return {
    says,
    find: (state, start) => {
      const { defendantId, offenceId, hearingId, personId } = start.subject;
      const found = state.decisions.find(
        (occurrence) =>
          types.includes(occurrence.type) &&
          where(occurrence) &&
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
            occurrence.hearingId === hearingId) &&
          (occurrence.personId === undefined || personId === undefined || occurrence.personId === personId),
      );
      return finding(found);
    },
  };
}

/** Holds when it holds for every offence that the deadline is about (and `which` picks); the last gives the day. */
export function everyOffence(
  says: string,
  cause: (offence: OffenceState, defendant: DefendantState) => Cause | undefined,
  which: (offence: OffenceState) => boolean = () => true,
): Condition {
  return {
    says,
    find: (state, start) => {
      const causes = offencesOf(state, start)
        .filter(({ offence }) => which(offence))
        .map(({ offence, defendant }) => cause(offence, defendant));
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
  decidedBy,
);

/** What decided a charge: a guilty plea, a finding or its end. */
export function decidedBy(offence: OffenceState, defendant: DefendantState): Cause | undefined {
  return (
    (offence.plea?.plea === 'guilty' ? offence.plea : undefined) ??
    offence.convicted ??
    offence.acquitted ??
    offence.discontinued ??
    offence.sentenced ??
    defendant.died
  );
}

/** Met when the hub accepts the file at a file check. */
export const fileAccepted: Condition = happenedWhere(
  'the hub accepts the file',
  ['file-checked'],
  ({ data }) => data['result'] === 'accepted',
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
