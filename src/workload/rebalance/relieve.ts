import { casesByOwner, give, overOf, reliefOf, roomiest, type Sharing } from './sharing.ts';

/**
 * Takes cases one by one from whoever is most overloaded, as long as that makes the overload less: with few moves
 * to make the one that helps most, otherwise the cheapest by the minute of overload that it takes away.
 * @param most how many cases
 * @param prefer by what the case is chosen
 */
export function relieve(sharing: Sharing, most: number, prefer: 'relief' | 'cost'): void {
  const { planning, holderOf, ownerOf } = sharing;
  const own = casesByOwner(sharing);
  const stuck = new Set<number>();
  for (let made = 0; made < most;) {
    const from = mostOverloaded(sharing, stuck);
    if (from === null) return;
    let best: { j: number; to: number; relief: number; worth: number } | null = null;
    for (const j of own[from] ?? []) {
      if (holderOf[j] !== ownerOf[j]) continue;
      const to = roomiest(sharing, j);
      if (to === null) continue;
      const relief = reliefOf(sharing, j, to);
      if (relief <= 0) continue;
      const cost = planning.cases[j]?.cost ?? 0;
      const worth = prefer === 'relief' ? relief - cost / 1e6 : -cost / relief;
      if (best === null || worth > best.worth) best = { j, to, relief, worth };
    }
    if (best === null) {
      stuck.add(from);
      continue;
    }
    give(sharing, best.j, best.to);
    made += 1;
  }
}

function mostOverloaded(sharing: Sharing, stuck: ReadonlySet<number>): number | null {
  let found: number | null = null;
  for (const i of sharing.planning.people.keys())
    if (!stuck.has(i) && overOf(sharing, i) > (found === null ? 0 : overOf(sharing, found))) found = i;
  return found;
}
