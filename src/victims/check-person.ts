import type { ContactChannel, PersonDetails, SafeContact } from '../../db/schema/person-details.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { FieldError } from '../platform/failure.ts';

/** A person as they would be after a change. */
export type PersonToBe = {
  preferred: ContactChannel | 'none';
  safeContact: SafeContact | null;
  needsAssessment: { on: CivilDate; reassessOn?: CivilDate | undefined } | null;
  unavailable: { from: CivilDate; to: CivilDate }[] | null;
  enhancedRights: boolean;
  reasons: readonly string[];
  details: PersonDetails;
};

/** Everything about a person that contradicts itself, each naming its field. Pure. */
export function checkPerson(person: PersonToBe, today: CivilDate): FieldError[] {
  const errors: FieldError[] = [];
  const problem = (path: string, message: string) => errors.push({ path, message });
  const { safeContact, needsAssessment, details, preferred } = person;
  const { agreed = [], refused = [], grounds = [], optOut, support } = details;
  if (preferred !== 'none' && refused.includes(preferred))
    problem('preferred', 'is a channel that the person has refused');
  agreed.forEach((channel, i) => {
    if (refused.includes(channel)) problem(`agreed.${i}`, 'is a channel that the person has refused');
    if (safeContact?.doNotMessage) problem(`agreed.${i}`, 'contradicts safeContact.doNotMessage');
  });
  if (safeContact?.doNotMessage && (preferred === 'email' || preferred === 'sms'))
    problem('preferred', 'is a message, and safeContact.doNotMessage forbids those');
  if (
    safeContact?.notBefore !== undefined &&
    safeContact.notAfter !== undefined &&
    safeContact.notAfter <= safeContact.notBefore
  )
    problem('safeContact.notAfter', 'is not after safeContact.notBefore');
  if (needsAssessment !== null && needsAssessment.on > today)
    problem('needsAssessment.on', 'is still to come');
  if (needsAssessment?.reassessOn !== undefined && needsAssessment.reassessOn <= needsAssessment.on)
    problem('needsAssessment.reassessOn', 'is not after the assessment');
  if (person.enhancedRights && person.reasons.length === 0 && grounds.length === 0)
    problem('grounds', 'is needed, or reasons: why enhanced rights are owed');
  if (optOut !== undefined && optOut.on > today) problem('optOut.on', 'is still to come');
  if (support?.askedOn !== undefined && support.askedOn > today)
    problem('support.askedOn', 'is still to come');
  (person.unavailable ?? []).forEach((stay, i) => {
    if (stay.to < stay.from) problem(`unavailable.${i}.to`, 'is before from');
  });
  return errors;
}
