import type { CivilDate } from '../../calendar/civil-date.ts';
import { usualMoveCosts, type MoveCosts } from '../move-costs.ts';
import type { CaseloadCase } from './caseload.ts';

/** What is known of a case that decides what its changing hands costs. */
export type CostFacts = Pick<
  CaseloadCase,
  | 'reachedByOwner'
  | 'hasEnhancedRights'
  | 'hearingOn'
  | 'limitOn'
  | 'isLimitUnconfirmed'
  | 'notedOn'
  | 'complexity'
  | 'changedHandsOn'
>;

/** The days from or until which something counts, as of today, and what each loss costs: by default what is usual. */
export type Limits = {
  hearingUntil: CivilDate;
  limitUntil: CivilDate;
  notesFrom: CivilDate;
  changedFrom: CivilDate;
  costs?: MoveCosts;
};

/** Why each of the costs is there, in words that can stand in the reason of a move. */
const whys: Record<keyof MoveCosts, string> = {
  /** Any change of hands: reading the file, telling the officer. So fewer moves are better than more. */
  move: 'Whoever gets it reads the file first',
  /** The Victims' Code wants one point of contact: somebody who was spoken to has to be told of another. */
  contact: 'A victim or witness knows its caseworker',
  /** Those with enhanced rights most of all: they have told their story once already. */
  enhanced: 'and is owed enhanced rights',
  /** Somebody who begins shortly before a hearing misses what the one before knew. */
  hearing: 'A hearing is near',
  /** Missed, it cannot be mended: somebody goes free or the case is lost (s.22 Prosecution of Offences Act 1985). */
  limit: 'A limit that frees a defendant or ends the case is near or unconfirmed',
  /** Notes of the last days say that the work is half done. */
  notes: 'Its caseworker wrote notes lately',
  /** More to read and more to lose. */
  complex: 'The case is complex',
  /** Whoever gets somebody's third caseworker in a month trusts none. */
  changedHands: 'It changed hands lately',
  /** It would lie there: another can see to it in time. */
  absence: 'Work falls due while its caseworker is away',
};

export type Loss = Exclude<keyof MoveCosts, 'move'>;

/**
 * What it costs that a case leaves whoever has it, and what is lost by it. Pure.
 * @param isDueInAbsence something of it falls due while its caseworker is away
 */
export function costOf(
  facts: CostFacts,
  isDueInAbsence: boolean,
  limits: Limits,
): { cost: number; losses: Loss[] } {
  const { hearingOn, limitOn, notedOn, changedHandsOn } = facts;
  const { costs = usualMoveCosts.costs } = limits;
  const losses: Loss[] = [];
  if (facts.reachedByOwner > 0) losses.push('contact');
  if (facts.reachedByOwner > 0 && facts.hasEnhancedRights) losses.push('enhanced');
  if (hearingOn !== null && hearingOn <= limits.hearingUntil) losses.push('hearing');
  if (facts.isLimitUnconfirmed || (limitOn !== null && limitOn <= limits.limitUntil)) losses.push('limit');
  if (notedOn !== null && notedOn >= limits.notesFrom) losses.push('notes');
  if (facts.complexity === 'complex') losses.push('complex');
  if (changedHandsOn !== null && changedHandsOn >= limits.changedFrom) losses.push('changedHands');
  if (isDueInAbsence) losses.push('absence');
  const cost = losses.reduce((sum, loss) => sum + costs[loss], costs.move);
  return { cost: Math.max(1, cost), losses };
}

/** What speaks for a move and what against it, in words that can follow others; what takes from the cost is for it. */
export function sayCost(losses: readonly Loss[]): string {
  const gains = losses.filter((loss) => loss === 'absence');
  const lost = losses.filter((loss) => loss !== 'absence');
  return [
    ...(gains.length > 0 ? [`for it: ${sayAll(gains)}`] : []),
    lost.length > 0
      ? `against it: ${sayAll(lost)}`
      : 'nothing against it: nobody knows its caseworker yet, and no hearing or limit is near',
  ].join('; ');
}

function sayAll(losses: readonly Loss[]): string {
  const words = losses.map((loss) => whys[loss]);
  const [first = '', ...rest] = words.map((why) => `${why.slice(0, 1).toLowerCase()}${why.slice(1)}`);
  return [first, ...rest].join(', ');
}
