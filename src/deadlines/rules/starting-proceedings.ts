import type { OffenceState } from '../case-state.ts';
import {
  caseFinalised,
  everyOffence,
  finding,
  happened,
  offencesOf,
  proceedingsOver,
  served,
  within,
} from '../conditions.ts';
import { isCommonAssault, isDrivingUninsured } from '../../reference/offence-families.ts';
import { earliestOf, monthsAfter } from '../periods.ts';
import type { Condition, Period, Rule } from '../rule.ts';
import { perOffence } from '../starts.ts';

/** Section 49 of the Police, Crime, Sentencing and Courts Act 2022 came into force. */
const domesticAbuseLimitFrom = '2022-06-28';

/** The day of charge where it was given; otherwise a requisition or notice served, which was issued no later. */
const charged: Condition = {
  says: 'the day of charge, or of issue of the written charge, is recorded',
  find: (state, start) => {
    const offence = offencesOf(state, start)[0]?.offence;
    if (offence?.chargedOn === undefined) return null;
    return finding({ ...offence.chargedBy, on: offence.chargedOn });
  },
};

/** A charge that came late does not meet a limit of jurisdiction: it stays missed. */
const chargedWithin = (period: Period): readonly Condition[] => [
  within(period, charged),
  within(period, happened('charged', 'charged')),
  within(period, served('written-charge-and-requisition', 'single-justice-procedure-notice')),
];

const startLimit = {
  version: 1,
  owner: 'police',
  about: 'offence',
  consequence: 'limit',
  danger: true,
  /** Internal alerts of the hub (P): no official interval is published. */
  warnings: [56, 28, 14, 7, 3, 1],
  task: {
    kind: 'summary-time-limit',
    title: 'Check that the charge is issued before the time limit, and record the day of charge',
    when: 'on-alert',
    effortMinutes: 20,
    meets: false,
  },
  ifMissed: 'The court has no jurisdiction: the charge is lost.',
} as const;

const sixMonths = monthsAfter(6, 'offenceCommittedOn');
const domesticAbuse = earliestOf(monthsAfter(6, 'statementOn'), monthsAfter(24, 'offenceCommittedOn'));
const knowledge = earliestOf(monthsAfter(6, 'evidenceSufficientOn'), monthsAfter(36, 'offenceCommittedOn'));

const hasOwnLimit = (offence: OffenceState) =>
  offence.domesticAbuse && isCommonAssault(offence.code) && offence.committedOn >= domesticAbuseLimitFrom;

export const startingProceedings: readonly Rule[] = [
  {
    ...startLimit,
    id: 'stl-summary-6m',
    title: 'Charge a summary-only offence',
    authority: { instrument: 'Magistrates’ Courts Act 1980', provision: 's.127(1)', grade: 'A' },
    inForce: { from: '1981-07-06' },
    starts: perOffence('a summary-only offence was committed', (offence) =>
      offence.class === 'summary-only'
        ? {
            cause: offence.chargedBy,
            on: offence.committedOn,
            facts: { offenceCommittedOn: offence.committedOn },
          }
        : null,
    ),
    meets: chargedWithin(sixMonths),
    ends: [
      proceedingsOver,
      everyOffence('a statement starts the limit for domestic abuse assaults instead', (offence) =>
        hasOwnLimit(offence) ? offence.statementTaken : undefined,
      ),
      everyOffence('the limit for driving without insurance runs from knowledge instead', (offence) =>
        isDrivingUninsured(offence.code) ? offence.evidenceSufficient : undefined,
      ),
    ],
    period: sixMonths,
    examples: [
      {
        facts: { offenceCommittedOn: '2002-08-31' },
        legalDue: '2003-02-28',
        why: 'no 31 February: the last day of the month',
      },
      {
        facts: { offenceCommittedOn: '2026-02-28' },
        legalDue: '2026-08-28',
        why: 'corresponding date, not month end to month end',
      },
      {
        facts: { offenceCommittedOn: '2026-06-25' },
        legalDue: '2026-12-25',
        actionDue: '2026-12-24',
        why: 'Christmas Day stands as the limit; act the business day before',
      },
    ],
  },
  {
    ...startLimit,
    id: 'stl-da-assault',
    title: 'Charge a common assault or battery that is domestic abuse',
    authority: {
      instrument: 'Criminal Justice Act 1988',
      provision: 's.39A(4); DPP v Jackson [2025] EWHC 2797 (Admin)',
      grade: 'A',
    },
    inForce: { from: domesticAbuseLimitFrom },
    starts: perOffence(
      'the complainant’s first statement or video interview about a common assault or battery that is domestic abuse',
      (offence) =>
        hasOwnLimit(offence) && offence.statementTaken
          ? {
              cause: offence.statementTaken,
              on: offence.committedOn,
              facts: { offenceCommittedOn: offence.committedOn, statementOn: offence.statementTaken.on },
            }
          : null,
    ),
    meets: chargedWithin(domesticAbuse),
    ends: [proceedingsOver],
    period: domesticAbuse,
    examples: [
      {
        facts: { offenceCommittedOn: '2023-06-28', statementOn: '2023-09-27' },
        legalDue: '2024-03-27',
        why: 'DPP v Jackson: statement 27 September 2023, requisition 27 March 2024, in time',
      },
      {
        facts: { offenceCommittedOn: '2024-05-04', statementOn: '2026-03-02' },
        legalDue: '2026-05-04',
        actionDue: '2026-05-01',
        why: 'two years from the offence come first, and end on the early May bank holiday, which moves nothing',
      },
    ],
  },
  {
    ...startLimit,
    id: 'stl-rtoa-s6',
    title: 'Charge a road traffic offence for which time runs from the prosecutor’s knowledge',
    authority: { instrument: 'Road Traffic Offenders Act 1988', provision: 's.6', grade: 'A' },
    inForce: { from: '1989-05-15' },
    starts: perOffence(
      'evidence sufficient to warrant proceedings for a summary-only traffic offence comes to the prosecutor’s knowledge',
      (offence, _defendant, state) =>
        state.kind === 'traffic' && offence.class === 'summary-only' && offence.evidenceSufficient
          ? {
              cause: offence.evidenceSufficient,
              facts: {
                offenceCommittedOn: offence.committedOn,
                evidenceSufficientOn: offence.evidenceSufficient.on,
              },
            }
          : null,
    ),
    meets: chargedWithin(knowledge),
    ends: [proceedingsOver, caseFinalised],
    period: knowledge,
    task: {
      ...startLimit.task,
      title: 'Check that s.6 applies to the offence (RTOA Schedule 1) and that the charge is issued in time',
    },
    examples: [
      {
        facts: { offenceCommittedOn: '2024-01-05', evidenceSufficientOn: '2026-01-10' },
        legalDue: '2026-07-10',
        why: 'six months from knowledge',
      },
      {
        facts: { offenceCommittedOn: '2023-04-03', evidenceSufficientOn: '2026-02-02' },
        legalDue: '2026-04-03',
        actionDue: '2026-04-02',
        why: 'never more than three years from the offence; Good Friday moves nothing',
      },
    ],
  },
];
