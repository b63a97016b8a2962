import type { CaseState, Cause, OffenceState } from '../../deadlines/case-state.ts';
import {
  isDrinkOrDrugDriving,
  isDrivingUninsured,
  isFailureToNameDriver,
  isSpeeding,
} from '../../reference/offence-families.ts';

/**
 * When a thing is asked for without anybody's asking. The words complete "asked for"; each answers from the case, with
 * the event from which on it is where that is not the one that brought the standard.
 */
export const needs = {
  always: { says: 'in every such case', holds: () => true },
  'if-relevant': { says: 'only where a caseworker finds that the case needs it', holds: () => false },
  victim: {
    says: 'where there is a victim',
    holds: (state) => firstVictim(state) ?? false,
  },
  traffic: { says: 'in a traffic case', holds: ({ kind }) => kind === 'traffic' },
  'hate-crime': { says: 'in a case of hate crime', holds: ({ hateCrime }) => hateCrime },
  /**
   * Whether an either-way charge was for the police to decide depends on more than the hub knows, so there the recorded
   * decision tells, from when it is known. Domestic abuse and hate crime have it in their own papers.
   */
  'charged-by-cps': {
    says: 'where the CPS decided the charge',
    holds: (state) =>
      hasOffence(state, (offence) => offence.class === 'indictable-only') ||
      (state.decisions.find(({ type }) => type === 'charge-authorised') ?? false),
  },
  'special-checklist': {
    says: 'in a case of domestic abuse, hate crime or a sexual offence',
    holds: (state) => state.hateCrime || state.sexualOffence || isDomesticAbuse(state),
  },
  'drink-or-drug-driving': {
    says: 'where drink or drug driving is charged',
    holds: (state) => hasOffence(state, ({ code }) => isDrinkOrDrugDriving(code)),
  },
  speeding: {
    says: 'where speeding is charged',
    holds: (state) => hasOffence(state, ({ code }) => isSpeeding(code)),
  },
  uninsured: {
    says: 'where driving without insurance is charged',
    holds: (state) => hasOffence(state, ({ code }) => isDrivingUninsured(code)),
  },
  'driver-not-named': {
    says: 'where failing to say who was driving is charged',
    holds: (state) => hasOffence(state, ({ code }) => isFailureToNameDriver(code)),
  },
} satisfies Record<string, { says: string; holds: (state: CaseState) => boolean | Cause }>;
export type Need = keyof typeof needs;

/** The event by which the hub learned of the first victim; undefined where there is none. */
export function firstVictim({ people, registered }: CaseState): Cause | undefined {
  const causes = people.filter(({ role }) => role === 'victim').map(({ joined }) => joined ?? registered);
  return causes.find(({ eventId }) => eventId === registered.eventId) ?? causes[0];
}

/** Whether a case is one of domestic abuse, as a whole or by one of its charges. */
export function isDomesticAbuse(state: CaseState): boolean {
  return state.domesticAbuse || hasOffence(state, ({ domesticAbuse }) => domesticAbuse);
}

function hasOffence(state: CaseState, picked: (offence: OffenceState) => boolean): boolean {
  return state.defendants.some(({ offences }) => offences.some(picked));
}
