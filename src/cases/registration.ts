import { newId } from '../platform/ids.ts';
import type { people } from '../../db/schema/index.ts';
import { detailsOf, type CaseBody, type PersonBody } from './case-body.ts';
import { classOf, type KnownToHub } from './check-case.ts';
import type { AddedPerson, Registration } from './events.ts';

type PersonInsert = typeof people.$inferInsert;

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
  return bodies.map((person) => personOf(person, role));
}

/** What a victim or witness is registered with: no name, and no way to reach them. Pure but for the id. */
export function personOf(person: PersonBody, role: 'victim' | 'witness'): AddedPerson {
  return {
    id: newId(),
    role,
    ...(person.dateOfBirth === undefined ? {} : { dateOfBirth: person.dateOfBirth }),
    // A ground of the Code is a ground, whether or not somebody drew the conclusion.
    enhancedRights: person.enhancedRights || (person.grounds ?? []).length > 0,
    reasons: person.reasons,
    preferred: person.preferred,
  };
}

/** The row that holds what is personal of a victim or witness. */
export function personRow(person: PersonBody, at: Pick<PersonInsert, 'id' | 'caseId' | 'role' | 'position'>) {
  return {
    ...at,
    name: person.name,
    dateOfBirth: person.dateOfBirth ?? null,
    contact: person.contact,
    preferred: person.preferred,
    safeContact: person.safeContact ?? null,
    details: detailsOf(person),
  };
}
