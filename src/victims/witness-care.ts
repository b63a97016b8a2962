import type { CivilDate } from '../calendar/civil-date.ts';
import type { CaseState, PersonState } from '../deadlines/case-state.ts';

/** How a person stands towards giving evidence. */
export type WitnessCare = {
  personId: string;
  role: 'victim' | 'witness';
  /** The court's or the CPS's last word on whether they are needed. */
  needed: 'needed' | 'not-needed' | 'not-said';
  neededSince: CivilDate | null;
  /** When they were told that they must give evidence. */
  warnedOn: CivilDate | null;
  /** When they said on which days they cannot come. */
  availabilityOn: CivilDate | null;
  /** When they were told that they need not come after all. */
  dewarnedOn: CivilDate | null;
  specialMeasures: {
    appliedOn: CivilDate | null;
    decidedOn: CivilDate | null;
    granted: boolean | null;
    toldOn: CivilDate | null;
  };
};

/** How each person of a case stands towards giving evidence. Pure. */
export function witnessCare(state: CaseState): WitnessCare[] {
  return state.people.map((person) => careOf(state, person));
}

function careOf(state: CaseState, person: PersonState): WitnessCare {
  const happened = (...types: string[]) =>
    state.decisions.filter(
      ({ type, personId }) => types.includes(type) && (personId === undefined || personId === person.id),
    );
  const told = (rule: string) =>
    state.attempts.filter(
      (attempt) => attempt.personId === person.id && attempt.rule === rule && attempt.result === 'reached',
    );
  const called = happened('witness-required', 'witness-not-required').at(-1);
  const isNeeded = called?.type === 'witness-required';
  const measures = happened('special-measures-decided').at(-1);
  const granted = measures?.data['granted'];
  return {
    personId: person.id,
    role: person.role,
    needed: called === undefined ? 'not-said' : isNeeded ? 'needed' : 'not-needed',
    neededSince: isNeeded ? called.on : null,
    warnedOn: told('vc-give-evidence').at(-1)?.on ?? null,
    availabilityOn:
      state.decisions
        .filter(({ type, personId, data }) => {
          return type === 'person-changed' && personId === person.id && data['availability'] === true;
        })
        .at(-1)?.on ?? null,
    dewarnedOn: told('witness-dewarn').at(-1)?.on ?? null,
    specialMeasures: {
      appliedOn:
        state.documents.filter(({ document }) => document === 'special-measures-application').at(-1)?.on ??
        null,
      decidedOn: measures?.on ?? null,
      granted: typeof granted === 'boolean' ? granted : null,
      toldOn: told('vc-special-measures-outcome').at(-1)?.on ?? null,
    },
  };
}
