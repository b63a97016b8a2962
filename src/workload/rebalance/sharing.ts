import { group, type Grouped } from './groups.ts';
import type { Move, Planning } from './planning.ts';

/** A plan in the making: who has how much, and who has which case by now. By the places of people and cases. */
export type Sharing = Grouped & {
  planning: Planning;
  holderOf: Int32Array;
  loads: Float64Array;
  lines: Float64Array;
};

/** The sharing as it stands, before any move. */
export function beginSharing(planning: Planning, grouped: Grouped = group(planning)): Sharing {
  const { ownerOf } = grouped;
  const loads = Float64Array.from(planning.people, ({ fixed }) => fixed);
  planning.cases.forEach(({ minutes }, j) => (loads[ownerOf[j] ?? 0]! += minutes));
  const lines = Float64Array.from(planning.people, ({ line }) => line);
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

/** Minutes of overload that are fewer when a case goes from whoever holds it to somebody else; below 0 where they are more. */
export function reliefOf(sharing: Sharing, j: number, to: number): number {
  const minutes = sharing.planning.cases[j]?.minutes ?? 0;
  const overflow = Math.max(0, minutes - Math.max(0, roomOf(sharing, to)));
  return Math.min(minutes, overOf(sharing, sharing.holderOf[j] ?? 0)) - overflow;
}

/**
 * Who of those that may have a case has most room for it; of equals the first. Null where nobody may have it.
 * @param groups of these groups alone, where given
 */
export function roomiest(sharing: Sharing, j: number, groups?: readonly number[]): number | null {
  const { planning, groups: all, classes, classOf, ownerOf, holderOf, loads, lines } = sharing;
  const barred = planning.cases[j]?.barred ?? [];
  const [owner, holder] = [ownerOf[j], holderOf[j]];
  let best: number | null = null;
  let most = -Infinity;
  for (const g of groups ?? classes[classOf[j] ?? 0]?.takers ?? [])
    for (const i of all[g]?.members ?? []) {
      const room = lines[i]! - loads[i]!;
      if (room <= most || i === owner || i === holder) continue;
      if (barred.length > 0 && barred.includes(planning.people[i]?.id ?? '')) continue;
      best = i;
      most = room;
    }
  return best;
}

/** The moves that a sharing comes to, in the order of the cases. */
export function movesOf({ planning, ownerOf, holderOf }: Sharing): Move[] {
  const moves: Move[] = [];
  planning.cases.forEach(({ id, owner, minutes, cost }, j) => {
    if (holderOf[j] === ownerOf[j]) return;
    moves.push({ caseId: id, from: owner, to: planning.people[holderOf[j] ?? 0]?.id ?? '', minutes, cost });
  });
  return moves;
}

/** The cases of each person, by their places. */
export function casesByOwner({ planning, ownerOf }: Sharing): number[][] {
  const lists = planning.people.map((): number[] => []);
  ownerOf.forEach((i, j) => lists[i]?.push(j));
  return lists;
}
