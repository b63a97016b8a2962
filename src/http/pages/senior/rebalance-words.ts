import type { z } from 'zod';
import type { rebalanceSchema } from '../../api/rebalances-json.ts';
import { sayHours } from '../figures/load-bar.ts';
import { sayDayOf, sayMoment } from '../say.ts';

export type RebalanceJson = z.output<typeof rebalanceSchema>;

/** How far a proposal has come: how many of its cases moved, were taken back, stayed, and can still be decided on. */
export type Stage = { moved: number; back: number; stayed: number; open: number; isExpired: boolean };

/** Pure. */
export function stageOf(
  { moves, expiresAt }: Pick<RebalanceJson, 'moves' | 'expiresAt'>,
  now: string,
): Stage {
  const count = (...states: string[]) => moves.filter(({ state }) => states.includes(state)).length;
  const isExpired = expiresAt <= now;
  const proposed = count('proposed');
  return {
    ...{ moved: count('applied'), back: count('undone'), isExpired },
    stayed: count('refused') + (isExpired ? proposed : 0),
    open: isExpired ? 0 : proposed,
  };
}

/** Nothing of it is decided on yet, so that what it says of now is still of now. */
export function isAhead({ moved, back, stayed, isExpired }: Stage): boolean {
  return moved + back + stayed === 0 && !isExpired;
}

/** What a proposal is, what became of it, and how good it is. Pure. */
export function sentencesOf(one: RebalanceJson, nameOf: (id: string) => string, now: string): string[] {
  const { moves, kind, concerns, from, to, method, methodBecause } = one;
  const stage = stageOf(one, now);
  const period = from === null || to === null ? '' : ` from ${sayDayOf(from)} to ${sayDayOf(to)}`;
  return [
    ...(kind === 'cover'
      ? [`It covers what falls due while ${nameOf(concerns ?? '')} is away${period}.`]
      : []),
    ...(kind === 'new-starter' ? [`It brings ${nameOf(concerns ?? '')} half way up to a fair share.`] : []),
    moves.length === 0 ? 'No move would make it fairer.' : sayWhatBecame(stage, kind === 'cover'),
    ...sayOverload(one, isAhead(stage)),
    ...(moves.length === 0 ? [] : [sayWeight(one), sayFairness(one, isAhead(stage))]),
    ...(method === 'greedy'
      ? [`It was worked out by the quick way: ${methodBecause ?? 'no better one was at hand'}.`]
      : []),
    `Work due until ${sayDayOf(one.until)} was looked at. Proposed on ${sayMoment(one.proposedAt)} by ${nameOf(one.proposedBy)}${one.reason === null ? '' : `: ${one.reason}`}.`,
    ...sayExpiry(one, stage),
  ];
}

function sayWhatBecame({ moved, back, stayed, open, isExpired }: Stage, isCover: boolean): string {
  const all = moved + back + stayed + open;
  if (moved + back + stayed === 0)
    return `${sayCases(all)} would ${isCover ? 'be covered' : 'change hands'}.`;
  if (moved + back === 0 && isExpired)
    return `Nothing came of it: ${sayCases(all)} would have ${isCover ? 'been covered' : 'changed hands'}.`;
  const verb = (many: number) => (isCover ? (many === 1 ? 'was covered' : 'were covered') : 'changed hands');
  const was = (many: number) => (many === 1 ? 'was' : 'were');
  const parts = [
    ...(moved > 0 ? [`${sayCases(moved)} ${verb(moved)}`] : []),
    ...(back > 0 ? [`${sayCases(back)} ${verb(back)} and ${was(back)} taken back`] : []),
    ...(stayed > 0 ? [`${sayCases(stayed)} stayed`] : []),
    ...(open > 0 ? [`${sayCases(open)} can still be ticked`] : []),
  ];
  return `Of ${sayCases(all)}: ${parts.join(', ')}.`;
}

function sayCases(many: number): string {
  return many === 1 ? '1 case' : `${many} cases`;
}

/** The bound of the overload is told apart from that of the cost: a plan can be at one of them and not at the other. */
function sayOverload({ before, after, lowerBound, moves }: RebalanceJson, ahead: boolean): string[] {
  const allowed =
    'Somebody may have a fair share, and beside it 2 % of it or half a middling case, whichever is more.';
  const least = Math.ceil(lowerBound.overload);
  const there = sayAbove(before.overload);
  const then = sayAbove(after.overload);
  const stands =
    moves.length === 0
      ? `${ahead ? 'Above that is' : 'Above that, when it was proposed, was'} ${there}`
      : ahead
        ? `Above that is ${there} as things are, and ${then} afterwards`
        : `Above that was ${there} when it was proposed, and ${then} with all of its moves`;
  const bound =
    after.overload === 0
      ? ''
      : after.overload <= least
        ? ' No way of sharing it out leaves less.'
        : ` No way of sharing it out can leave less than ${sayHours(least)}; whether one leaves less than this is not known.`;
  return [`${allowed} ${stands}.${bound}`];
}

function sayAbove(minutes: number): string {
  return minutes === 0 ? 'nothing' : sayHours(minutes);
}

function sayWeight({ after, lowerBound }: RebalanceJson): string {
  const weighed = `All its moves weigh ${after.cost} by what is lost with each`;
  // The bound is of the plans with the least overload alone.
  if (after.overload > Math.ceil(lowerBound.overload)) return `${weighed}.`;
  const least = Math.ceil(lowerBound.cost);
  if (after.cost <= least) return `${weighed}: no moves that do as much weigh less.`;
  if (least <= 0) return `${weighed}; how little would do as much is not known.`;
  const above = Math.ceil(((after.cost - least) / least) * 1_000) / 10;
  return `${weighed}; none that do as much weigh less than ${least}, so they are at most ${above} % above the lightest.`;
}

function sayFairness({ before, after }: RebalanceJson, ahead: boolean): string {
  const [was, then] = [sayShare(before.fairness), sayShare(after.fairness)];
  const stands = ahead
    ? `Fairness is ${then} afterwards, ${was} as things are`
    : `Fairness was ${was} when it was proposed, ${then} with all of its moves`;
  return `${stands}; 100 % is everybody having the same part of their time taken.`;
}

function sayShare(part: number): string {
  return `${Math.round(part * 1_000) / 10} %`;
}

function sayExpiry({ expiresAt, moves }: RebalanceJson, { open, isExpired }: Stage): string[] {
  const isSettled = moves.length > 0 && moves.every(({ state }) => state === 'applied' || state === 'undone');
  if (isExpired) return isSettled ? [] : [`It expired on ${sayMoment(expiresAt)}: propose anew.`];
  return open > 0 ? [`It holds until ${sayMoment(expiresAt)}: after that, propose anew.`] : [];
}

/** How much somebody has above what they may have, in figures that agree with the load as it is shown beside them. */
export function sayTooMuch(load: number, overload: number): string {
  const line = load - overload;
  const half = (minutes: number) => Math.round(minutes / 30) * 30;
  const shown = line < 60 ? 0 : half(load) - half(line);
  return `${sayHours(shown > 0 ? shown : overload)} above the ${sayHours(line)} allowed`;
}

/** What became of a proposal, in short. Pure. */
export function sayInShort(one: Pick<RebalanceJson, 'moves' | 'appliedAt'>): string {
  if (one.appliedAt === null) return 'Not applied';
  const [moved, back] = (['applied', 'undone'] as const).map((is) =>
    one.moves.some(({ state }) => state === is),
  );
  if (back !== true) return `Applied ${sayDayOf(one.appliedAt)}`;
  return `Applied ${sayDayOf(one.appliedAt)}, ${moved === true ? 'partly ' : ''}taken back`;
}
