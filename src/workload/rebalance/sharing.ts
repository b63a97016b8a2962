import { group, type Grouped } from './groups.ts';
import type { Move, Planning } from './planning.ts';

/** A plan in the making: who has how much, and who has which case by now. By the places of people and cases. */
export type Sharing = Grouped & {
  planning: Planning;
  holderOf: Int32Array;
  loads: Float64Array;
  lines: readonly number[];
};

/** The sharing as it stands, before any move. */
export function beginSharing(planning: Planning, grouped: Grouped = group(planning)): Sharing {
  const { ownerOf } = grouped;
  const loads = Float64Array.from(planning.people, ({ fixed }) => fixed);
  for (const [j, { minutes }] of planning.cases.entries()) loads[ownerOf[j] ?? 0]! += minutes;
  const lines = planning.people.map(({ line }) => line);
  return { ...grouped, planning, holderOf: ownerOf.slice(), loads, lines };
}

/** Gives a case to somebody. */
export function give({ planning, holderOf, loads }: Sharing, j: number, to: number): void {
  const minutes = planning.cases[j]?.minutes ?? 0;
  loads[holderOf[j] ?? 0]! -= minutes;
  loads[to]! += minutes;
  holderOf[j] = to;
}

/** Minutes above somebody's line. */
export function overOf({ loads, lines }: Sharing, i: number): number {
  return Math.max(0, (loads[i] ?? 0) - (lines[i] ?? 0));
}

/** Minutes that somebody can take before they are overloaded; below 0 where they are already. */
export function roomOf({ loads, lines }: Sharing, i: number): number {
  return (lines[i] ?? 0) - (loads[i] ?? 0);
}

/**
 * Who of those that may have a case has most room for it; of equals the first. Null where nobody may have it.
 * @param groups of these groups alone, where given
 */
export function roomiest(sharing: Sharing, j: number, groups?: readonly number[]): number | null {
  const { planning, groups: all, classes, classOf, ownerOf, holderOf } = sharing;
  const barred = planning.cases[j]?.barred ?? [];
  let best: number | null = null;
  for (const g of groups ?? classes[classOf[j] ?? 0]?.takers ?? [])
    for (const i of all[g]?.members ?? []) {
      if (i === ownerOf[j] || i === holderOf[j]) continue;
      if (best !== null && roomOf(sharing, i) <= roomOf(sharing, best)) continue;
      if (barred.length === 0 || !barred.includes(planning.people[i]?.id ?? '')) best = i;
    }
  return best;
}

/** The moves that a sharing comes to, in the order of the cases. */
export function movesOf({ planning, ownerOf, holderOf }: Sharing): Move[] {
  return planning.cases.flatMap(({ id, owner, minutes, cost }, j) =>
    holderOf[j] === ownerOf[j]
      ? []
      : [{ caseId: id, from: owner, to: planning.people[holderOf[j] ?? 0]?.id ?? '', minutes, cost }],
  );
}

/** The cases of each person, by their places. */
export function casesByOwner({ planning, ownerOf }: Sharing): number[][] {
  const lists = planning.people.map((): number[] => []);
  for (const j of planning.cases.keys()) lists[ownerOf[j] ?? 0]?.push(j);
  return lists;
}
