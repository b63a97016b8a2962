import { newId } from '../platform/ids.ts';
import type { CaseBody, PersonBody } from './case-body.ts';
import { classOf, type KnownToHub } from './check-case.ts';
import type { Registration } from './events.ts';

/** What a new case is registered with: ids and facts, no names. Pure but for the ids. */
export function registrationOf(body: CaseBody, known: KnownToHub): Registration {
  return {
    kind: body.kind,
    initiation: body.initiation,
    anticipatedPlea: body.anticipatedPlea,
    officer: body.officer,
    domesticAbuse: body.domesticAbuse,
    hateCrime: body.hateCrime,
    sexualOffence: body.sexualOffence,
    defendants: body.defendants.map((defendant) => ({
      id: newId(),
      remand: defendant.remand,
      ...(defendant.dateOfBirth === undefined ? {} : { dateOfBirth: defendant.dateOfBirth }),
      ...(defendant.remandedOn === undefined ? {} : { remandedOn: defendant.remandedOn }),
      offences: defendant.offences.map((offence) => ({
        id: newId(),
        code: offence.code,
        class: classOf(offence, known.offences),
        committedOn: offence.committedOn,
        ...(offence.chargedOn === undefined ? {} : { chargedOn: offence.chargedOn }),
        domesticAbuse: offence.domesticAbuse,
      })),
    })),
    hearings: body.hearings.map((hearing) => ({ id: newId(), ...hearing })),
    people: [...peopleOf(body.victims, 'victim'), ...peopleOf(body.witnesses, 'witness')],
  };
}

function peopleOf(bodies: readonly PersonBody[], role: 'victim' | 'witness'): Registration['people'] {
  return bodies.map((person) => ({
    id: newId(),
    role,
    ...(person.dateOfBirth === undefined ? {} : { dateOfBirth: person.dateOfBirth }),
    enhancedRights: person.enhancedRights,
    reasons: person.reasons,
    preferred: person.preferred,
  }));
}
