/**
 * What to say, by the reason for a contact: plain words for a caseworker to make their own, without names and details.
 * A force sets its own with `PUT /api/contact-words/:reason`.
 */
export const defaultWords = {
  suspect:
    'I am calling about the person who was suspected: what has happened with them, and why. Ask me anything that is not clear.',
  charge: 'I am calling to tell you that a person has been charged, with what, and what happens next.',
  'not-prosecuted':
    'I am calling about the decision that nobody will be prosecuted, and why. You may ask for that decision to be looked at again: I can explain how, and by when.',
  bail: 'I am calling about the court’s decision on bail: what was decided, the conditions, and why. Tell us at once if any condition is broken.',
  warrant:
    'I am calling because the defendant did not come to court. A warrant for their arrest is out, and we will tell you what comes of it.',
  'hearing-date':
    'I am calling with the date, time and place of the next hearing in your case, and to ask whether you need anything to attend.',
  'hearing-off':
    'I am calling because the hearing of which we told you will not take place on that day. Please do not travel. We will tell you the new date as soon as we have it.',
  'give-evidence':
    'I am calling because the court will need you to give evidence: when and where, what help there is, and what happens on the day. Is there any day on which you cannot come?',
  'not-needed':
    'I am calling to tell you that you do not have to come to court to give evidence after all, and why. Thank you for being ready to.',
  'special-measures':
    'I am calling to tell you what the court decided about how you will give evidence, such as behind a screen or by video link.',
  outcome: 'I am calling with the outcome of the case and the reasons that the court gave.',
  sentence:
    'I am calling with the sentence and what it means. You may ask the Attorney General to look at a sentence that seems too low: I can explain how, and there is a time limit.',
  appeal: 'I am calling because there is an appeal: what it is about, and what happens next.',
  'personal-statement':
    'I am calling to ask whether you want to tell the court, in your own words, how the crime has affected you, or to change what you said before.',
  correction:
    'I am calling to put right something that we told you, and I am sorry that it was wrong. This is how it stands.',
  'contact-person':
    'I am calling because I look after your case from now on, in place of my colleague: my name, how you reach me, and whether there is anything that you have been waiting for.',
  greeting:
    'Hello, is that a good moment to talk? Do not say who you are or why you call until you know that you speak to the right person, and that they are alone.',
  message:
    'Please ring us when it suits you and you can talk freely. There is no need to answer this message. Weekdays, 9am to 5pm.',
  letter:
    'We have tried to ring you and have not been able to reach you. We have something to tell you. Please ring us when it suits you and you can talk freely, on a weekday from 9am to 5pm.',
} as const;

/** A reason for a contact, or one of the texts that go with every contact. */
export type WordsKey = keyof typeof defaultWords;
export const wordsKeys = Object.keys(defaultWords) as WordsKey[];

/** The words that this force uses, by reason. */
export type Words = ReadonlyMap<string, string>;

/** Draft words for a contact: the force's, else the hub's. */
export function draftFor(reason: string, words: Words = new Map()): string {
  return (
    words.get(reason) ??
    (defaultWords as Record<string, string>)[reason] ??
    'I am calling with news of your case. Is this a good moment to talk?'
  );
}

/** What would tell somebody who reads over a shoulder what it is about. */
const telling =
  /\b(police|court|crime|criminal|victim|witness|case|prosecut\w*|offen[cs]e\w*|offend\w*|abuse|assault|rape|hearing|trial|defendant|suspect|sentence\w*|bail|solicitor|cps|officer|evidence|statement)\b/gi;

/** The words in a text that is to be neutral which say what it is about. Pure. */
export function tellingWords(text: string): string[] {
  return [...new Set([...text.matchAll(telling)].map(([word]) => word.toLowerCase()))];
}

/** Texts that anybody may come to read. */
export const neutralKeys: readonly string[] = ['message', 'letter'];
