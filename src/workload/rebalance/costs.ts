import type { CivilDate } from '../../calendar/civil-date.ts';
import type { CaseloadCase } from './caseload.ts';

/** What is known of a case that decides what its changing hands costs. */
export type CostFacts = Pick<
  CaseloadCase,
  'reachedByOwner' | 'hasEnhancedRights' | 'hearingOn' | 'notedOn' | 'complexity' | 'changedHandsOn'
>;

/** The days from or until which something counts, as of today. */
export type Limits = { hearingUntil: CivilDate; notesFrom: CivilDate; changedFrom: CivilDate };

/**
 * What it costs that a case changes hands, by what is lost. One unit is a tenth of a move: the figures say how many
 * other moves would be made to spare this one. Defaults of the hub; nobody has measured them.
 */
export const costs = {
  /** Any change of hands: reading the file, telling the officer. So fewer moves are better than more. */
  move: { cost: 10, why: 'Whoever gets it reads the file first' },
  /** The Victims' Code wants one point of contact: somebody who was spoken to has to be told of another. */
  contact: { cost: 15, why: 'A victim or witness knows its caseworker' },
  /** Those with enhanced rights most of all: they have told their story once already. */
  enhanced: { cost: 10, why: 'and is owed enhanced rights' },
  /** Somebody who begins shortly before a hearing misses what the one before knew. */
  hearing: { cost: 12, why: 'A hearing is near' },
  /** Notes of the last days say that the work is half done. */
  notes: { cost: 6, why: 'Its caseworker wrote notes lately' },
  /** More to read and more to lose. */
  complex: { cost: 5, why: 'The case is complex' },
  /** Whoever gets somebody's third caseworker in a month trusts none. */
  changedHands: { cost: 8, why: 'It changed hands lately' },
  /** It would lie there: another can see to it in time. */
  absence: { cost: -6, why: 'Work falls due while its caseworker is away' },
} as const;

/** Working days: how near a hearing is near, how late a note or a change of hands is late. */
export const near = { hearing: 10, notes: 10, changedHands: 20 };

export type Loss = Exclude<keyof typeof costs, 'move'>;

/**
 * What it costs that a case leaves whoever has it, and what is lost by it. Pure.
 * @param isDueInAbsence something of it falls due while its caseworker is away
 */
export function costOf(
  facts: CostFacts,
  isDueInAbsence: boolean,
  limits: Limits,
): { cost: number; losses: Loss[] } {
  const { hearingOn, notedOn, changedHandsOn } = facts;
  const losses: Loss[] = [];
  if (facts.reachedByOwner > 0) losses.push('contact');
  if (facts.reachedByOwner > 0 && facts.hasEnhancedRights) losses.push('enhanced');
  if (hearingOn !== null && hearingOn <= limits.hearingUntil) losses.push('hearing');
  if (notedOn !== null && notedOn >= limits.notesFrom) losses.push('notes');
  if (facts.complexity === 'complex') losses.push('complex');
  if (changedHandsOn !== null && changedHandsOn >= limits.changedFrom) losses.push('changedHands');
  if (isDueInAbsence) losses.push('absence');
  const cost = losses.reduce((sum, loss) => sum + costs[loss].cost, costs.move.cost as number);
  return { cost: Math.max(1, cost), losses };
}

/** What is lost by a move, in words that can follow others. */
export function sayLosses(losses: readonly Loss[]): string {
  const words = losses.map((loss) => costs[loss].why);
  const [first = '', ...rest] = words.map((why) => `${why.slice(0, 1).toLowerCase()}${why.slice(1)}`);
  return [first, ...rest].join(', ');
}
