import { IANAZone } from 'luxon';

/** From this instant (epoch ms) London is this many minutes ahead of UTC. */
type OffsetChange = { from: number; minutes: number };

const LONDON = IANAZone.create('Europe/London');
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const changesByYear = new Map<number, OffsetChange[]>();

/**
 * Minutes that London is ahead of UTC at an instant (epoch ms), by the time zone database that Luxon reads.
 */
export function londonOffsetMinutes(instantMs: number): number {
  const changes = changesOf(new Date(instantMs).getUTCFullYear());
  let minutes = 0;
  for (const change of changes) {
    if (change.from > instantMs) break;
    minutes = change.minutes;
  }
  return minutes;
}

/** The offset changes (epoch ms) of London after one instant and up to another. */
export function londonOffsetChanges(
  afterMs: number,
  upToMs: number,
): Array<OffsetChange & { before: number }> {
  const found: Array<OffsetChange & { before: number }> = [];
  const lastYear = new Date(upToMs).getUTCFullYear();
  for (let year = new Date(afterMs).getUTCFullYear(); year <= lastYear; year += 1) {
    const changes = changesOf(year);
    for (const [index, change] of changes.entries()) {
      const before = changes[index - 1]?.minutes;
      if (before !== undefined && change.from > afterMs && change.from <= upToMs)
        found.push({ ...change, before });
    }
  }
  return found;
}

/** What holds at the start of a year (UTC) and each change within it, found once a year and kept. */
function changesOf(year: number): OffsetChange[] {
  const known = changesByYear.get(year);
  if (known !== undefined) return known;
  const start = Date.UTC(year, 0, 1);
  const end = Date.UTC(year + 1, 0, 1);
  const changes = [{ from: start, minutes: LONDON.offset(start) }];
  let minutes = LONDON.offset(start);
  for (let day = start; day < end; day += DAY_MS) {
    const nextMinutes = LONDON.offset(day + DAY_MS);
    if (nextMinutes === minutes) continue;
    const from = firstMinuteWith(nextMinutes, day, day + DAY_MS);
    if (from < end) changes.push({ from, minutes: nextMinutes });
    minutes = nextMinutes;
  }
  changesByYear.set(year, changes);
  return changes;
}

/** The minute, after one instant and up to another, from which the offset holds. */
function firstMinuteWith(minutes: number, after: number, upTo: number): number {
  let low = after;
  let high = upTo;
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
    if (LONDON.offset(middle) === minutes) high = middle;
    else low = middle;
  }
  return high;
}
