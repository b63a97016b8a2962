import { addMonths } from '../calendar/civil-date.ts';
import type { CaseState } from '../deadlines/case-state.ts';

/** What the rules of giving out work can ask about a case. */
export const traits = [
  'custody',
  'domestic-abuse',
  'hate-crime',
  'sexual-offence',
  'youth',
  'crown-court',
  'enhanced-rights',
] as const;
export type Trait = (typeof traits)[number];

export type Complexity = 'simple' | 'standard' | 'complex';

/** The traits of a case by its state, in the order of the list. */
export function traitsOf(state: CaseState): Trait[] {
  const offences = state.defendants.flatMap((defendant) => defendant.offences);
  const has: Record<Trait, boolean> = {
    custody: state.finalised === undefined && state.defendants.some(({ remand }) => remand === 'custody'),
    'domestic-abuse': state.domesticAbuse || offences.some(({ domesticAbuse }) => domesticAbuse),
    'hate-crime': state.hateCrime,
    'sexual-offence': state.sexualOffence,
    youth: state.defendants.some(
      ({ dateOfBirth }) => dateOfBirth !== undefined && addMonths(dateOfBirth, 18 * 12) > state.registered.on,
    ),
    'crown-court': offences.some(({ sent }) => sent !== undefined),
    'enhanced-rights': state.people.some(({ enhanced }) => enhanced),
  };
  return traits.filter((trait) => has[trait]);
}

const manyDefendants = 3;
const manyOffences = 6;
const manyPeople = 5;

/**
 * How much there is to a case. Complex: three defendants, six charges or five victims and witnesses, or more.
 * Simple: one defendant, at most two charges, nobody to tell, and no contest expected. Defaults of the hub.
 */
export function complexityOf(state: CaseState): Complexity {
  const charges = state.defendants.reduce((sum, { offences }) => sum + offences.length, 0);
  const { length: defendants } = state.defendants;
  const { length: people } = state.people;
  if (defendants >= manyDefendants || charges >= manyOffences || people >= manyPeople) return 'complex';
  const isContested = state.anticipatedPlea === 'not-guilty';
  return defendants === 1 && charges <= 2 && people === 0 && !isContested ? 'simple' : 'standard';
}
