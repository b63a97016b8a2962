import type { CaseEvent } from '../cases/events.ts';
import type { CourtType, ResultType } from '../reference/types.ts';
import type { SatDefendant, SatOffence, Sitting } from './fold-results.ts';
import type { Choices, Doubt } from './doubts.ts';

/** Standing data that results are read with: looked up beforehand, so that deciding stays pure. */
export type StandingData = {
  /** Null for a court that the lists do not have. */
  court(code: string): { type: CourtType; name: string } | null;
  /** Null for a result code that the lists do not have. */
  result(code: string): { description: string; type: ResultType | null } | null;
  isRecordable(offenceCode: string): boolean;
  /** Whether its category is one of which the Police National Computer keeps a record, by the rules of Bichard 7. */
  isForPnc(offenceCode: string): boolean;
};

/** A sitting whose defendants and offences are those of the case; what did not match is left out. */
export type CaseSitting = Omit<Sitting, 'defendants'> & { defendants: CaseDefendant[] };
export type CaseDefendant = Omit<SatDefendant, 'offences'> & { defendantId: string; offences: CaseOffence[] };
export type CaseOffence = SatOffence & { offenceId: string };

/** An event that results call for, before it is recorded. */
export type DesiredEvent = Pick<CaseEvent, 'type' | 'on' | 'at' | 'receivedAt' | 'data'> & {
  /** What in the results it stands for, the same in whatever order the messages came. */
  key: string;
  defendantId: string | null;
  offenceId: string | null;
  /** A hearing of the case, or the key of the desired event that lists it. */
  hearing: { id: string } | { key: string } | null;
};

/** What goes into deciding, and what comes out of it. */
export type Work = {
  sitting: CaseSitting;
  choices: Choices;
  standing: StandingData;
  doubts: Doubt[];
};
