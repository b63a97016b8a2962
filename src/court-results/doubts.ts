/** What in the results of a court a person has to settle, and what they can choose. */
export const doubtKinds = {
  'unknown-case': {
    title: 'A court result for a case that is not known here',
    code: null,
    choices: ['create', 'link', 'reject'],
  },
  'bad-urn': {
    title: 'A court result whose URN is not one',
    code: 'HO100201',
    choices: ['link', 'reject'],
  },
  'same-id': {
    title: 'Another message came under the id of one that was recorded',
    code: null,
    choices: ['accept', 'reject'],
  },
  'hearing-date': {
    title: 'A court result whose hearing has no date that can be',
    code: 'HO100102',
    choices: ['correct', 'reject'],
  },
  'unknown-defendant': {
    title: 'A court result for a defendant who is not in this case',
    code: null,
    choices: ['link', 'reject'],
  },
  'unknown-offence': {
    title: 'A court result for an offence that does not match this case',
    code: 'HO100304',
    choices: ['link', 'add', 'reject'],
  },
  'same-sequence': {
    title: 'A court result with one sequence number for two offences',
    code: 'HO100311',
    choices: ['correct', 'reject'],
  },
  tie: {
    title: 'Two court results for the same hearing differ, and neither is newer',
    code: null,
    choices: ['keep'],
  },
  'next-hearing': {
    title: 'A court result whose next hearing is before the hearing, or has no date that can be',
    code: 'HO100102',
    choices: ['correct', 'reject'],
  },
  'next-court': {
    title: 'A court result whose next hearing is at a court that is not known',
    code: 'HO100300',
    choices: ['correct', 'reject'],
  },
  'conviction-date': {
    title: 'A court result whose date of conviction cannot be',
    code: 'HO100305',
    choices: ['correct', 'reject'],
  },
  'result-code': {
    title: 'A court result with a result code that is not known',
    code: 'HO100307',
    choices: ['correct', 'reject'],
  },
  'bail-differs': {
    title: 'A court result says custody in one place and bail in another',
    code: null,
    choices: ['reject'],
  },
  contradicts: {
    title: 'A court result contradicts the case',
    code: 'HO100305',
    choices: ['reject'],
  },
} as const;

export type DoubtKind = keyof typeof doubtKinds;

/** Codes, dates and ids; never a name. */
export type DoubtFacts = {
  /** What is wrong, in a sentence for the person who settles it. */
  why: string;
  hearingOn?: string;
  court?: string;
  /** A row of `court_defendants`. */
  defendant?: string;
  sequence?: string;
  offence?: string;
  /** For a charge that does not match: the defendant of the case, and the day that the message gives. */
  defendantId?: string;
  committedOn?: string;
  /** The day of the first hearing at which the courts named it. */
  firstOn?: string;
  /** What the message has, where it can be corrected. */
  value?: string;
  /** For a tie: the results of which one is to stand. */
  results?: string[];
  /** For a message set aside: its row of `court_messages`. */
  message?: string;
  /** Custody hangs on it. */
  danger?: true;
};

/** What a person chose. */
export type Choice =
  | { choice: 'reject'; reason: string }
  | { choice: 'accept' }
  | { choice: 'keep'; result: string }
  | { choice: 'correct'; value: string }
  | { choice: 'link'; to: string }
  /** The court added the charge: `to` is the one that was then added to the case. */
  | { choice: 'add'; to: string };

/** `isAgain` where what a person chose has lost its ground since. */
export type Doubt = { kind: DoubtKind; source: string; facts: DoubtFacts; isAgain?: true };

/** What people have chosen, by what each choice is about. */
export type Choices = ReadonlyMap<string, Choice>;

/** Nobody has chosen yet. */
export const inDoubt: unique symbol = Symbol('in doubt');

/**
 * A value that a person may have corrected.
 * @returns the value as it stands, null where it was rejected, or `inDoubt`
 */
export function settledValue(choices: Choices, source: string): string | null | typeof inDoubt {
  const made = choices.get(source);
  if (made === undefined) return inDoubt;
  return made.choice === 'correct' ? made.value : null;
}
