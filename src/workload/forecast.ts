import { createHeap } from './heap.ts';

/**
 * A piece of work as the forecast sees it. `day` is the day by whose end it is due, counted from today, which is 0;
 * before today for what is overdue.
 */
export type Piece = { id: string; day: number; minutes: number };

/** Minutes that can be worked from now to the end of each day. */
export type Cumulative = readonly number[];

/** The running sums of the capacity of each day. */
export function cumulative(byDay: readonly number[]): number[] {
  let sum = 0;
  return byDay.map((minutes) => (sum += minutes));
}

/** What can be worked by the time that a piece is due: nothing for what is overdue, no limit after the last day. */
function budget(capacity: Cumulative, day: number): number {
  return day < 0 ? 0 : (capacity[day] ?? Infinity);
}

/** The order in which work is done: earliest due first, then by id, so that the same work gives the same answer. */
export function earliestFirst(a: Piece, b: Piece): number {
  return a.day - b.day || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** The first day by whose end so many minutes have been worked; null where that is after the last. */
export function dayOf(capacity: Cumulative, minutes: number): number | null {
  let low = 0;
  let high = capacity.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((capacity[middle] ?? Infinity) < minutes) low = middle + 1;
    else high = middle;
  }
  return low < capacity.length ? low : null;
}

/** A piece that will be late, and the day on which it will be done; null after the last day looked at. */
export type Late = { id: string; doneOn: number | null };

/** What one person will be late with who does what is due first, first. Work may be put down and taken up again. */
export function simulate(pieces: readonly Piece[], capacity: Cumulative): Late[] {
  let worked = 0;
  return [...pieces].sort(earliestFirst).flatMap(({ id, day, minutes }) => {
    worked += minutes;
    return worked > budget(capacity, day) ? [{ id, doneOn: dayOf(capacity, worked) }] : [];
  });
}

/**
 * The fewest pieces of one person's work that can be late in whatever order (J. M. Moore 1968, by Hodgson's rule):
 * take work by due date, and whenever a date is broken put aside the longest piece taken so far.
 * @returns the pieces put aside
 */
export function leastLate(pieces: readonly Piece[], capacity: Cumulative): string[] {
  const sorted = [...pieces].sort(earliestFirst);
  if (simulate(sorted, capacity).length === 0) return [];
  const taken = createHeap<Piece>((a, b) => b.minutes - a.minutes || -earliestFirst(a, b));
  const aside: string[] = [];
  let worked = 0;
  for (const piece of sorted) {
    taken.push(piece);
    worked += piece.minutes;
    if (worked <= budget(capacity, piece.day)) continue;
    const longest = taken.pop();
    if (longest === undefined) continue;
    worked -= longest.minutes;
    aside.push(longest.id);
  }
  return aside.sort();
}
