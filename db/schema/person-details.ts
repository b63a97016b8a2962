/** How a person can be reached. Some are for messages, which leave words where somebody else may read them. */
export type ContactChannel = 'phone' | 'email' | 'sms' | 'letter' | 'in-person';
export type MessageWay = 'email' | 'sms';

/** Who is owed enhanced rights under the Victims’ Code, and why. */
export type EnhancedGround = 'most-serious-crime' | 'persistently-targeted' | 'vulnerable' | 'intimidated';

/** What keeps a person safe when they are contacted. Times are London civil times such as "09:30". */
export type SafeContact = {
  note: string;
  notBefore?: string;
  notAfter?: string;
  noVoicemail?: true;
  /** Nothing written: no text message, no e-mail. */
  doNotMessage?: true;
  /** What the person is asked for, or says, so that both know whom they talk to. */
  codeWord?: string;
};

/** Somebody who is spoken to for the person, or with them. */
export type Representative = {
  name: string;
  relation: 'parent' | 'guardian' | 'carer' | 'family' | 'legal-representative' | 'other';
  contact: { phone?: string; email?: string; address?: string };
  /** They are contacted, and not the person. */
  instead: boolean;
};

/** What is known of a victim or witness besides name and number. All of it is personal: it stays out of the events. */
export type PersonDetails = {
  /** Messages to which the person has agreed. */
  agreed?: MessageWay[];
  refused?: ContactChannel[];
  language?: string;
  /** For the deaf too: such as British Sign Language. */
  interpreter?: string;
  /** What they are to the case, such as complainant, bereaved parent, eyewitness. */
  relation?: string;
  representative?: Representative;
  support?: { agency?: string; consentToRefer: 'given' | 'refused' | 'not-asked'; askedOn?: string };
  grounds?: EnhancedGround[];
  /** They asked not to be told anything; `before` is what they preferred until then. */
  optOut?: { on: string; why?: string; before: 'phone' | 'email' | 'sms' | 'letter' | 'none' };
};
