import type { ContactChannel } from '../../db/schema/person-details.ts';
import { addDays } from '../calendar/civil-date.ts';
import { isBusinessDay, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf, epochMs, instantAt, instantOfEpochMs, sayInstant } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import { waysToReach, type Reachable } from './ways.ts';

/** One try at reaching a person. */
export type Try = {
  channel: string;
  result: 'reached' | 'no-answer' | 'message-left' | 'wrong-number' | 'declined';
  at: Instant;
};

/** What to do next to reach a person: try a way, write a letter, or hand it to a senior. */
export type NextStep = {
  step: 'try' | 'letter' | 'senior';
  channel: ContactChannel | null;
  /** Not before this. */
  at: Instant;
  why: string[];
};

/** So many failures by one way, and another is taken: a default of the hub. */
export const mostFailures = 3;

/** Times of day over which tries are spread, in London: defaults of the hub. */
const bands = [
  { name: 'in the morning', from: '09:00', to: '12:00' },
  { name: 'in the afternoon', from: '12:00', to: '17:00' },
  { name: 'in the early evening', from: '17:00', to: '20:00' },
] as const;

/** Two tries are at least so long apart. */
const pauseMs = 2 * 3_600_000;

/**
 * The next step towards a person who is owed a talk. After three failures by one way another is taken, at once where
 * the number is wrong, and after one message that brought no answer; then a letter; then a senior. Calls are spread
 * over the times of day, within the hours that are safe. Pure.
 * @param tries those since the talk was owed, in any order
 * @param dueAt when the first of what is owed is due; a later try is suggested only where there is no earlier
 */
export function nextStep(
  person: Reachable,
  tries: readonly Try[],
  dueAt: Instant | null,
  now: Instant,
  calendar: HolidayCalendar,
): NextStep {
  const failed = tries.filter(({ result }) => result !== 'reached' && result !== 'declined');
  const ways = waysToReach(person);
  const isSpent = (way: ContactChannel) => {
    const ofWay = failed.filter(({ channel }) => channel === way);
    if (ofWay.some(({ result }) => result === 'wrong-number')) return true;
    return ofWay.length >= (way === 'phone' ? mostFailures : 1);
  };
  const next = ways.filter((way) => way !== 'letter').find((way) => !isSpent(way));
  const said = sayTries(failed);
  if (next !== undefined) {
    const at = nextTime(person, failed, dueAt, now, calendar);
    if (at === null)
      return toSenior(now, [...said, 'No hour is left in which a call would be safe: ask before trying']);
    return { step: 'try', channel: next, at: at.at, why: [...said, ...at.why] };
  }
  if (ways.includes('letter') && !isSpent('letter'))
    return { step: 'letter', channel: 'letter', at: now, why: [...said, 'Other ways have failed: write'] };
  return toSenior(now, [...said, ways.length === 0 ? noWay : 'Every way has failed: a senior decides']);
}

const noWay = 'No way of reaching them is known, or none is safe or agreed to: a senior decides';

function toSenior(now: Instant, why: string[]): NextStep {
  return { step: 'senior', channel: null, at: now, why };
}

function sayTries(failed: readonly Try[]): string[] {
  const last = failed.reduce<Try | undefined>((a, b) => (a === undefined || b.at > a.at ? b : a), undefined);
  if (last === undefined) return [];
  const times = failed.length === 1 ? 'Tried once' : `Tried ${failed.length} times`;
  return [`${times}, last at ${sayInstant(last.at)}: ${last.result.replaceAll('-', ' ')}`];
}

type Candidate = { at: Instant; used: number; band: string };

/** The first time that is safe; among those before it is due, at an hour that was tried least. */
function nextTime(
  person: Reachable,
  failed: readonly Try[],
  dueAt: Instant | null,
  now: Instant,
  calendar: HolidayCalendar,
): { at: Instant; why: string[] } | null {
  const lastAt = failed
    .map(({ at }) => at)
    .sort()
    .at(-1);
  const earliest =
    lastAt === undefined ? now : ([now, instantOfEpochMs(epochMs(lastAt) + pauseMs)].sort().at(-1) ?? now);
  const all = candidates(person, failed, earliest, calendar);
  const inTime = all.filter(({ at }) => dueAt === null || at <= dueAt);
  const from = inTime.length > 0 ? inTime : all.slice(0, 1);
  // With nothing tried yet the sooner the better; afterwards another time of day.
  const soon = from.slice(0, bands.length * 2);
  const best =
    failed.length === 0
      ? soon[0]
      : soon.reduce<Candidate | undefined>((a, b) => (a === undefined || b.used < a.used ? b : a), undefined);
  if (best === undefined) return null;
  const why = failed.length === 0 ? [] : [`Try again ${best.band}, ${sayInstant(best.at)} or later`];
  return { at: best.at, why };
}

/** Times on the next working days, one in each band that is safe, soonest first. */
function candidates(
  { safeContact }: Reachable,
  failed: readonly Try[],
  earliest: Instant,
  calendar: HolidayCalendar,
): Candidate[] {
  const found: Candidate[] = [];
  for (let ahead = 0, days = 0; ahead < 14 && days < 4; ahead++) {
    const day = addDays(civilDateOf(earliest), ahead);
    if (isBusinessDay(calendar, day) === false) continue;
    days++;
    for (const { name, from, to } of bands) {
      const [opens, closes] = [later(from, safeContact?.notBefore), sooner(to, safeContact?.notAfter)];
      if (opens >= closes) continue;
      const at = [instantAt(day, opens), earliest].sort().at(-1) ?? earliest;
      if (at >= instantAt(day, closes)) continue;
      found.push({ at, used: failed.filter((one) => isInBand(one.at, from, to)).length, band: name });
    }
  }
  return found;
}

const later = (a: string, b = a) => (b > a ? b : a);
const sooner = (a: string, b = a) => (b < a ? b : a);

function isInBand(at: Instant, from: string, to: string): boolean {
  const day = civilDateOf(at);
  return at >= instantAt(day, from) && at < instantAt(day, to);
}
