import type { CivilDate } from '../../calendar/civil-date.ts';
import { groupBy } from '../../platform/group-by.ts';
import type { Caseload, CaseloadCase, CaseloadPerson, CaseloadWork } from './caseload.ts';
import { costOf, type Limits } from './costs.ts';
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
  const byId = new Map(people.map((person) => [person.id, person]));
  const { places, counts, own } = index(caseload);
  const loads = new Map(people.map(({ id }) => [id, 0]));
  for (const { assignee, minutes } of caseload.work) {
    const before = loads.get(assignee);
    if (before !== undefined) loads.set(assignee, before + minutes);
  }

  const shares = shareOut(
    people,
    loads,
    asked,
    middleOf(own.flatMap((one) => (one === undefined ? [] : [one.minutes]))),
  );
  const planned = people.map(({ id, team, skills, capacity, receives }): Planned => ({
    ...{ id, team, skills, capacity, fixed: 0 },
    line: shares.get(id)?.line ?? 0,
    receives: receives && (asked.kind !== 'new-starter' || id === asked.staffId),
  }));
  const movable: Movable[] = [];
  const pinned: Pinned[] = [];
  const dueInAbsence = new Set<string>();
  for (const [j, one] of caseload.cases.entries()) {
    const owner = byId.get(one.owner);
    const work = own[j];
    if (owner === undefined || work === undefined || !isAsked(one, asked)) continue;
    if (one.isRestricted && !one.visibleTo.includes(viewer)) continue;
    const { id, team, skills, barred, hearingOn } = one;
    const isDueInAbsence = isAway(owner, work.dueOn);
    if (isDueInAbsence) dueInAbsence.add(id);
    const { cost } = costOf(one, isDueInAbsence, limits);
    const named = one.isRestricted ? one.visibleTo : [];
    const { minutes } = work;
    const candidate: Movable = { id, team, owner: one.owner, minutes, cost, skills, barred, named };
    const isOwnerThere =
      asked.kind !== 'cover' && hearingOn !== null && owner.capacity > 0 && !isAway(owner, hearingOn);
    const hasReceiver = planned.some((person) => mayReceive(person, candidate));
    const stays = pinOf(one, { isOwnerThere, hasReceiver }, nextDay);
    if (stays !== null) {
      pinned.push({ caseId: id, caseUrn: one.urn, caseworker: one.owner, reason: stays });
      continue;
    }
    movable.push(candidate);
  }
  const free = new Map<string, number>();
  for (const { owner, minutes } of movable) free.set(owner, (free.get(owner) ?? 0) + minutes);
  return {
    planning: {
      people: planned.map((one) => ({ ...one, fixed: (loads.get(one.id) ?? 0) - (free.get(one.id) ?? 0) })),
      cases: movable,
      maxMoves: how.maxMoves,
      everything: asked.kind === 'cover',
    },
    shares,
    capacities: new Map(people.map(({ id, capacity }) => [id, capacity])),
    pinned,
    dueInAbsence,
    places,
    casesOf: counts,
  };
}

/** The cases by their places, how many each person has, and of each case the work that is its caseworker's. */
function index({ cases, work }: Caseload) {
  const places = new Map<string, number>();
  const owners: string[] = [];
  const counts = new Map<string, number>();
  for (const [j, { id, owner }] of cases.entries()) {
    places.set(id, j);
    owners.push(owner);
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  const own = new Array<CaseloadWork | undefined>(cases.length).fill(undefined);
  for (const one of work) {
    const j = one.caseId === null ? undefined : places.get(one.caseId);
    if (j !== undefined && owners[j] === one.assignee) own[j] = one;
  }
  return { places, counts, own };
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
  return absences.some(({ from, to }) => from <= day && day <= to);
}

/** Fair shares are of a team: cases stay in it. */
function shareOut(
  people: readonly CaseloadPerson[],
  loads: ReadonlyMap<string, number>,
  asked: Asked,
  middlingCase: number,
): Map<string, FairShare> {
  const teams = groupBy(people, ({ team }) => team);
  return new Map(
    [...teams.values()].flatMap((members) => {
      const burdens = members.map(({ id, capacity }) => ({ id, capacity, load: loads.get(id) ?? 0 }));
      const isHere = asked.kind === 'new-starter' && members.some(({ id }) => id === asked.staffId);
      return [
        ...(isHere
          ? sharesWithStarter(burdens, asked.staffId, middlingCase)
          : fairShares(burdens, middlingCase)),
      ];
    }),
  );
}
