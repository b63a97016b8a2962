import { speakTo, type Reachable } from './ways.ts';

/** What whoever contacts a person has to know before anything else, in sentences. Pure. */
export function readFirst(person: Reachable): string[] {
  const { safeContact, details } = person;
  const { instead } = speakTo(person);
  const { agreed = [], refused = [], interpreter, language } = details ?? {};
  const lines: string[] = [];
  if (safeContact !== null) {
    lines.push(safeContact.note);
    const hours = sayHours(safeContact.notBefore, safeContact.notAfter);
    if (hours !== null) lines.push(hours);
    if (safeContact.noVoicemail) lines.push('Leave no voicemail, and no message with anybody else.');
    if (safeContact.doNotMessage) lines.push('Send nothing written: no text, no e-mail, no letter.');
    if (safeContact.codeWord !== undefined) lines.push(`Code word: ${safeContact.codeWord}.`);
  }
  if (instead !== null) lines.push(`Speak to ${instead.name} (${instead.relation}), not to the person.`);
  else if (details?.representative)
    lines.push(`${details.representative.name} (${details.representative.relation}) may be with them.`);
  if (interpreter !== undefined) lines.push(`Interpreter needed: ${interpreter}.`);
  else if (language !== undefined) lines.push(`Language: ${language}.`);
  if (refused.length > 0) lines.push(`They refused: ${refused.join(', ')}.`);
  if (agreed.length === 0) lines.push('They have not agreed to messages: send none.');
  return lines;
}

/** "Only between 09:30 and 15:00."; null where any hour is safe. */
export function sayHours(notBefore?: string, notAfter?: string): string | null {
  if (notBefore !== undefined && notAfter !== undefined) return `Only between ${notBefore} and ${notAfter}.`;
  if (notBefore !== undefined) return `Not before ${notBefore}.`;
  return notAfter === undefined ? null : `Not after ${notAfter}.`;
}
