import { sayDate } from '../../calendar/civil-date.ts';
import { findPlan, type FoundPlan, type Solver } from './find-plan.ts';
import { costOf, sayCost } from './costs.ts';
import { fairness } from './fair-shares.ts';
import type { Caseload, CaseloadCase } from './caseload.ts';
import { loadsAfter, type Loads, type Move, type Worth } from './planning.ts';
import { prepare, type Prepared, type Preparing } from './prepare.ts';
import type { Proposal, ProposedMove, Standing } from './proposal.ts';

/** A proposal with the reason of every move and of every case that stays. The same state gives the same proposal. */
export async function propose(caseload: Caseload, how: Preparing, solver?: Solver): Promise<Proposal> {
  const prepared = prepare(caseload, how);
  const found = await findPlan(prepared.planning, solver);
  const { method, because, lowerBound, gap, before, after } = found;
  return {
    moves: tellMoves(caseload, prepared, found, how),
    pinned: prepared.pinned,
    before: standing(caseload, prepared, before, found.loads, []),
    after: standing(caseload, prepared, after, loadsAfter(found.loads, found.moves), found.moves),
    lowerBound,
    gap,
    method,
    methodBecause: because,
    until: caseload.until,
  };
}

function standing(
  { people }: Caseload,
  { planning, shares, capacities, casesOf }: Prepared,
  worth: Worth,
  loads: Loads,
  moves: readonly Move[],
): Standing {
  const burden = (id: string) => ({ id, capacity: capacities.get(id) ?? 0, load: loads.get(id) ?? 0 });
  const gained = new Map<string, number>();
  // Whoever covers does the work; the case stays.
  for (const { from, to } of planning.everything === true ? [] : moves) {
    gained.set(from, (gained.get(from) ?? 0) - 1);
    gained.set(to, (gained.get(to) ?? 0) + 1);
  }
  return {
    ...worth,
    fairness: fairness(people.map(({ id }) => burden(id))),
    people: people.map(({ id, name, team }) => {
      const { share = 0, line = 0 } = shares.get(id) ?? {};
      const { capacity, load } = burden(id);
      return {
        ...{ id, name, team },
        capacityMinutes: capacity,
        loadMinutes: load,
        fairShareMinutes: share,
        overload: Math.max(0, load - line),
        cases: (casesOf.get(id) ?? 0) + (gained.get(id) ?? 0),
      };
    }),
  };
}

function tellMoves(
  { cases, people }: Caseload,
  { shares, dueInAbsence, places }: Prepared,
  { moves, loads }: FoundPlan,
  { asked, limits }: Preparing,
): ProposedMove[] {
  const over = (id: string) => (loads.get(id) ?? 0) - (shares.get(id)?.share ?? 0);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const told = moves.flatMap((move): ProposedMove[] => {
    const one = cases[places.get(move.caseId) ?? -1];
    if (one === undefined) return [];
    const { from, to, minutes, cost } = move;
    const { losses } = costOf(one, dueInAbsence.has(one.id), limits);
    const [giver, receiver] = [names.get(from) ?? from, names.get(to) ?? to];
    const why = {
      balance:
        over(from) > 0
          ? `${giver} is ${sayMinutes(over(from))} above the fair share`
          : `It makes room with ${giver} for what only they can take`,
      cover: `${giver} is away ${asked.kind === 'cover' ? `from ${sayDate(asked.from)} to ${sayDate(asked.to)}` : ''}`,
      'new-starter': `${receiver} is new and has ${sayMinutes(-over(to))} less than a fair share`,
    }[asked.kind];
    return [
      {
        caseId: one.id,
        caseUrn: one.urn,
        caseVersion: one.version,
        from,
        to,
        minutes,
        cost,
        reason: [why, sayReceiver(one, receiver, over(to)), sayCost(losses)].join('; '),
      },
    ];
  });
  return told.sort((a, b) => (a.caseUrn < b.caseUrn ? -1 : 1));
}

function sayReceiver({ skills, isRestricted }: CaseloadCase, name: string, over: number): string {
  const able = [
    ...(skills.length > 0 ? [`trained in ${skills.join(' and ')}`] : []),
    ...(isRestricted ? ['named on the restricted case'] : []),
  ];
  const room =
    over < 0 ? `has ${sayMinutes(-over)} less than theirs` : 'can take it with the fewest other moves';
  return `${name} ${room}${able.length === 0 ? '' : ` and is ${able.join(' and ')}`}`;
}

function sayMinutes(minutes: number): string {
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}
