import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cheapestCover } from '../../src/workload/rebalance/cheapest-cover.ts';
import { findPlan, simpleBound, type Solver } from '../../src/workload/rebalance/find-plan.ts';
import {
  isBetter,
  loadsAfter,
  loadsOf,
  mayReceive,
  worthOf,
  type Movable,
  type Move,
  type Planned,
  type Planning,
} from '../../src/workload/rebalance/planning.ts';
import { boundOf, relax } from '../../src/workload/rebalance/programme.ts';
import { roundPlan } from '../../src/workload/rebalance/round.ts';
import { solve } from '../../src/workload/rebalance/solve.ts';
import { loadSolverHere } from '../../src/workload/rebalance/solve-here.ts';

const solveHere = await loadSolverHere();
/** Without a thread, so that many plannings can be tried. */
const solver: Solver = async (programme) => solveHere(programme);

const skillSets = [[], [], ['youth'], ['domestic-abuse'], ['domestic-abuse', 'youth']];
const people = (most: number): fc.Arbitrary<Planned[]> =>
  fc
    .array(
      fc.record({
        team: fc.constantFrom('crime', 'crime', 'traffic'),
        skills: fc.constantFrom(...skillSets),
        capacity: fc.integer({ min: 0, max: 500 }),
        fixed: fc.integer({ min: 0, max: 60 }),
        line: fc.integer({ min: 0, max: 200 }),
        receives: fc.boolean(),
      }),
      { minLength: 2, maxLength: most },
    )
    .map((all) => all.map((one, i) => ({ ...one, id: `cw-${i + 1}` })));

const plannings = (mostPeople: number, mostCases: number): fc.Arbitrary<Planning> =>
  people(mostPeople).chain((staff) =>
    fc
      .array(
        fc.record({
          owner: fc.constantFrom(...staff),
          minutes: fc.integer({ min: 1, max: 90 }),
          cost: fc.integer({ min: 1, max: 60 }),
          skills: fc.constantFrom(...skillSets),
          barred: fc.subarray(staff.map(({ id }) => id).slice(0, 2)),
          named: fc.oneof(fc.constant([]), fc.constant([]), fc.subarray(staff.map(({ id }) => id))),
        }),
        { maxLength: mostCases },
      )
      .map((cases) => ({
        people: staff,
        cases: cases.map(({ owner, ...one }, i): Movable => ({
          ...one,
          id: `case-${String(i).padStart(3, '0')}`,
          owner: owner.id,
          team: owner.team,
        })),
      })),
  );

const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
const loadsWith = (planning: Planning, moves: readonly Move[]) => loadsAfter(loadsOf(planning), moves);
const worth = (planning: Planning, moves: readonly Move[]) =>
  worthOf(planning.people, loadsOf(planning), moves);
const total = (planning: Planning, moves: readonly Move[]) => sum([...loadsWith(planning, moves).values()]);

/** What holds of every plan, however it was found. */
function expectSound(planning: Planning, moves: readonly Move[]): void {
  expect(new Set(moves.map(({ caseId }) => caseId)).size, 'each case at most once').toBe(moves.length);
  expect(total(planning, moves), 'no work is lost or made').toBe(total(planning, []));
  for (const { caseId, from, to, minutes, cost } of moves) {
    const one = planning.cases.find(({ id }) => id === caseId);
    const receiver = planning.people.find(({ id }) => id === to);
    expect(one).toMatchObject({ owner: from, minutes, cost });
    expect(one && receiver && mayReceive(receiver, one), `${to} may have ${caseId}`).toBe(true);
  }
  const [before, after] = [worth(planning, []), worth(planning, moves)];
  if (planning.everything !== true) {
    expect(isBetter(before, after) && moves.length > 0).toBe(false);
    for (const needed of moves) {
      const without = worth(
        planning,
        moves.filter((move) => move !== needed),
      );
      expect(isBetter(without, after), `${needed.caseId} could stay`).toBe(false);
    }
  }
  if (planning.maxMoves !== undefined) expect(moves.length).toBeLessThanOrEqual(planning.maxMoves);
}

test('a plan loses no work, gives no case to anybody who may not have it, and is never worse than none', () => {
  fc.assert(
    fc.property(plannings(6, 30), fc.option(fc.nat(5), { nil: undefined }), (planning, maxMoves) => {
      const limited = { ...planning, maxMoves };
      expectSound(limited, roundPlan(limited));
    }),
    { numRuns: 1_000 },
  );
});

test('no case moves to somebody who only had room until what was to leave them stayed after all', () => {
  const [from, to] = [
    { fixed: 48, line: 15, skills: [] },
    { fixed: 13, line: 57, skills: ['youth'] },
  ].map((one, i): Planned => ({ ...one, id: `cw-${i}`, team: 'crime', capacity: 400, receives: true }));
  // What the second has too much fits nobody; until that is known they seem to have room for what the first has.
  const cases = [
    { owner: 'cw-0', minutes: 1, skills: ['youth'] },
    { owner: 'cw-1', minutes: 4, skills: [] },
    { owner: 'cw-1', minutes: 41, skills: [] },
  ].map((one, i): Movable => ({ ...one, id: `case-${i}`, team: 'crime', cost: 1, barred: [], named: [] }));
  expect(roundPlan({ people: [from!, to!], cases })).toEqual([]);
});

test('what covers so many minutes costs as little as trying every choice finds', () => {
  const items = fc.array(
    fc.record({ minutes: fc.integer({ min: 1, max: 30 }), cost: fc.integer({ min: 1, max: 30 }) }),
    { maxLength: 9 },
  );
  fc.assert(
    fc.property(items, fc.integer({ min: 0, max: 120 }), (all, wanted) => {
      const needed = Math.min(wanted, sum(all.map(({ minutes }) => minutes)));
      let cheapest = Infinity;
      for (let set = 0; set < 2 ** all.length; set++) {
        const some = all.filter((_item, i) => (set >> i) & 1);
        if (sum(some.map(({ minutes }) => minutes)) >= needed)
          cheapest = Math.min(cheapest, sum(some.map(({ cost }) => cost)));
      }
      const chosen = cheapestCover(all, wanted).map((i) => all[i]);
      expect(sum(chosen.map((item) => item?.minutes ?? 0))).toBeGreaterThanOrEqual(needed);
      if (wanted <= needed) expect(sum(chosen.map((item) => item?.cost ?? 0))).toBe(cheapest);
    }),
  );
});

/** The best of every way to share out the cases. */
function bruteForce(planning: Planning) {
  let best = worth(planning, []);
  const moves: Move[] = [];
  const choose = (j: number): void => {
    const one = planning.cases[j];
    if (one === undefined) {
      const found = worth(planning, moves);
      if (isBetter(found, best)) best = found;
      return;
    }
    choose(j + 1);
    for (const person of planning.people)
      if (mayReceive(person, one)) {
        const { minutes, cost } = one;
        moves.push({ caseId: one.id, from: one.owner, to: person.id, minutes, cost });
        choose(j + 1);
        moves.pop();
      }
  };
  choose(0);
  return best;
}

test('no plan is better than the bounds, by the programme and without a solver, and each plan is between', async () => {
  await fc.assert(
    fc.asyncProperty(plannings(3, 6), async (planning) => {
      const best = bruteForce(planning);
      const found = await findPlan(planning, solver);
      expectSound(planning, found.moves);
      expect(found.method).toBe('linear-programme');
      expect(isBetter(best, found.lowerBound), `${JSON.stringify([best, found])}`).toBe(false);
      expect(isBetter(found.after, best)).toBe(false);
      const simple = simpleBound(planning, best.overload);
      expect(simple.overload).toBeLessThanOrEqual(best.overload);
      expect(simple.cost).toBeLessThanOrEqual(best.cost);
    }),
    { numRuns: 100 },
  );
});

test('the same planning gives the same plan, whatever order its rows come in', async () => {
  await fc.assert(
    fc.asyncProperty(plannings(5, 20), async (planning) => {
      const one = await findPlan(planning, solver);
      const other = await findPlan(
        {
          people: [...planning.people].reverse(),
          cases: [...planning.cases].reverse(),
        },
        solver,
      );
      expect({ ...other, solverMs: 0 }).toEqual({ ...one, solverMs: 0 });
    }),
    { numRuns: 50 },
  );
});

/** A large team of whom five are away: everything that they have can be shared out. */
function mondayWithFiveAbsent(many = 900): Planning {
  const staff = Array.from({ length: 30 }, (_, i): Planned => ({
    id: `cw-${String(i).padStart(2, '0')}`,
    team: 'crime',
    skills: i % 3 === 0 ? ['youth'] : [],
    capacity: i < 5 ? 0 : 3_000,
    fixed: 0,
    line: i < 5 ? 0 : 1_950,
    receives: i >= 5,
  }));
  const cases = Array.from({ length: many }, (_, i): Movable => ({
    id: `case-${String(i).padStart(5, '0')}`,
    team: 'crime',
    owner: staff[i % 30]?.id ?? '',
    minutes: 20 + ((i * 37) % 60),
    cost: 10 + ((i * 13) % 30),
    skills: (i % 30) % 3 === 0 && i % 4 === 0 ? ['youth'] : [],
    barred: i % 50 === 0 ? ['cw-07'] : [],
    named: [],
  }));
  return { people: staff, cases };
}

test('on a Monday with five absent their cases go to those who are there, and nobody has too much', async () => {
  const planning = mondayWithFiveAbsent();
  const found = await findPlan(planning, solver);
  expectSound(planning, found.moves);
  expect(found).toMatchObject({ method: 'linear-programme', after: { overload: 0 } });
  expect(found.after.cost).toBeLessThanOrEqual(found.lowerBound.cost * 1.02);
  const loads = loadsWith(planning, found.moves);
  expect(planning.people.slice(0, 5).map(({ id }) => loads.get(id))).toEqual([0, 0, 0, 0, 0]);
});

test('what somebody who is away leaves behind goes to somebody, though nobody has room for it', () => {
  const [away, first, second] = ['a', 'b', 'c'].map((id): Planned => ({
    id,
    team: 'crime',
    skills: [],
    capacity: id === 'a' ? 0 : 100,
    fixed: id === 'a' ? 0 : 100,
    line: id === 'a' ? 0 : 100,
    receives: id !== 'a',
  }));
  const cases = [30, 20, 10].map((minutes, i): Movable => ({
    ...{ id: `case-${i}`, team: 'crime', owner: 'a', minutes, cost: 10 },
    ...{ skills: [], barred: [], named: [] },
  }));
  const planning = { people: [away!, first!, second!], cases, everything: true };
  const moves = roundPlan(planning);
  expect(moves).toHaveLength(3);
  expect(Math.max(...['b', 'c'].map((id) => loadsWith(planning, moves).get(id) ?? 0))).toBe(130);
});

/** In the thread, as long as a busy machine may take. */
const patient: Solver = (programme) => solve(programme, { limitMs: 60_000 });
const silent = new URL('data:text/javascript,setInterval(() => undefined, 1000)');
const broken = new URL('data:text/javascript,throw new RangeError("out of memory")');

test('a solver that does not answer is ended, and the plan is found without it and says so', async () => {
  const planning = mondayWithFiveAbsent();
  const found = await findPlan(planning, (of) => solve(of, { thread: silent, limitMs: 50 }));
  expect(found).toMatchObject({
    method: 'greedy',
    because: 'the solver did not answer within 0.05 seconds',
    after: { overload: 0 },
  });
  expectSound(planning, found.moves);
  const proven = await findPlan(planning, patient);
  expect(found.lowerBound.cost).toBeLessThanOrEqual(proven.lowerBound.cost);
  expect(found.gap).toBeGreaterThanOrEqual(0);
});

test('where the time runs out the solver itself is stopped, and the next plan is by the programme again', async () => {
  // So many that no machine solves it within a millisecond.
  const many = mondayWithFiveAbsent(9_000);
  const found = await findPlan(many, (of) => solve(of, { limitMs: 1 }));
  expect(found).toMatchObject({
    method: 'greedy',
    because: 'the solver did not answer within 0.001 seconds',
  });
  expectSound(many, found.moves);
  const next = await findPlan(mondayWithFiveAbsent(), patient);
  expect(next.method).toBe('linear-programme');
});

test('a solver that fails is told from one that is slow, and what it said is kept to itself', async () => {
  const planning = mondayWithFiveAbsent();
  expect(await findPlan(planning, (of) => solve(of, { thread: broken }))).toMatchObject({
    method: 'greedy',
    because: 'the solver failed',
  });
  const relaxed = relax({ ...planning, maxMoves: 3 });
  const solved = await solve(relaxed.programme, { limitMs: 60_000 });
  if (solved.kind !== 'solved') throw new Error(solved.kind);
  const limited = boundOf({ ...planning, maxMoves: 3 }, relaxed, solved.solution);
  expect(limited.overload, 'three moves cannot do it').toBeGreaterThan(0);
  const few = await findPlan({ ...planning, maxMoves: 3 }, patient);
  expect(few.moves).toHaveLength(3);
  expect(few.after.overload).toBeGreaterThanOrEqual(limited.overload);
});
