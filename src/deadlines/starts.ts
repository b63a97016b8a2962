import type {
  CaseState,
  Cause,
  DefendantState,
  HearingState,
  Occurrence,
  OffenceState,
  PersonState,
  ServedDocument,
} from './case-state.ts';
import type { Facts } from './facts.ts';
import type { Start, Starter } from './rule.ts';

/** What one thing of a case starts: the facts to count from, and the event that gave them. Null where it starts nothing. */
export type Started = {
  cause: Cause;
  facts: Facts;
  clock?: string;
  /** Where the version of the rule goes by another day than that of the cause. */
  on?: string;
  assumed?: string[];
} | null;

/** Runs once for each charge for which `pick` answers. */
export function perOffence(
  says: string,
  pick: (offence: OffenceState, defendant: DefendantState, state: CaseState) => Started,
): Starter {
  return {
    says,
    find: (state) =>
      state.defendants.flatMap((defendant) =>
        defendant.offences.flatMap((offence) =>
          start({ defendantId: defendant.id, offenceId: offence.id }, pick(offence, defendant, state)),
        ),
      ),
  };
}

/** Runs once for each defendant for whom `pick` answers. */
export function perDefendant(
  says: string,
  pick: (defendant: DefendantState, state: CaseState) => Started,
): Starter {
  return {
    says,
    find: (state) =>
      state.defendants.flatMap((defendant) => start({ defendantId: defendant.id }, pick(defendant, state))),
  };
}

/** Runs once for each hearing that is listed and for which `pick` answers. */
export function perHearing(
  says: string,
  pick: (hearing: HearingState, state: CaseState) => Started,
): Starter {
  return {
    says,
    find: (state) =>
      state.hearings
        .filter((hearing) => hearing.state === 'listed')
        .flatMap((hearing) => start({ hearingId: hearing.id }, pick(hearing, state))),
  };
}

/** Runs once for the case. */
export function perCase(says: string, pick: (state: CaseState) => Started): Starter {
  return { says, find: (state) => start({}, pick(state)) };
}

/** Runs once for each serving of a document for which `pick` answers; the subject is whom the service names. */
export function perDocument(
  says: string,
  document: string | readonly string[],
  pick: (document: ServedDocument, state: CaseState) => Started = (served) => ({
    cause: served,
    facts: serviceFacts(served),
    clock: served.eventId,
  }),
): Starter {
  return {
    says,
    find: (state) =>
      state.documents
        .filter((served) => (typeof document === 'string' ? [document] : document).includes(served.document))
        .flatMap((served) =>
          start(
            {
              ...(served.defendantId === undefined ? {} : { defendantId: served.defendantId }),
              ...(served.offenceId === undefined ? {} : { offenceId: served.offenceId }),
            },
            pick(served, state),
          ),
        ),
  };
}

/** Runs once for each event of the given types for which `pick` answers; the subject is whom the event names. */
export function perEvent(
  says: string,
  types: readonly string[],
  pick: (occurrence: Occurrence, state: CaseState) => Started,
): Starter {
  return {
    says,
    find: (state) =>
      state.decisions
        .filter((occurrence) => types.includes(occurrence.type))
        .flatMap((occurrence) =>
          start(
            {
              ...(occurrence.defendantId === undefined ? {} : { defendantId: occurrence.defendantId }),
              ...(occurrence.offenceId === undefined ? {} : { offenceId: occurrence.offenceId }),
            },
            pick(occurrence, state),
          ),
        ),
  };
}

/**
 * Runs for each victim (or witness) and each event of the given types: an update owed to a person. The clock is the
 * event, so that a second event owes a second update; the period runs from receipt.
 */
export function perPersonAndEvent(
  says: string,
  types: readonly string[],
  who: (person: PersonState, occurrence: Occurrence, state: CaseState) => boolean,
): Starter {
  return {
    says,
    find: (state) =>
      state.decisions
        .filter((occurrence) => types.includes(occurrence.type))
        .flatMap((occurrence) =>
          state.people
            .filter((person) => who(person, occurrence, state))
            .flatMap((person) =>
              start(
                { personId: person.id },
                {
                  cause: occurrence,
                  facts: { receivedAt: occurrence.receivedAt, enhancedRights: person.enhanced },
                  clock: occurrence.eventId,
                },
              ),
            ),
        ),
  };
}

/** The day of service as a rule counts it: deemed from the method where one was recorded. */
export function serviceFacts(served: ServedDocument): Facts {
  return served.method === undefined
    ? { servedOn: served.on }
    : { service: { method: served.method, at: served.at ?? served.on } };
}

/** A charge that is still to be decided. */
export function isLive(offence: OffenceState, defendant: DefendantState): boolean {
  return !(offence.acquitted ?? offence.discontinued ?? offence.convicted ?? defendant.died);
}

function start(subject: Start['subject'], started: Started): Start[] {
  if (started === null) return [];
  return [
    {
      subject,
      clock: started.clock ?? '',
      facts: started.facts,
      on: started.on ?? started.cause.on,
      by: started.cause.eventId,
      ...(started.assumed === undefined ? {} : { assumed: started.assumed }),
    },
  ];
}
