import type { DeadlineJson } from '../api/deadline-json.ts';
import type { CaseJson } from './case-glance.ts';

/** Whom a deadline of a case is about, by name. */
export function subjectNames(found: CaseJson): (subject: DeadlineJson['subject']) => string {
  const people = [...found.defendants, ...found.victims, ...found.witnesses];
  const nameOf = new Map(people.map(({ id, name }) => [id, name] as const));
  return ({ defendantId, personId }) =>
    nameOf.get(defendantId ?? '') ?? nameOf.get(personId ?? '') ?? 'The case';
}
