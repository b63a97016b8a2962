import type { CivilDate } from '../calendar/civil-date.ts';
import type { CaseState, Cause, StandingRequest, StandingRequestScope } from '../deadlines/case-state.ts';
import { custodyCause, denialCause, domesticAbuseCause, last } from './causes.ts';
import { firstVictim } from './standards/needs.ts';

/** A standing request in one of its versions, as far as it says whom it concerns, and when. */
export type StandingVersion = StandingRequest & { startsOn: CivilDate; endsOn: CivilDate | null };

/** What of a case is known for good when it is received. */
export type ReceivedCase = Pick<CaseState, 'kind' | 'initiation' | 'hateCrime' | 'sexualOffence'> & {
  defendants: readonly { offences: readonly { code: string }[] }[];
  people: readonly { role: string }[];
};

/** Of each standing request the version for cases received on a day, where it is asked on that day. Pure. */
export function inForceOn<Version extends StandingVersion>(
  versions: readonly Version[],
  day: CivilDate,
): Version[] {
  const newest = new Map<string, Version>();
  for (const one of versions) {
    const other = newest.get(one.id);
    if (one.startsOn <= day && (other === undefined || other.version < one.version)) newest.set(one.id, one);
  }
  return [...newest.values()].filter(({ endsOn }) => endsOn === null || day < endsOn);
}

/** Whether a case is of the kind, or may come to be by what happens to it: then it keeps the request. Pure. */
export function mayConcern(scope: StandingRequestScope, received: ReceivedCase): boolean {
  const { kind, initiations, offences, features = [] } = scope;
  return (
    (kind === undefined || kind === received.kind) &&
    (initiations?.includes(received.initiation) ?? true) &&
    (offences === undefined || isCharged(offences, received.defendants)) &&
    (!features.includes('hate-crime') || received.hateCrime) &&
    (!features.includes('sexual-offence') || received.sexualOffence)
  );
}

/** The event by which a case came to be of the kind: the last one that it took. Undefined where it is not. Pure. */
export function concernsSince(scope: StandingRequestScope, state: CaseState): Cause | undefined {
  if (!mayConcern(scope, state)) return undefined;
  const { courts, features = [] } = scope;
  const causes: (Cause | undefined)[] = [
    ...(courts === undefined ? [] : [listedIn(courts, state)]),
    ...(features.includes('victim') ? [firstVictim(state)] : []),
    ...(features.includes('domestic-abuse') ? [domesticAbuseCause(state)] : []),
    ...(features.includes('custody') ? [custodyCause(state)] : []),
    ...(features.includes('denied') ? [denialCause(state)] : []),
  ];
  const known = causes.filter((cause) => cause !== undefined);
  return known.length < causes.length ? undefined : last([state.registered, ...known]);
}

function isCharged(beginnings: readonly string[], defendants: ReceivedCase['defendants']): boolean {
  return defendants.some(({ offences }) =>
    offences.some(({ code }) => beginnings.some((beginning) => code.startsWith(beginning))),
  );
}

function listedIn(courts: readonly string[], state: CaseState): Cause | undefined {
  return state.hearings.find((hearing) => hearing.state === 'listed' && courts.includes(hearing.court))
    ?.listed;
}
