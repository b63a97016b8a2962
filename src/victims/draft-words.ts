/** What to say, by the reason for a contact: plain words for a caseworker to make their own. No names, no details. */
const drafts: Record<string, string> = {
  'hearing-date':
    'I am calling with the date, time and place of the next hearing in your case, and to ask whether you need anything to attend.',
  bail: 'I am calling about the court’s decision on bail: what was decided, the conditions, and why. Tell us at once if any condition is broken.',
  outcome: 'I am calling with the outcome of the case and the reasons that the court gave.',
  sentence:
    'I am calling with the sentence and what it means. You may ask the Attorney General to look at a sentence that seems too low: I can explain how, and there is a time limit.',
  charge: 'I am calling to tell you that a person has been charged, with what, and what happens next.',
};

/** Draft words for a contact. */
export function draftFor(reason: string): string {
  return (
    drafts[reason] ??
    'I am calling from the Prosecution Hub with news of your case. Is this a good moment to talk?'
  );
}
