import type { Database } from '../../db/connect.ts';
import { consequences } from '../deadlines/rule.ts';
import { startStopwatch } from '../platform/clock.ts';
import { countCovered, countPool, type Counted, type CountedOfDay, type Days } from './count-pool.ts';
import type { Puller } from './eligible.ts';
import { noCounts, type Counts } from './read-queue.ts';
import { bands, type BandEdges } from './urgency.ts';

/** Up to so many tasks of a pool are counted for everybody who looks, at that moment and for them alone. */
const alwaysCounted = 1_000;
/**
 * How old a count of a larger pool grows at least, and how many times as long as counting it takes nothing is counted. A
 * page in two hundred meets a part being counted then, and with shorter rests more than one in a hundred.
 */
const countedEveryMs = 5_000;
const restTimes = 500;
/**
 * How many tasks a part of a pool is laid out with at most, where they are not all due on one day. A page that meets a
 * part being counted waits for the processor: so many take a few milliseconds. Far fewer would hardly take less, as every
 * statement has to be sent and set up, and it would be longer before each part has its turn.
 */
export const mostInPart = 1_500;

/** What is counted as a whole at first: a team's pool of one consequence, or what one person covers. */
type Whole = { name: string; of: number | 'covered' };
/** Some days of a whole, and what there is of them. */
export type Part = { days: Days; counted: Counted[] };
/** The parts of a whole, the one counted longest ago first, and what they come to. */
type Known = { parts: (Part & { elapsedMs: () => number })[]; counted: Counted[] };

/**
 * How much work of a team somebody may have beside their own. Counting a pool of a hundred thousand takes longer than
 * everything else of a page, and nobody needs it to the second: it is counted as a whole once a day, and then, for all of
 * the team, in small parts, one at a time and with long rests, while pages go on with the counts before.
 */
export type TeamCounts = {
  /** What there is for somebody; null where there is so little that their page is to count it itself. */
  countsFor(db: Database, puller: Puller, edges: BandEdges): Promise<Counts | null>;
};

/** @param startWatch how time is taken, in milliseconds */
export function createTeamCounts(startWatch: () => () => number = startStopwatch): TeamCounts {
  const known = new Map<string, Known>();
  const running = new Map<string, Promise<void>>();
  /** What all that is known comes to for whoever is trained alike, until some of it is counted anew. */
  const sums = new Map<string, Counts | null>();
  let lastDay = '';
  let resting = { elapsedMs: () => Infinity, forMs: 0 };

  /** Counts all of it where nothing is known, and else the part that was counted longest ago. */
  const count = ({ name, of }: Whole, db: Database, puller: Puller, edges: BandEdges): Promise<void> => {
    const already = running.get(name);
    if (already !== undefined) return already;
    const elapsedMs = startWatch();
    const [oldest, ...others] = known.get(name)?.parts ?? [];
    const days = oldest?.days ?? allDays;
    const read =
      of === 'covered'
        ? countCovered(db, puller, edges)
        : countPool(db, puller, edges, { consequence: of, days });
    const counting = read
      .then((counted) => {
        const laid = oldest === undefined ? layParts(days, counted) : layAnew(days, counted);
        const sinceNow = startWatch();
        const parts = [...others, ...laid.map((part) => ({ ...part, elapsedMs: sinceNow }))];
        known.set(name, { parts, counted: together(parts.flatMap((part) => part.counted)) });
        sums.clear();
        // After a whole, as long as after each of its parts, which are what comes next.
        resting = { elapsedMs: sinceNow, forMs: (elapsedMs() / laid.length) * restTimes };
      })
      .finally(() => running.delete(name));
    running.set(name, counting);
    return counting;
  };

  const countOldest = (wholes: readonly Whole[], db: Database, puller: Puller, edges: BandEdges): void => {
    if (running.size > 0 || resting.elapsedMs() < resting.forMs) return;
    const age = ({ name }: Whole) => known.get(name)?.parts[0]?.elapsedMs() ?? 0;
    const oldest = wholes.reduce((a, b) => (age(a) >= age(b) ? a : b));
    // What cannot be counted now is counted when the next page asks.
    if (age(oldest) > countedEveryMs) count(oldest, db, puller, edges).catch(() => undefined);
  };

  return {
    countsFor: async (db, puller, edges) => {
      const wholes = wholesOf(puller, edges);
      if (edges.today > lastDay || known.size > mostKnown) {
        known.clear();
        lastDay = edges.today;
      }
      const missing = wholes.filter(({ name }) => !known.has(name));
      if (missing.length > 0) await Promise.all(missing.map((whole) => count(whole, db, puller, edges)));
      else countOldest(wholes, db, puller, edges);
      const alike = `${dayOf(puller, edges)} ${puller.skills.join()} ${puller.covers ? puller.id : ''}`;
      let sum = sums.get(alike);
      if (sum === undefined) {
        const found = wholes.flatMap(({ name }) => known.get(name) ?? []);
        // Forgotten while this page waited, as another day began.
        if (found.length < wholes.length) return null;
        const counted = found.flatMap((one) => one.counted);
        sums.set(alike, (sum = countsOf(counted, puller)));
      }
      return sum;
    },
  };
}

/** What was counted on days gone by is forgotten with the first page of another day; more than this never piles up. */
const mostKnown = 2_000;

/** What is counted for somebody. On another day the bands part elsewhere, so that it is counted anew. */
function wholesOf(puller: Puller, edges: BandEdges): Whole[] {
  const day = dayOf(puller, edges);
  const pool: Whole[] = consequences.map((_, consequence) => ({
    name: `${day} ${consequence}`,
    of: consequence,
  }));
  return puller.covers ? [...pool, { name: `${day} of ${puller.id}`, of: 'covered' }] : pool;
}
const dayOf = ({ team }: Puller, { today }: BandEdges) => `${team} ${today}`;

export const allDays: Days = { after: -Infinity, until: Infinity };

/**
 * Lays days out in parts that have up to `mostInPart` tasks each, or a single day's. Together they are all of these days,
 * those included on which nothing is due yet.
 */
export function layParts(days: Days, counted: readonly CountedOfDay[]): Part[] {
  const parts: Part[] = [];
  let { after } = days;
  let laid: CountedOfDay[] = [];
  let many = 0;
  for (const [day, ofDay] of byDay(counted)) {
    const manyOfDay = sizeOf(ofDay);
    if (many > 0 && many + manyOfDay > mostInPart) {
      parts.push({ days: { after, until: day - 1 }, counted: together(laid) });
      after = day - 1;
      laid = [];
      many = 0;
    }
    laid.push(...ofDay);
    many += manyOfDay;
  }
  return [...parts, { days: { after, until: days.until }, counted: together(laid) }];
}

/** What becomes of a part that was counted again: itself, or smaller ones where it has grown to twice what it may have. */
export function layAnew(days: Days, counted: readonly CountedOfDay[]): Part[] {
  return sizeOf(counted) > 2 * mostInPart ? layParts(days, counted) : [{ days, counted: together(counted) }];
}

function byDay(counted: readonly CountedOfDay[]): [day: number, ofDay: CountedOfDay[]][] {
  const days = new Map<number, CountedOfDay[]>();
  for (const one of counted) {
    const ofDay = days.get(one.day);
    if (ofDay === undefined) days.set(one.day, [one]);
    else ofDay.push(one);
  }
  return [...days].sort(([a], [b]) => a - b);
}

const sizeOf = (counted: readonly Counted[]) => counted.reduce((all, { many }) => all + many, 0);

/** Counts of what is alike as one. */
function together(counted: readonly Counted[]): Counted[] {
  const sums = new Map<string, Counted>();
  for (const { skills, rank, many } of counted) {
    const alike = `${rank} ${skills.join()}`;
    const sum = sums.get(alike);
    if (sum === undefined) sums.set(alike, { skills, rank, many });
    else sum.many += many;
  }
  return [...sums.values()];
}

function countsOf(counted: readonly Counted[], { skills }: Puller): Counts | null {
  const counts = noCounts();
  for (const { skills: needed, rank, many } of counted)
    if (needed.every((skill) => skills.includes(skill))) counts[bands[rank] ?? 'later'] += many;
  return sizeOf(counted) <= alwaysCounted ? null : counts;
}
