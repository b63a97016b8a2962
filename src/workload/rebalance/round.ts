import { cheapestCover } from './cheapest-cover.ts';
import { isBetter, loadsOf, worthOf, type Move, type Planning } from './planning.ts';
import type { Relaxation, Solution } from './programme.ts';
import { relieve } from './relieve.ts';
import {
  beginSharing,
  casesByOwner,
  give,
  movesOf,
  overOf,
  reliefOf,
  roomiest,
  roomOf,
  type Sharing,
} from './sharing.ts';

/**
 * A plan in whole cases. With the solution of the relaxation everybody gives at least the minutes that they give there,
 * by the cheapest cases that come to it, and cases go where its minutes flow; without it everybody gives what they have
 * too much, and cases go to whoever has most room. Never worse than to move nothing, unless everything has to leave. Pure,
 * and the same for the same planning.
 */
export function roundPlan(planning: Planning, guide?: { relaxed: Relaxation; solution: Solution }): Move[] {
  const most = planning.maxMoves ?? Infinity;
  const sharing = beginSharing(planning, guide?.relaxed);
  const leaving = chooseLeaving(sharing, guide);
  const few = () => roundFew(planning, sharing, most);
  if (leaving.length > most) return few();
  const flows = guide === undefined ? null : readFlows(guide.relaxed, guide.solution);
  const homeless = place(sharing, leaving, flows);
  makeRoom(sharing, homeless);
  const made = movesOf(sharing).length;
  relieve(sharing, most - made, 'cost');
  if (planning.everything === true) return movesOf(sharing);
  dropNeedless(sharing);
  const moves = movesOf(sharing);
  const loads = loadsOf(planning);
  const isWorse = isBetter(worthOf(planning.people, loads, []), worthOf(planning.people, loads, moves));
  return isWorse ? few() : moves;
}

/** Where fewer cases may move than it takes: those that help most, each of which leaves less overload. */
function roundFew(planning: Planning, grouped: Sharing, most: number): Move[] {
  const sharing = beginSharing(planning, grouped);
  relieve(sharing, most, 'relief');
  if (planning.everything !== true) dropNeedless(sharing);
  return movesOf(sharing);
}

function chooseLeaving(
  sharing: Sharing,
  guide: { relaxed: Relaxation; solution: Solution } | undefined,
): number[] {
  const { planning, classOf, classes } = sharing;
  const isWanted = classes.map(({ takers }) => takers.length > 0);
  const prices = Float64Array.from(classes, (_, k) => priceOf(planning, k, guide?.solution));
  return casesByOwner(sharing).flatMap((own, i) => {
    const able = own.filter((j) => isWanted[classOf[j] ?? 0]);
    if (planning.everything === true) return able;
    const needed = guide === undefined ? overOf(sharing, i) : Math.round(sumOf(own, guide.solution.values));
    if (needed <= 0) return [];
    const items = able.map((j) => {
      const { minutes = 0, cost = 0 } = planning.cases[j] ?? {};
      return { minutes, cost: cost + minutes * (prices[classOf[j] ?? 0] ?? 0) };
    });
    return cheapestCover(items, needed).map((place) => able[place] ?? 0);
  });
}

function sumOf(places: readonly number[], values: Float64Array): number {
  let sum = 0;
  for (const j of places) sum += values[j] ?? 0;
  return sum;
}

/** What a minute of a class costs where those who can take it are scarce. */
function priceOf({ people }: Planning, k: number, solution: Solution | undefined): number {
  return Math.max(0, -(solution?.prices[people.length + k] ?? 0));
}

/** Minutes that go from each class to each group. */
function readFlows({ classes, groups, flows }: Relaxation, solution: Solution): Float64Array {
  const left = new Float64Array(classes.length * groups.length);
  let at = flows;
  for (const [k, { takers }] of classes.entries())
    for (const g of takers) left[k * groups.length + g] = solution.values[at++] ?? 0;
  return left;
}

/**
 * Gives each case to whoever has most room: what fewest can take first, then the longest, so that the small ones fill
 * what is left.
 * @returns those for which nobody has room
 */
function place(sharing: Sharing, leaving: readonly number[], flows: Float64Array | null): number[] {
  const { planning, classes, classOf, groups } = sharing;
  const minutesOf = (j: number) => planning.cases[j]?.minutes ?? 0;
  const takersOf = (j: number) => classes[classOf[j] ?? 0]?.takers ?? [];
  const order = leaving
    .map((j) => ({ j, takers: takersOf(j).length, minutes: minutesOf(j) }))
    .sort((a, b) => a.takers - b.takers || b.minutes - a.minutes || a.j - b.j)
    .map(({ j }) => j);
  // Everything leaves first, so that there is room; whoever finds none goes home.
  for (const j of order) sharing.loads[sharing.ownerOf[j] ?? 0]! -= minutesOf(j);
  return order.filter((j) => {
    sharing.loads[sharing.ownerOf[j] ?? 0]! += minutesOf(j);
    const row = (classOf[j] ?? 0) * groups.length;
    const meant = flows === null ? [] : takersOf(j).filter((g) => (flows[row + g] ?? 0) > 0);
    for (const among of [meant, undefined]) {
      const to = among?.length === 0 ? null : roomiest(sharing, j, among);
      if (to === null || roomOf(sharing, to) < minutesOf(j)) continue;
      give(sharing, j, to);
      const g = sharing.groupOf[to] ?? -1;
      if (flows !== null && g >= 0) flows[row + g]! -= minutesOf(j);
      return false;
    }
    return true;
  });
}

/** Finds room for cases by passing on others that moved before; where everything leaves, somebody has to have the rest. */
function makeRoom(sharing: Sharing, homeless: readonly number[]): void {
  if (homeless.length === 0) return;
  const { planning, ownerOf, holderOf } = sharing;
  const received = planning.people.map((): number[] => []);
  for (const [j, holder] of holderOf.entries()) if (holder !== ownerOf[j]) received[holder]?.push(j);
  for (const j of homeless) {
    if (passOnFor(sharing, received, j) || planning.everything !== true) continue;
    const to = roomiest(sharing, j);
    if (to !== null) give(sharing, j, to);
  }
}

/** True where somebody could take a case by passing on a smaller one, which they had received, to somebody with room. */
function passOnFor(sharing: Sharing, received: number[][], j: number): boolean {
  const { planning, classes, classOf, groups, ownerOf } = sharing;
  const { minutes = 0, barred = [] } = planning.cases[j] ?? {};
  for (const g of classes[classOf[j] ?? 0]?.takers ?? [])
    for (const i of groups[g]?.members ?? []) {
      if (i === ownerOf[j] || barred.includes(planning.people[i]?.id ?? '')) continue;
      const short = minutes - roomOf(sharing, i);
      for (const [at, q] of (received[i] ?? []).entries()) {
        const passed = planning.cases[q]?.minutes ?? 0;
        if (passed < short || passed >= minutes) continue;
        const to = roomiest(sharing, q);
        if (to === null || roomOf(sharing, to) < passed) continue;
        give(sharing, q, to);
        give(sharing, j, i);
        received[i]?.splice(at, 1, j);
        received[to]?.push(q);
        return true;
      }
    }
  return false;
}

/** Lets cases stay whose leaving takes no overload away, or not any more: the dearest first, until there is none. */
function dropNeedless(sharing: Sharing): void {
  const { planning, ownerOf, holderOf } = sharing;
  const costOf = (j: number) => planning.cases[j]?.cost ?? 0;
  let moved = [...planning.cases.keys()]
    .filter((j) => holderOf[j] !== ownerOf[j])
    .sort((a, b) => costOf(b) - costOf(a) || a - b);
  for (let were = Infinity; moved.length < were;) {
    were = moved.length;
    moved = moved.filter((j) => {
      const owner = ownerOf[j] ?? 0;
      // What came in before others came home can leave its holder with as much too much as its owner had.
      if (reliefOf(sharing, j, owner) < 0) return true;
      give(sharing, j, owner);
      return false;
    });
  }
}
