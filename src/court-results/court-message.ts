import type { Instant } from '../platform/clock.ts';

/**
 * One message of a court, as it was read: an SPI `ResultedCaseMessage`. Codes and dates are the text that the message
 * has; whether a date is one is decided where it is used, so that nothing of a message is lost for one wrong field.
 */
export type CourtMessage = {
  /** The system that sent it; "court" where it does not say. */
  source: string;
  /** The sender's id of the message; null for a bare message. */
  messageId: string | null;
  /** When the sender says that it was made; null where it does not. */
  sentAt: Instant | null;
  cases: SpokenCase[];
};

/** A case of a message, with the names by which its defendants are found. */
export type SpokenCase = Omit<CourtCase, 'defendants'> & { defendants: SpokenDefendant[] };

export type SpokenDefendant = Omit<CourtDefendant, 'ref'> & {
  name: string;
  dateOfBirth: string;
};

/** A case of a message as it is kept: its defendants by id, without their names. */
export type CourtCase = {
  /** In capitals; empty where the message has none. */
  urn: string;
  hearing: CourtSitting;
  defendants: CourtDefendant[];
};

export type CourtSitting = { court: string; on: string; time: string | null };

export type CourtDefendant = {
  /** Its row of `court_defendants`. */
  ref: string;
  /** The code that the message has: A, B, C, L, P, S or U. */
  bailStatus: string;
  hasBailConditions: boolean;
  offences: CourtOffence[];
};

export type CourtOffence = {
  /** As a number without leading zeros, as text; empty where it has none. */
  sequence: string;
  code: string;
  committedOn: string;
  plea: string;
  finding: string;
  convictedOn: string;
  isFinal: boolean;
  results: CourtResult[];
};

export type CourtResult = {
  /** Null for a result in words alone. */
  code: string | null;
  text: string;
  qualifiers: string[];
  nextHearing: NextHearing | null;
};

export type NextHearing = {
  court: string;
  on: string;
  time: string | null;
  reason: string;
  bailStatus: string;
};

/** Why a message is refused: nothing of it is kept but this. */
export type Refusal = {
  kind: 'refused';
  why: 'malformed' | 'too-large' | 'unsupported' | 'invalid';
  /** A sentence that repeats nothing of the message. */
  reason: string;
};

export function refused(why: Refusal['why'], reason: string): Refusal {
  return { kind: 'refused', why, reason };
}
