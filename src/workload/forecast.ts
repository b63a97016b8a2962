import { createDiary } from './diary.ts';
import { createHeap } from './heap.ts';

/**
 * A piece of work as the forecast sees it. `day` is the day by whose end it is due, counted from today, which is 0;
 * before today for what is overdue. Before the day `release` it cannot be done: it is put off, or not to be seen yet.
 */
export type Piece = { id: string; day: number; minutes: number; release?: number };

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

/** A piece that will be late, and the day on which it will be done; null after the last day looked at. */
export type Late = { id: string; doneOn: number | null };

/** Whether a piece is late that is done on a day, of so many days looked at. */
export function isLate({ day }: Piece, doneOn: number | null, days: number): boolean {
  return day < days && (doneOn === null || doneOn > day);
}

/**
 * What one person will be late with who does of what can be done what is due first, first. Work may be put down and
 * taken up again, so that each piece in that order has the earliest minutes that are free: nothing at all is late
 * where that is possible (J. R. Jackson 1955; W. A. Horn 1974 for work that comes up later).
 */
export function simulate(pieces: readonly Piece[], byDay: readonly number[]): Late[] {
  const diary = createDiary(byDay);
  return [...pieces].sort(earliestFirst).flatMap((piece) => {
    const doneOn = diary.book(piece.minutes, piece.release ?? 0);
    return isLate(piece, doneOn, byDay.length) ? [{ id: piece.id, doneOn }] : [];
  });
}

/**
 * The fewest pieces of one person's work that can be late in whatever order, were all of it open now (J. M. Moore 1968,
 * by Hodgson's rule): take work by due date, and whenever a date is broken put aside the longest piece taken so far.
 * @returns the pieces put aside
 */
export function leastLate(pieces: readonly Piece[], capacity: Cumulative): string[] {
  const taken = createHeap<Piece>((a, b) => b.minutes - a.minutes || -earliestFirst(a, b));
  const aside: string[] = [];
  let worked = 0;
  for (const piece of [...pieces].sort(earliestFirst)) {
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

/** From how many days on what comes up is looked at by itself. */
const mostReleases = 4;

/**
 * A number of pieces with which one person is late in whatever order: exact where all of it is open now, otherwise never
 * more than the true least. For some days on which work comes up, what comes up from then on has only the minutes from
 * then on; and where doing first what is due first is late with something, something is late in any order.
 */
export function fewestLate(pieces: readonly Piece[], byDay: readonly number[]): number {
  if (simulate(pieces, byDay).length === 0) return 0;
  const releaseOf = ({ release = 0 }: Piece) => Math.min(release, byDay.length);
  const bounds = someOf([...new Set([0, ...pieces.map(releaseOf)])].sort((a, b) => a - b)).map((from) => {
    const since = pieces.flatMap((piece) => {
      if (releaseOf(piece) < from) return [];
      // What comes up after it is due, or was due before that day, is late whatever is done.
      const isLost = piece.day < Math.max(0, releaseOf(piece));
      return [{ ...piece, day: isLost ? -1 : piece.day - from }];
    });
    return leastLate(since, cumulative(byDay.slice(from))).length;
  });
  return Math.max(1, ...bounds);
}

/** The first of some days, and others evenly out of the rest. */
function someOf(days: readonly number[]): number[] {
  const step = Math.max(1, Math.ceil(days.length / mostReleases));
  return days.filter((_day, i) => i % step === 0);
}
