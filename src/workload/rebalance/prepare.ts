import type { CivilDate } from '../../calendar/civil-date.ts';
import { groupBy } from '../../platform/group-by.ts';
import { isAwayAllDay } from '../../staff/away.ts';
import type { Caseload, CaseloadCase, CaseloadPerson, CaseloadWork } from './caseload.ts';
import { costOf, type Limits } from './costs.ts';
import { indexCaseload } from './index-caseload.ts';
import { fairShares, middleOf, sharesWithStarter, type FairShare } from './fair-shares.ts';
import { pinOf } from './pins.ts';
import { mayReceive, type Movable, type Planned, type Planning } from './planning.ts';
import type { Pinned } from './proposal.ts';

/** What a senior asks for. */
export type Asked =
  | { kind: 'balance' }
  | { kind: 'cover'; staffId: string; from: CivilDate; to: CivilDate }
  | { kind: 'new-starter'; staffId: string };

export type Preparing = {
  asked: Asked;
  maxMoves?: number | undefined;
  /** Restricted cases that they may not know of stay where they are, and are not named. */
  viewer: string;
  limits: Limits;
  /** The next working day. */
  nextDay: CivilDate;
};

/** A planning with what its answer is told by. */
export type Prepared = {
  planning: Planning;
  shares: ReadonlyMap<string, FairShare>;
  capacities: ReadonlyMap<string, number>;
  pinned: Pinned[];
  /** Cases of which something falls due while their caseworker is away. */
  dueInAbsence: ReadonlySet<string>;
  /** Where each case stands in the caseload. */
  places: ReadonlyMap<string, number>;
  casesOf: ReadonlyMap<string, number>;
};

/**
 * What there is to decide: who has how much and ought to have how much, which cases may leave at what cost, and which
 * stay and why. Pure.
 */
export function prepare(caseload: Caseload, how: Preparing): Prepared {
  const { asked, viewer, limits, nextDay } = how;
  const people = caseload.people.map((person) => inAbsence(person, asked));
  const { places, ownerOf, own, loads, counts } = indexCaseload(caseload);
  const shares = shareOut(people, loads, asked, middleOf(minutesOf(own)));
  const planned = people.map(({ id, team, skills, capacity, receives }, i): Planned => ({
    ...{ id, team, skills, capacity, fixed: loads[i] ?? 0 },
    line: shares.get(id)?.line ?? 0,
    receives: receives && (asked.kind !== 'new-starter' || id === asked.staffId),
  }));
  const movable: Movable[] = [];
  const pinned: Pinned[] = [];
  const dueInAbsence = new Set<string>();
  const hasReceiver = createReceivers(planned);
  caseload.cases.forEach((one, j) => {
    const i = ownerOf[j] ?? -1;
    const owner = people[i];
    const work = own[j];
    if (owner === undefined || work === undefined || !isAsked(one, asked)) return;
    if (one.isRestricted && !one.visibleTo.includes(viewer)) return;
    const { id, team, skills, barred, hearingOn } = one;
    const { minutes } = work;
    const isDueInAbsence = isAway(owner, work.dueOn);
    if (isDueInAbsence) dueInAbsence.add(id);
    const { cost } = costOf(one, isDueInAbsence, limits);
    const named = one.isRestricted ? one.visibleTo : nobody;
    const candidate: Movable = { id, team, owner: one.owner, minutes, cost, skills, barred, named };
    const isOwnerThere =
      asked.kind !== 'cover' && hearingOn !== null && owner.capacity > 0 && !isAway(owner, hearingOn);
    const stays = pinOf(one, { isOwnerThere, hasReceiver: hasReceiver(candidate) }, nextDay);
    if (stays !== null) {
      pinned.push({ caseId: id, caseUrn: one.urn, caseworker: one.owner, reason: stays });
      return;
    }
    movable.push(candidate);
    planned[i]!.fixed -= minutes;
  });
  return {
    planning: {
      people: planned,
      cases: movable,
      maxMoves: how.maxMoves,
      everything: asked.kind === 'cover',
    },
    shares,
    capacities: new Map(people.map(({ id, capacity }) => [id, capacity])),
    pinned,
    dueInAbsence,
    places,
    casesOf: new Map(people.map(({ id }, i) => [id, counts[i] ?? 0])),
  };
}

const nobody: readonly string[] = [];

function minutesOf(own: readonly (CaseloadWork | undefined)[]): number[] {
  const minutes: number[] = [];
  own.forEach((one) => one !== undefined && minutes.push(one.minutes));
  return minutes;
}

/** Whether anybody else may have a case. Whoever could take the one before is asked first: most cases are alike. */
function createReceivers(planned: readonly Planned[]): (one: Movable) => boolean {
  let last: Planned | undefined;
  return (one) => {
    if (last !== undefined && mayReceive(last, one)) return true;
    const found = planned.find((person) => mayReceive(person, one));
    if (found !== undefined) last = found;
    return found !== undefined;
  };
}

/** Whoever is to be covered has no time, whatever is recorded of them. */
function inAbsence(person: CaseloadPerson, asked: Asked): CaseloadPerson {
  return asked.kind === 'cover' && person.id === asked.staffId
    ? { ...person, capacity: 0, receives: false, absences: [...person.absences, asked] }
    : person;
}

function isAsked({ owner }: CaseloadCase, asked: Asked): boolean {
  if (asked.kind === 'cover') return owner === asked.staffId;
  return asked.kind !== 'new-starter' || owner !== asked.staffId;
}

function isAway({ absences }: CaseloadPerson, day: CivilDate): boolean {
  return absences.length > 0 && isAwayAllDay(absences, day);
}

/** Fair shares are of a team: cases stay in it. */
function shareOut(
  people: readonly CaseloadPerson[],
  loads: Float64Array,
  asked: Asked,
  middlingCase: number,
): Map<string, FairShare> {
  const burdened = people.map(({ id, team, capacity }, i) => ({ id, team, capacity, load: loads[i] ?? 0 }));
  const teams = groupBy(burdened, ({ team }) => team);
  return new Map(
    [...teams.values()].flatMap((burdens) => {
      const isHere = asked.kind === 'new-starter' && burdens.some(({ id }) => id === asked.staffId);
      return [
        ...(isHere
          ? sharesWithStarter(burdens, asked.staffId, middlingCase)
          : fairShares(burdens, middlingCase)),
      ];
    }),
  );
}
