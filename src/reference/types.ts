/** Shapes of the field's standing data. Types only, so that the schema and pure code may import them. */

/** Where an offence can be tried. */
export type OffenceClass = 'summary-only' | 'either-way' | 'indictable-only';

/** The lists that are loaded, one file and one table each. */
export type ReferenceList =
  'offences' | 'courts' | 'forces' | 'result-codes' | 'triggers' | 'exceptions' | 'codes';

/** The short lists that share a table. */
export type CodeList = 'pleas' | 'verdicts' | 'remand-statuses' | 'hearing-types' | 'offence-categories';

export type CourtType = 'magistrates' | 'crown' | 'youth';

/** Whether a result ends the matter for its offence. The source has a third kind (P) that it does not explain: `other`. */
export type ResultType = 'final' | 'interim' | 'other';

export interface ReferenceOffence {
  code: string;
  /** Null where the source has none (233 local codes). */
  title: string | null;
  /** Two letters, described in the list `offence-categories`. */
  category: string;
  /** Null where it does not follow from the category; whoever records a case must then say it. */
  class: OffenceClass | null;
  recordableOnPnc: boolean;
}

export interface ReferenceCourt {
  /** Seven characters, as in court results: `B01LY00`. */
  code: string;
  type: CourtType;
  /** "Lavender Hill Magistrates' Court" */
  name: string;
  /** "Lavender Hill" */
  house: string;
  /** "London" */
  area: string;
  /** Petty sessions area or Crown Court centre number, as in court results. */
  psaCode: string | null;
}

export interface ReferenceResultCode {
  code: string;
  description: string;
  type: ResultType | null;
}

export interface ReferenceTrigger {
  code: string;
  name: string;
  description: string;
  /** What raises it, in words; one condition a line. */
  raisedBy: string | null;
  /** The screen of the Police National Computer that is to be updated. */
  screen: string | null;
}

/** One of the particular errors that a general exception can stand for. */
export interface ExceptionDetail {
  name: string;
  description: string;
  cause: string;
  correction: string;
  prevention: string;
}

export interface ReferenceException extends ExceptionDetail {
  code: string;
  details: ExceptionDetail[];
}

export interface ReferenceCode {
  list: CodeList;
  code: string;
  /** The code as a court result writes it; empty where the list has none. */
  spiCode: string;
  pncCode: string | null;
  description: string;
}
