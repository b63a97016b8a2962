import { group, type Grouped } from './groups.ts';
import type { Planning, Worth } from './planning.ts';

/** A linear programme in the solver's terms: minimise, columns compressed. */
export type Programme = {
  columns: number;
  rows: number;
  cost: Float64Array;
  lower: Float64Array;
  upper: Float64Array;
  rowLower: Float64Array;
  rowUpper: Float64Array;
  starts: Int32Array;
  indices: Int32Array;
  values: Float64Array;
};

/** What a solver answers: the value of each column, and of each row what one unit more of it would cost. */
export type Solution = { values: Float64Array; prices: Float64Array };

/** A programme with what its columns mean. */
export type Relaxation = Grouped & {
  programme: Programme;
  /** Minutes of each case that leave: the first columns, in the order of the cases. */
  leaving: number;
  /** Where the overload of each person stands. */
  overload: number;
  /** Where the minutes that go from each class to each of its takers stand, class by class. */
  flows: number;
};

/**
 * The relaxation of a planning in which a case can be split: minutes flow from whoever has it over its class to a
 * group of receivers, and on to those of them who have room. All coefficients but the limit on moves are 1 or -1,
 * and what is left is a network, whose solutions are whole minutes. A minute of overload weighs more than any chain of
 * moves could cost, so that overload comes first. Pure.
 */
export function relax(planning: Planning): Relaxation {
  const { people, cases, maxMoves } = planning;
  const grouped = group(planning);
  const { groups, groupOf, classes, classOf, ownerOf } = grouped;
  const held = people.map(({ fixed }) => fixed);
  cases.forEach(({ minutes }, j) => (held[ownerOf[j] ?? 0]! += minutes));
  const receivers = people.flatMap(({ receives }, i) => (receives ? [i] : []));
  const pairs = classes.flatMap(({ takers }, k) => takers.map((g) => [k, g] as const));
  const rowOfClass = (k: number) => people.length + k;
  const rowOfGroup = (g: number) => people.length + classes.length + g;
  const rowOfMoves = people.length + classes.length + groups.length;
  const isLimited = maxMoves !== undefined;
  const rows = rowOfMoves + (isLimited ? 1 : 0);
  const build = createColumns(cases.length * 3 + people.length * 3 + pairs.length * 2);

  cases.forEach(({ minutes, cost }, j) => {
    build.entry(ownerOf[j] ?? 0, 1);
    build.entry(rowOfClass(classOf[j] ?? 0), 1);
    if (isLimited) build.entry(rowOfMoves, 1 / minutes);
    build.column(cost / minutes, minutes);
  });
  const overload = build.count();
  const densest = cases.reduce((most, { cost, minutes }) => Math.max(most, cost / minutes), 0);
  const weight = Math.ceil((people.length + 1) * Math.max(1, densest));
  for (const i of people.keys()) {
    build.entry(i, 1);
    build.column(weight, Infinity);
  }
  for (const i of receivers) {
    build.entry(i, -1);
    build.entry(rowOfGroup(groupOf[i] ?? 0), -1);
    build.column(0, Infinity);
  }
  const flows = build.count();
  for (const [k, g] of pairs) {
    build.entry(rowOfClass(k), -1);
    build.entry(rowOfGroup(g), 1);
    build.column(0, Infinity);
  }

  const rowLower = new Float64Array(rows);
  const rowUpper = new Float64Array(rows);
  for (const [i, { line }] of people.entries()) {
    rowLower[i] = (held[i] ?? 0) - line;
    rowUpper[i] = Infinity;
  }
  if (isLimited) {
    rowLower[rowOfMoves] = -Infinity;
    rowUpper[rowOfMoves] = maxMoves;
  }
  return {
    ...grouped,
    programme: { rows, rowLower, rowUpper, ...build.done() },
    leaving: 0,
    overload,
    flows,
  };
}

/** What no plan can beat: less overload than this, or as little for less cost. */
export function boundOf({ people, cases }: Planning, relaxed: Relaxation, solution: Solution): Worth {
  const sum = (from: number, length: number, of: (i: number) => number) => {
    let total = 0;
    for (let i = 0; i < length; i++) total += (solution.values[from + i] ?? 0) * of(i);
    return tidy(total);
  };
  return {
    overload: sum(relaxed.overload, people.length, () => 1),
    cost: sum(relaxed.leaving, cases.length, (j) => (cases[j]?.cost ?? 0) / (cases[j]?.minutes ?? 1)),
  };
}

/** Rounded down to a thousandth, and what the solver's arithmetic leaves of whole numbers taken away. */
function tidy(value: number): number {
  const whole = Math.round(value);
  return Math.max(0, Math.abs(value - whole) < 1e-5 ? whole : Math.floor(value * 1_000) / 1_000);
}

/** Columns one by one, each after its entries; all begin at 0. */
function createColumns(most: number) {
  const [cost, upper]: [number[], number[]] = [[], []];
  const starts: number[] = [0];
  const indices = new Int32Array(most);
  const values = new Float64Array(most);
  let filled = 0;
  return {
    count: () => cost.length,
    entry: (row: number, value: number) => {
      indices[filled] = row;
      values[filled++] = value;
    },
    column: (price: number, greatest: number) => {
      cost.push(price);
      upper.push(greatest);
      starts.push(filled);
    },
    done: () => ({
      columns: cost.length,
      cost: Float64Array.from(cost),
      lower: new Float64Array(cost.length),
      upper: Float64Array.from(upper),
      starts: Int32Array.from(starts),
      indices: indices.slice(0, filled),
      values: values.slice(0, filled),
    }),
  };
}
