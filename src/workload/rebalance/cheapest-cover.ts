/** What can be taken: minutes (whole) and what taking it costs. */
export type Item = { minutes: number; cost: number };

/** So many items are weighed against each other exactly. */
const core = 24;

/**
 * The cheapest items that come to at least so many minutes together; all of them where they come to no more. What is
 * cheapest by the minute is taken and what is dearest left, but for the 24 items nearest to where that breaks off, among
 * which the choice is exact (a core as of E. Balas and E. Zemel 1980): so of 24 items or fewer it always is. Of equal
 * choices the earlier items. Pure.
 * @returns the places of the items taken, in their order
 */
export function cheapestCover(items: readonly Item[], minutes: number): number[] {
  if (minutes <= 0) return [];
  const prices = Float64Array.from(items, (item) => item.cost / item.minutes);
  const order = [...items.keys()].sort((a, b) => prices[a]! - prices[b]! || a - b);
  let sum = 0;
  const broken = order.findIndex((i) => (sum += items[i]?.minutes ?? 0) >= minutes);
  if (broken === -1) return [...items.keys()];
  const first = Math.max(0, Math.min(broken - core / 2, order.length - core));
  const sure = order.slice(0, first);
  const open = order.slice(first, first + core).sort((a, b) => a - b);
  const rest = minutes - sure.reduce((total, i) => total + (items[i]?.minutes ?? 0), 0);
  const chosen = exactCover(
    open.map((i) => items[i]!),
    rest,
  );
  return [...sure, ...chosen.map((at) => open[at] ?? 0)].sort((a, b) => a - b);
}

/** By dynamic programming over the minutes: what reaching each number of them costs at least. */
function exactCover(items: readonly Item[], minutes: number): number[] {
  const least = new Float64Array(minutes + 1).fill(Infinity);
  least[0] = 0;
  const taken = new Uint8Array(items.length * (minutes + 1));
  // What more than everything so far comes to can be reached by nothing yet.
  let most = 0;
  items.forEach((item, i) => {
    const row = i * (minutes + 1);
    most += item.minutes;
    for (let m = Math.min(most, minutes); m > 0; m--) {
      const cost = least[m > item.minutes ? m - item.minutes : 0]! + item.cost;
      if (cost >= least[m]!) continue;
      least[m] = cost;
      taken[row + m] = 1;
    }
  });
  const chosen: number[] = [];
  for (let i = items.length - 1, m = minutes; i >= 0 && m > 0; i--) {
    if (taken[i * (minutes + 1) + m] !== 1) continue;
    chosen.push(i);
    m = Math.max(0, m - (items[i]?.minutes ?? 0));
  }
  return chosen.reverse();
}
