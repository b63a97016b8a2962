/**
 * A rule proved through a case, told in the words of the HTTP API: what starts its clock, what meets it, what ends
 * it and whom it is about. The runner sends these bodies to a real hub.
 */
export type Story = {
  rule: string;
  /** What the story protects, as a sentence. */
  protects: string;
  /** Body of `POST /api/cases` without the URN, laid over an ordinary case by the runner. */
  case: Record<string, unknown>;
  /** Events recorded before the deadline is looked for. */
  events: (StoryEvent | StoryTalk | StoryHandOver)[];
  /** The deadline that must then stand, pending or missed. */
  expect: {
    legalDue: string;
    actionDue?: string;
    about: 'case' | 'defendant' | 'offence' | 'person' | 'hearing';
    /** How many deadlines of the rule stand, where it is not one. */
    count?: number;
  };
  /** One event that meets it, tried on a case of its own; absent where only `deadline-met` by hand can. */
  meets?: StoryEvent | { attempt: 'reached' | 'declined' };
  /** One event that withdraws it, tried on a case of its own. */
  ends?: StoryEvent;
};

/** An event of `POST /api/cases/:urn/events`; subjects are positions in the case, the newest hearing is 'last'. */
export type StoryEvent = {
  type: string;
  on?: string;
  at?: string;
  receivedAt?: string;
  defendant?: number;
  offence?: [defendant: number, offence: number];
  hearing?: number | 'last';
  person?: number;
  data?: Record<string, unknown>;
  /** The place among the story's events of the one that this takes back. */
  takesBack?: number;
};

/** The case is given to another caseworker of its team, on the day on which stories are told over HTTP. */
export type StoryHandOver = { givenOn: string };

/**
 * The first person who is owed an update by a rule is reached, and told; or what a rule asks to be entered in a police
 * system is entered.
 */
export type StoryTalk = { reached: string } | { entered: string };
