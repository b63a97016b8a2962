/** The free minutes of each day of somebody who works, or of a team. */
export type Diary = {
  /** The day on which so many minutes would be done that begin on a day at the earliest; null after the last. */
  finish(minutes: number, from: number): number | null;
  /** Takes the earliest free minutes from a day on, as many as there are, and says when they are done. */
  book(minutes: number, from: number): number | null;
  /** Minutes that are still free. */
  left(): number;
};

/** A diary with nothing in it. Looking takes as long as the logarithm of its days, by a tree of sums (Fenwick 1994). */
export function createDiary(byDay: readonly number[]): Diary {
  const free = [...byDay];
  const days = free.length;
  const sums = new Array<number>(days + 1).fill(0);
  let total = 0;
  const add = (day: number, minutes: number) => {
    total += minutes;
    for (let i = day + 1; i <= days; i += i & -i) sums[i] = (sums[i] ?? 0) + minutes;
  };
  free.forEach((minutes, day) => add(day, minutes));
  const before = (day: number) => {
    let sum = 0;
    for (let i = Math.min(day, days); i > 0; i -= i & -i) sum += sums[i] ?? 0;
    return sum;
  };
  const firstStep = 2 ** Math.floor(Math.log2(Math.max(1, days)));

  const finish = (minutes: number, from: number): number | null => {
    let wanted = before(from) + minutes;
    if (from >= days || wanted > total) return null;
    let day = 0;
    for (let step = firstStep; step >= 1; step /= 2) {
      const sum = day + step <= days ? (sums[day + step] ?? 0) : Infinity;
      if (sum >= wanted) continue;
      day += step;
      wanted -= sum;
    }
    return day;
  };
  return {
    finish,
    book: (minutes, from) => {
      const done = finish(minutes, from);
      let open = minutes;
      for (let day = from; day < days && open > 0; day += 1) {
        const taken = Math.min(open, free[day] ?? 0);
        if (taken === 0) continue;
        free[day] = (free[day] ?? 0) - taken;
        add(day, -taken);
        open -= taken;
      }
      return done;
    },
    left: () => total,
  };
}
