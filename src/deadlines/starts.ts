import { addMonths, type CivilDate } from '../calendar/civil-date.ts';
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
    find: (state) => {
      const starts: Start[] = [];
      for (const defendant of state.defendants)
        for (const offence of defendant.offences) {
          const started = pick(offence, defendant, state);
          if (started !== null)
            starts.push(begin({ defendantId: defendant.id, offenceId: offence.id }, started));
        }
      return starts;
    },
  };
}

/** Runs once for each defendant for whom `pick` answers. */
export function perDefendant(
  says: string,
  pick: (defendant: DefendantState, state: CaseState) => Started,
): Starter {
  return {
    says,
    find: (state) => {
      const starts: Start[] = [];
      for (const defendant of state.defendants) {
        const started = pick(defendant, state);
        if (started !== null) starts.push(begin({ defendantId: defendant.id }, started));
      }
      return starts;
    },
  };
}

/** Runs for each defendant as often as `pick` answers, such as once for each sentence; each has a clock of its own. */
export function perDefendantEach(
  says: string,
  pick: (defendant: DefendantState, state: CaseState) => readonly NonNullable<Started>[],
): Starter {
  return {
    says,
    find: (state) => {
      const starts: Start[] = [];
      for (const defendant of state.defendants)
        for (const started of pick(defendant, state))
          starts.push(begin({ defendantId: defendant.id }, started));
      return starts;
    },
  };
}

/** Runs for each defendant and each serving of a document that names the defendant or nobody, and is picked. */
export function perServing(
  says: string,
  documents: readonly string[],
  pick: (
    document: ServedDocument,
    defendant: DefendantState,
    state: CaseState,
  ) => Facts | null = serviceFacts,
): Starter {
  return perDefendantEach(says, (defendant, state) =>
    state.documents
      .filter(({ document }) => documents.includes(document))
      .filter((served) => documentConcerns(served, defendant))
      .flatMap((served) => {
        const facts = pick(served, defendant, state);
        return facts === null ? [] : [{ cause: served, facts, clock: served.eventId }];
      }),
  );
}

/** Runs for each defendant and each event of the types that concerns the defendant and is picked. */
export function perDefendantAndEvent(
  says: string,
  types: readonly string[],
  pick: (occurrence: Occurrence, defendant: DefendantState, state: CaseState) => Facts | null,
): Starter {
  return perDefendantEach(says, (defendant, state) =>
    state.decisions
      .filter(({ type }) => types.includes(type))
      .filter((occurrence) => concernsDefendant(occurrence, defendant))
      .flatMap((occurrence) => {
        const facts = pick(occurrence, defendant, state);
        return facts === null ? [] : [{ cause: occurrence, facts, clock: occurrence.eventId }];
      }),
  );
}

/** A rule that only the calculator uses, for a day that is worked out and owed by nobody. */
export function calculationOnly(says: string): Starter {
  return { says: `nothing in a case: a calculation (${says})`, find: () => [] };
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

/** Whether a document concerns a defendant. */
export function documentConcerns(served: ServedDocument, defendant: DefendantState): boolean {
  return served.defendantId === undefined || served.defendantId === defendant.id;
}

/** Runs for each victim or witness as often as `pick` answers; each has a clock of its own. */
export function perPersonEach(
  says: string,
  pick: (person: PersonState, state: CaseState) => readonly (NonNullable<Started> & { hearingId?: string })[],
): Starter {
  return {
    says,
    find: (state) =>
      state.people.flatMap((person) =>
        pick(person, state).flatMap(({ hearingId, ...started }) =>
          start({ personId: person.id, ...(hearingId === undefined ? {} : { hearingId }) }, started),
        ),
      ),
  };
}

/** Runs as each of several starters does. */
export function anyOf(says: string, ...starters: readonly Starter[]): Starter {
  return { says, find: (state) => starters.flatMap((starter) => starter.find(state)) };
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

/** Whether an event concerns a defendant, by name or through an offence; one that names nobody concerns them all. */
export function concernsDefendant(
  event: { defendantId?: string; offenceId?: string },
  defendant: DefendantState,
): boolean {
  if (event.offenceId !== undefined) return defendant.offences.some(({ id }) => id === event.offenceId);
  return event.defendantId === undefined || event.defendantId === defendant.id;
}

/** Whether the defendant's date of birth is known and makes them younger than so many years on a day. */
export function isUnder(years: number, defendant: DefendantState, on: CivilDate): boolean {
  return defendant.dateOfBirth !== undefined && addMonths(defendant.dateOfBirth, years * 12) > on;
}

/** A charge that is still to be decided. */
export function isLive(offence: OffenceState, defendant: DefendantState): boolean {
  return !(offence.acquitted ?? offence.discontinued ?? offence.convicted ?? defendant.died);
}

function start(subject: Start['subject'], started: Started): Start[] {
  const one = started === null ? null : begin(subject, started);
  return one === null ? nothing : [one];
}

/** One array for all that starts nothing: most rules start nothing in most cases. */
const nothing: Start[] = [];

function begin(subject: Start['subject'], { cause, facts, clock, on, assumed }: NonNullable<Started>): Start {
  const one: Start = { subject, clock: clock ?? '', facts, on: on ?? cause.on, by: cause.eventId };
  if (assumed !== undefined) one.assumed = assumed;
  return one;
}
