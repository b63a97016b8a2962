import type { CivilDate } from '../calendar/civil-date.ts';
import type { Instant } from '../platform/clock.ts';

/**
 * What is known of a case at a moment: the fold of its events in force (made in `src/cases/fold.ts`). Rules,
 * checklists and entitlements read this and nothing else. Ids and facts, never names.
 */
export type CaseState = {
  kind: 'crime' | 'traffic';
  initiation: 'charge' | 'postal-requisition' | 'single-justice-procedure';
  anticipatedPlea: 'guilty' | 'not-guilty' | 'none';
  registered: Cause;
  officer: string;
  domesticAbuse: boolean;
  hateCrime: boolean;
  sexualOffence: boolean;
  defendants: DefendantState[];
  hearings: HearingState[];
  people: PersonState[];
  documents: ServedDocument[];
  decisions: Occurrence[];
  /** What was recorded and then taken back or replaced, and by what. */
  takenBack: TakenBack[];
  requests: RequestedMaterial[];
  /** What prosecutors always wanted for such cases on the day on which this one was received. */
  standingRequests: StandingRequest[];
  attempts: ContactAttempted[];
  metByHand: MetByHand[];
  finalised?: Cause;
};

/** The event that something follows from: when it happened, and when the hub learned of it. */
export type Cause = { eventId: string; on: CivilDate; at?: Instant; receivedAt: Instant };

export type OffenceClass = 'summary-only' | 'either-way' | 'indictable-only';

export type OffenceState = {
  id: string;
  defendantId: string;
  code: string;
  class: OffenceClass;
  committedOn: CivilDate;
  chargedOn?: CivilDate;
  chargedBy: Cause;
  domesticAbuse: boolean;
  /** The plea that stands: the last one entered. */
  plea?: Cause & { plea: 'guilty' | 'not-guilty' };
  /** In the Crown Court: gone again where it was remitted. */
  sent?: Cause;
  /** Back in the magistrates’ court from the Crown Court, to which it had been sent on `sentOn`. */
  remitted?: Cause & { sentOn: CivilDate };
  /** The extension that stands; `firstOn` is the day on which the limit was first extended. */
  custodyLimitExtended?: Cause & { until: CivilDate; firstOn: CivilDate };
  summaryTrialChosen?: Cause;
  statementTaken?: Cause;
  evidenceSufficient?: Cause;
  trialStarted?: Cause;
  convicted?: Cause;
  acquitted?: Cause;
  discontinued?: Cause;
  sentenced?: Cause;
};

/** A stay in custody. The day of first remand, and the day of bail where it has ended. */
export type CustodyPeriod = {
  from: CivilDate;
  to?: CivilDate;
  startedBy: Cause;
  /** Who recorded the remand: somebody else confirms the limit that follows from it. */
  recordedBy: string;
  endedBy?: Cause;
  /** Why the first day is a guess on the safe side, where nobody gave it. */
  assumed?: string;
};

export type DefendantState = {
  id: string;
  dateOfBirth?: CivilDate;
  remand: 'custody' | 'conditional-bail' | 'unconditional-bail' | 'none';
  custody: CustodyPeriod[];
  died?: Cause;
  warrant?: Cause;
  offences: OffenceState[];
};

export type HearingType = 'first-hearing' | 'trial' | 'ptph' | 'sentence' | 'other';

export type HearingState = {
  id: string;
  on: CivilDate;
  time?: string;
  court: 'magistrates' | 'crown' | 'youth';
  courtName: string;
  type: HearingType;
  state: 'listed' | 'vacated';
  /** The event that gave it the date it has. */
  listed: Cause;
  vacated?: Cause;
};

export type PersonState = {
  id: string;
  role: 'victim' | 'witness';
  /** As recorded; `enhanced` is what is owed. */
  enhancedRights: boolean;
  reasons: string[];
  dateOfBirth?: CivilDate;
  /** True once a needs assessment settled the entitlement either way. */
  assessed: boolean;
  /** The day on which their needs are to be assessed again. */
  reassessOn?: CivilDate | null;
  /** Enhanced rights are a floor: domestic abuse, hate, sexual offences and under 18 count until assessed. */
  enhanced: boolean;
  preferred: 'phone' | 'email' | 'sms' | 'letter' | 'none';
  since: Cause;
  /** The event by which the hub learned of them, where they were not in the case from the start. */
  joined?: Cause;
};

export type ServiceMethod =
  'handed-over' | 'left-at-address' | 'first-class-post' | 'document-exchange' | 'email' | 'computer-post';

export type ServedDocument = Cause & {
  document: string;
  method?: ServiceMethod;
  defendantId?: string;
  offenceId?: string;
  hearingId?: string;
};

/** An event of a type that only its own rules read, kept as it is. */
export type Occurrence = Cause & {
  type: string;
  defendantId?: string;
  offenceId?: string;
  hearingId?: string;
  personId?: string;
  data: Record<string, unknown>;
};

/** An event that another supersedes. */
export type TakenBack = {
  was: Occurrence;
  by: Cause & { type: string; data: Record<string, unknown> };
};

/** A material request that an event made, and what became of it. */
export type RequestedMaterial = Cause & {
  key: string;
  material: string;
  why: string;
  dueOn: CivilDate;
  /** What has settled it: received, or not required any more. */
  settled?: Cause;
};

/** In which cases a standing request is made; what is left out does not matter, and of what is given all must hold. */
export type StandingRequestScope = {
  kind?: 'crime' | 'traffic';
  initiations?: ('charge' | 'postal-requisition' | 'single-justice-procedure')[];
  /** Beginnings of offence codes: any one charged. */
  offences?: string[];
  /** A hearing in one of these courts is listed. */
  courts?: ('magistrates' | 'crown' | 'youth')[];
  features?: ('domestic-abuse' | 'hate-crime' | 'sexual-offence' | 'custody' | 'victim' | 'denied')[];
};

/** A standing request as it stood when the case was received. */
export type StandingRequest = {
  id: string;
  version: number;
  material: string;
  why: string;
  /** The CPS unit or court team. */
  askedBy: string;
  scope: StandingRequestScope;
  /** Null for the day on which the file is due. */
  dueInWorkingDays: number | null;
};

export type ContactAttempted = Cause & {
  rule: string;
  clock: string;
  personId: string;
  /** By phone, letter ...; absent for what was recorded before channels were kept here. */
  channel?: string;
  result: 'reached' | 'no-answer' | 'message-left' | 'wrong-number' | 'declined';
};

export type MetByHand = Cause & { rule: string; subject: string; clock: string };
