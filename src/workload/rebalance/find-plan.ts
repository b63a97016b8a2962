import { loadsOf, worthOf, type Loads, type Move, type Planning, type Worth } from './planning.ts';
import { boundOf, relax, type Programme } from './programme.ts';
import { roundPlan } from './round.ts';
import { solve, type Solved } from './solve.ts';

/** Whatever solves a programme; a thread with a time limit unless given. */
export type Solver = (programme: Programme) => Promise<Solved>;

export type Method = 'linear-programme' | 'greedy';

/** A plan with what is proved of it. */
export type FoundPlan = {
  moves: Move[];
  /** The minutes of each person as things are. */
  loads: Loads;
  before: Worth;
  after: Worth;
  /** No plan has less overload, and none with as little costs less. */
  lowerBound: Worth;
  /** How far the plan can be from the best, as a fraction. */
  gap: number;
  method: Method;
  /** Why the programme was not solved, where it was not. */
  because: string | null;
  /** Milliseconds that the solver took, where it answered. */
  solverMs: number | null;
};

/**
 * The fewest and cheapest moves after which nobody is over their line, as near as can be found: by linear programme and
 * rounding; where the solver fails or takes too long, by what each has too much. The same planning gives the same plan,
 * unless the solver's time runs out. Never worse than to move nothing.
 */
export async function findPlan(given: Planning, solver: Solver = solve): Promise<FoundPlan> {
  const planning = inOrder(given);
  const loads = loadsOf(planning);
  const before = worthOf(planning.people, loads, []);
  const nothing: FoundPlan = {
    moves: [],
    loads,
    before,
    after: before,
    lowerBound: before,
    gap: 0,
    method: 'linear-programme',
    because: null,
    solverMs: null,
  };
  if (before.overload === 0 && planning.everything !== true) return nothing;
  const relaxed = relax(planning);
  const solved = await solver(relaxed.programme);
  const moves =
    solved.kind === 'solved'
      ? roundPlan(planning, { relaxed, solution: solved.solution })
      : roundPlan(planning);
  const after = worthOf(planning.people, loads, moves);
  const lowerBound =
    solved.kind === 'solved'
      ? boundOf(planning, relaxed, solved.solution)
      : simpleBound(planning, after.overload);
  return {
    ...nothing,
    moves,
    after,
    lowerBound,
    gap: gapOf(before, after, lowerBound),
    method: solved.kind === 'solved' ? 'linear-programme' : 'greedy',
    because:
      solved.kind === 'timed-out'
        ? `the solver did not answer within ${solved.limitMs / 1_000} seconds`
        : solved.kind === 'failed'
          ? 'the solver failed'
          : null,
    solverMs: solved.kind === 'solved' ? solved.ms : null,
  };
}

/** The same whatever order the rows came in. */
function inOrder(planning: Planning): Planning {
  const byId = <T extends { id: string }>(all: readonly T[]) =>
    [...all].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return { ...planning, people: byId(planning.people), cases: byId(planning.cases) };
}

/**
 * The greater of two fractions: of the overload that there was, what is left above the bound; and of the bound of
 * the cost, what the plan costs above it.
 */
export function gapOf(before: Worth, after: Worth, bound: Worth): number {
  const overload = before.overload === 0 ? 0 : (after.overload - bound.overload) / before.overload;
  const cost =
    bound.cost === 0 ? (after.cost > 0 && overload <= 0 ? 1 : 0) : (after.cost - bound.cost) / bound.cost;
  return Math.round(Math.max(0, overload, cost) * 10_000) / 10_000;
}

/**
 * A bound that needs no solver: what cannot leave stays; and whatever leaves people with so little overload takes at
 * least that many minutes from those who have too much, each of them giving the cheapest.
 * @param overload that of the plan of which the cost is bounded
 */
export function simpleBound(planning: Planning, overload: number): Worth {
  const { people, cases } = planning;
  const least = people.reduce((sum, { fixed, line }) => sum + Math.max(0, fixed - line), 0);
  const densities = people.flatMap(({ id, fixed, line }) => {
    const own = cases.filter(({ owner }) => owner === id);
    const over = own.reduce((sum, { minutes }) => sum + minutes, fixed) - line;
    let left = Math.max(0, over);
    return own
      .map(({ minutes, cost }) => ({ minutes, density: cost / minutes }))
      .sort((a, b) => a.density - b.density)
      .flatMap(({ minutes, density }) => {
        const taken = Math.min(minutes, left);
        left -= taken;
        return taken > 0 ? [{ minutes: taken, density }] : [];
      });
  });
  let needed = densities.reduce((sum, { minutes }) => sum + minutes, 0) - Math.max(0, overload - least);
  let cost = 0;
  for (const { minutes, density } of densities.sort((a, b) => a.density - b.density)) {
    const taken = Math.max(0, Math.min(minutes, needed));
    needed -= taken;
    cost += taken * density;
  }
  return { overload: least, cost: Math.floor(cost * 1_000) / 1_000 };
}
