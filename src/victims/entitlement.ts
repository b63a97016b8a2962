import type { EnhancedGround } from '../../db/schema/person-details.ts';
import { addMonths } from '../calendar/civil-date.ts';
import type { CaseState, PersonState } from '../deadlines/case-state.ts';

/**
 * Why a person is owed enhanced rights, in words; empty where the standard periods apply. Enhanced rights are a floor,
 * not a label to wait for: victims of domestic abuse, hate crime and sexual offences and those under 18 are owed the
 * enhanced period until an assessment says otherwise (Victims' Code; default of the hub, to be confirmed with the
 * force). Pure.
 */
export function enhancedBecause(
  state: Pick<CaseState, 'registered' | 'defendants' | 'domesticAbuse' | 'hateCrime' | 'sexualOffence'>,
  person: Pick<PersonState, 'enhancedRights' | 'assessed' | 'dateOfBirth' | 'role' | 'reasons'>,
): string[] {
  if (person.enhancedRights) return person.reasons.length > 0 ? person.reasons : [recorded];
  if (person.assessed) return [];
  const because: string[] = [];
  if (person.dateOfBirth !== undefined && addMonths(person.dateOfBirth, 18 * 12) > state.registered.on)
    because.push('under 18, until assessed');
  if (person.role !== 'victim') return because;
  const isAbuse = ({ offences }: CaseState['defendants'][number]) =>
    offences.some(({ domesticAbuse }) => domesticAbuse);
  if (state.domesticAbuse || state.defendants.some(isAbuse)) because.push('domestic abuse, until assessed');
  if (state.hateCrime) because.push('hate crime, until assessed');
  if (state.sexualOffence) because.push('sexual offence, until assessed');
  return because;
}

const recorded = 'recorded, without a reason';

const groundWords: Record<EnhancedGround, string> = {
  'most-serious-crime': 'victim of the most serious crime',
  'persistently-targeted': 'persistently targeted',
  vulnerable: 'vulnerable',
  intimidated: 'intimidated',
};

/** Why a person is owed enhanced rights, by the grounds of the Code that were recorded and in the words that were given. Pure. */
export function entitlementBecause(
  state: CaseState,
  person: PersonState | undefined,
  grounds: readonly EnhancedGround[],
): string[] {
  if (person === undefined) return [];
  const words = grounds.map((ground) => groundWords[ground]);
  if (!person.enhancedRights) return enhancedBecause(state, person);
  return words.length + person.reasons.length === 0 ? [recorded] : [...words, ...person.reasons];
}
