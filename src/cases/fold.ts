import type { CivilDate } from '../calendar/civil-date.ts';
import type { CaseState, Cause, DefendantState, OffenceState, TakenBack } from '../deadlines/case-state.ts';
import { enhancedBecause } from '../victims/entitlement.ts';
import { applyEvent, enterCustody, occurrenceOf } from './apply-event.ts';
import { eventsInForce, type CaseEvent, type Registration } from './events.ts';

/**
 * The state of a case: a pure fold of its events in force, in order of when they happened. The same events in any
 * order of arrival give the same state, but for the order of two that share a moment, where the later recorded wins.
 * Throws where the first event is not a registration, which nothing can write.
 */
export function foldCase(events: readonly CaseEvent[]): CaseState {
  const [first, ...rest] = eventsInForce(events);
  if (first?.type !== 'case-received') throw new Error('a case begins with its registration');
  const state = register(first);
  let toCome = remandsAtReceipt(first);
  for (const event of rest) {
    for (const remand of toCome) if (remand.from <= event.on) beginCustody(state, remand);
    toCome = toCome.filter(({ from }) => from > event.on);
    applyEvent(state, event, causeOf(event));
  }
  for (const remand of toCome) beginCustody(state, remand);
  for (const defendant of state.defendants) assumeFirstRemand(defendant);
  state.takenBack = takenBack(events);
  for (const person of state.people) person.enhanced = enhancedBecause(state, person).length > 0;
  return state;
}

/** What was superseded, in the order of recording. */
function takenBack(events: readonly CaseEvent[]): TakenBack[] {
  if (events.every(({ supersedes }) => supersedes === null)) return [];
  const all = new Map(events.map((event) => [event.id, event]));
  return [...events]
    .sort((a, b) => a.seq - b.seq)
    .flatMap((event) => {
      const was = event.supersedes === null ? undefined : all.get(event.supersedes);
      if (was === undefined) return [];
      const by = { ...causeOf(event), type: event.type, data: event.data };
      return [{ was: occurrenceOf(was, causeOf(was)), by }];
    });
}

export function causeOf(event: CaseEvent): Cause {
  return {
    eventId: event.id,
    on: event.on,
    receivedAt: event.receivedAt,
    ...(event.at === null ? {} : { at: event.at }),
  };
}

function register(event: CaseEvent): CaseState {
  const data = event.data as Registration;
  const cause = causeOf(event);
  return {
    kind: data.kind,
    initiation: data.initiation,
    anticipatedPlea: data.anticipatedPlea,
    registered: cause,
    officer: data.officer,
    domesticAbuse: data.domesticAbuse,
    hateCrime: data.hateCrime,
    sexualOffence: data.sexualOffence,
    defendants: data.defendants.map((defendant) => registerDefendant(defendant, cause, event.recordedBy)),
    hearings: data.hearings.map(({ id, on, at, court, courtName, type }) => ({
      id,
      on,
      ...(at === undefined ? {} : { time: at }),
      court,
      courtName,
      type,
      state: 'listed',
      listed: cause,
    })),
    people: data.people.map((person) => ({ ...person, assessed: false, enhanced: false, since: cause })),
    documents: [],
    decisions: [],
    takenBack: [],
    requests: [],
    standingRequests: data.standingRequests ?? [],
    attempts: [],
    metByHand: [],
  };
}

function registerDefendant(
  given: Registration['defendants'][number],
  cause: Cause,
  recordedBy: string,
): DefendantState {
  const offences = given.offences.map((offence): OffenceState => ({
    ...offence,
    defendantId: given.id,
    chargedBy: cause,
  }));
  const defendant: DefendantState = {
    id: given.id,
    remand: given.remand,
    custody: [],
    offences,
    ...(given.dateOfBirth === undefined ? {} : { dateOfBirth: given.dateOfBirth }),
  };
  if (given.remand === 'custody' && given.remandedOn === undefined)
    defendant.custody.push({
      from: cause.on,
      startedBy: cause,
      recordedBy,
      assumed: 'Nobody gave the day of first remand',
    });
  assumeFirstRemand(defendant);
  return defendant;
}

type Remand = { defendantId: string; from: CivilDate; startedBy: Cause; recordedBy: string };

/** Remands that the case came with, on their days: stays before them may be recorded later, and come before them. */
function remandsAtReceipt(event: CaseEvent): Remand[] {
  return (event.data as Registration).defendants.flatMap(({ id, remand, remandedOn }) =>
    remand === 'custody' && remandedOn !== undefined
      ? [{ defendantId: id, from: remandedOn, startedBy: causeOf(event), recordedBy: event.recordedBy }]
      : [],
  );
}

function beginCustody(state: CaseState, { defendantId, ...period }: Remand): void {
  const defendant = state.defendants.find(({ id }) => id === defendantId);
  if (defendant !== undefined) enterCustody(defendant, period);
}

/**
 * The first day of a stay that nobody dated, on the safe side: the earliest that it can have been, by what is known at the
 * end. A remand follows a charge: the day of the first charge is used, and that of the offence where the day of its
 * charge is not known. A custody time limit counted from too early a day is only ever too short.
 */
function assumeFirstRemand({ custody, offences }: DefendantState): void {
  const [first] = custody;
  if (first?.assumed === undefined) return;
  const days = offences.map(({ chargedOn, committedOn }) => ({
    on: chargedOn ?? committedOn,
    of: chargedOn === undefined ? 'the offence' : 'the charge',
  }));
  const earliest = days.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))[0];
  if (earliest === undefined) return;
  first.from = first.to !== undefined && first.to < earliest.on ? first.to : earliest.on;
  first.assumed = `Nobody gave the day of first remand: the day of ${earliest.of}, the earliest day that it can have been, is used`;
}
