/** Somebody's capacity and load in minutes. */
export type Burden = { id: string; capacity: number; load: number };

/** What somebody ought to have, and what they may have before it is called too much. Whole minutes. */
export type FairShare = { share: number; line: number };

/**
 * What somebody may have above their fair share, as a fraction of it; and half a middling case, if that is more. Nobody
 * can have exactly their share, because work comes in cases; moving one to gain less than half of it would only make
 * somebody else the one who has too much.
 */
export const allowance = 0.02;

/** Somebody new is brought up by half of what they lack at a time, so that they learn as they go. */
export const starterStep = 0.5;

/**
 * The fair share of each of a team: the team's work in proportion to capacity. Where the team has more to do than it can,
 * all are over their capacity alike. Somebody without capacity ought to have nothing. Pure.
 * @param middlingCase the median of the minutes of a case
 */
export function fairShares(team: readonly Burden[], middlingCase: number): Map<string, FairShare> {
  const work = team.reduce((sum, { load }) => sum + load, 0);
  const capacity = team.reduce((sum, one) => sum + one.capacity, 0);
  return new Map(
    team.map((one) => {
      // Where nobody can work there is nobody to give anything to.
      const share = capacity === 0 ? one.load : Math.round((work * one.capacity) / capacity);
      return [one.id, { share, line: withAllowance(share, one.capacity, middlingCase) }];
    }),
  );
}

/** The fair shares of a team while one of them is brought up to theirs by a step. */
export function sharesWithStarter(
  team: readonly Burden[],
  starter: string,
  middlingCase: number,
): Map<string, FairShare> {
  const usual = fairShares(team, middlingCase);
  const one = team.find(({ id }) => id === starter);
  const full = usual.get(starter)?.share ?? 0;
  if (one === undefined || full <= one.load) return usual;
  const target = Math.round(one.load + starterStep * (full - one.load));
  const others = team.filter(({ id }) => id !== starter);
  const work = others.reduce((sum, { load }) => sum + load, one.load - target);
  const capacity = others.reduce((sum, other) => sum + other.capacity, 0);
  const shares = others.map((other): [string, FairShare] => {
    const share = capacity === 0 ? other.load : Math.round((Math.max(0, work) * other.capacity) / capacity);
    return [other.id, { share, line: withAllowance(share, other.capacity, middlingCase) }];
  });
  return new Map([...shares, [starter, { share: full, line: target }]]);
}

function withAllowance(share: number, capacity: number, middlingCase: number): number {
  return capacity === 0 ? share : share + Math.ceil(Math.max(share * allowance, middlingCase / 2));
}

/**
 * How evenly work is shared out, from 0 to 1, where all have the same part of their capacity (the index of R. Jain 1984).
 * Those without capacity are left out. 1 where nobody has anything.
 */
export function fairness(team: readonly Burden[]): number {
  const parts = team.filter(({ capacity }) => capacity > 0).map(({ capacity, load }) => load / capacity);
  const sum = parts.reduce((total, part) => total + part, 0);
  const squares = parts.reduce((total, part) => total + part * part, 0);
  if (squares === 0) return 1;
  return Math.round(((sum * sum) / (parts.length * squares)) * 1_000) / 1_000;
}

/** The middle of some numbers; 0 where there are none. */
export function middleOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
