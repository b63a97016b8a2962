import type { CivilDate } from '../calendar/civil-date.ts';
import type { CountResult } from '../calendar/counting.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import type { CaseState } from './case-state.ts';
import type { FactName, Facts } from './facts.ts';

/**
 * How well a rule is founded. A: read in the operative text; B: read in an official summary; C: unverified;
 * P: no published figure, a default that a force sets. C and P are shown as "check with your force".
 */
export type Grade = 'A' | 'B' | 'C' | 'P';

export type Authority = { instrument: string; provision: string; grade: Grade };

/** Who must act for the deadline to be met. */
export type Owner = 'police' | 'officer' | 'hub' | 'cps' | 'court' | 'defence' | 'victim';

/** What goes wrong when it is missed, in the order in which work is taken. */
export const consequences = ['limit', 'hearing', 'victim', 'chase', 'record'] as const;
export type Consequence = (typeof consequences)[number];

export type SubjectKind = 'case' | 'defendant' | 'offence' | 'person' | 'hearing';

/** Whom or what a deadline is about. An offence's subject names its defendant too. */
export type Subject = { defendantId?: string; offenceId?: string; personId?: string; hearingId?: string };

/** One running of a rule's clock on a case. */
export type Start = {
  subject: Subject;
  /** Tells several runs about one subject apart, such as the event that each is owed for; '' where there is one. */
  clock: string;
  facts: Facts;
  /** The day that decides which version of the rule applies. */
  on: CivilDate;
  /** The event that started it. */
  by: string;
  /** What had to be assumed, in words that the explanation begins with. */
  assumed?: string[];
};

export type Finding = { by: string; on: CivilDate; why?: string };

/** What starts a rule: in words for people, and as a question to the state of the case. */
export type Starter = { says: string; find: (state: CaseState) => Start[] };

/** What meets or ends a rule: in words for people, and as a question to the state of the case. */
export type Condition = {
  says: string;
  find: (state: CaseState, start: Start, rule: { id: string }, calendar: HolidayCalendar) => Finding | null;
};

/** A period by its counting convention. */
export type Period = {
  says: string;
  /** Facts that the count reads: each entry is satisfied by any one of its names. */
  needs: readonly (readonly FactName[])[];
  optional?: readonly FactName[];
  /** The number that a force may replace, where the period has one. */
  adjust?: Adjustment;
  count: (facts: Facts, calendar: HolidayCalendar) => PeriodResult;
};

/** The number of a period, what it counts ("working day"), and the same period with another number. */
export type Adjustment = { amount: number; unit: string; with: (amount: number) => Period };

/** `not-running`: the clock is stopped for now, as a custody time limit is while the defendant is on bail. */
export type PeriodResult = CountResult | { kind: 'not-running'; steps: string[] };

/** A step before the due date, in calendar days before `legalDue`, at 08:00 in London. */
export type Warnings = readonly number[];

/** The work that a deadline makes for a caseworker. */
export type RuleTask = {
  kind: string;
  title: string;
  /** Made with the deadline, or when the first alert fires; `never` where the hub only shows the date. */
  when: 'at-once' | 'on-alert' | 'never';
  effortMinutes: number;
  /** Completing it meets the deadline; false where only an event can, as with a custody time limit. */
  meets: boolean;
};

export type Example = {
  facts: Facts;
  legalDue: string;
  actionDue?: CivilDate;
  why: string;
};

/** A time limit of law or guidance, whole in one object. */
export type Rule = {
  id: string;
  version: number;
  title: string;
  authority: Authority;
  /** Civil dates, by the day on which the clock started. */
  inForce: { from: CivilDate; to?: CivilDate };
  owner: Owner;
  about: SubjectKind;
  consequence: Consequence;
  /** Missing it ends a case or frees someone. */
  danger: boolean;
  /** An update owed to a victim or witness: it makes a contact. */
  contact?: { reason: string };
  starts: Starter;
  meets: readonly Condition[];
  ends: readonly Condition[];
  period: Period;
  /** Where the force has replaced the number of the period: its figure, and the words with which explanations begin. */
  setting?: { amount: number; says: string };
  warnings: Warnings;
  task: RuleTask;
  ifMissed: string;
  examples: readonly [Example, Example, ...Example[]];
};

/** One text for a subject, used as part of a deadline's identity. */
export function subjectKey(subject: Subject): string {
  if (subject.offenceId) return `offence:${subject.offenceId}`;
  if (subject.personId)
    return `person:${subject.personId}${subject.hearingId ? `:hearing:${subject.hearingId}` : ''}`;
  if (subject.hearingId) return `hearing:${subject.hearingId}`;
  if (subject.defendantId) return `defendant:${subject.defendantId}`;
  return 'case';
}
