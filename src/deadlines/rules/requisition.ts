import type { CaseState, HearingState } from '../case-state.ts';
import { happened, pleaOrFinding, proceedingsOver, served } from '../conditions.ts';
import { crimPR2025, sinceCrimPR2020 } from '../instruments.ts';
import { businessDaysAfterService } from '../after-service-periods.ts';
import { businessDaysBefore, latestOf, onTheDay } from '../periods.ts';
import type { Rule } from '../rule.ts';
import { isUnder, perHearing, perServing, serviceFacts } from '../starts.ts';

const requisitionRule = {
  version: 1,
  inForce: sinceCrimPR2020,
  danger: false,
  consequence: 'hearing',
} as const;

/** The defendant was offered to plead guilty by post: the notice of s.12 MCA 1980 came with the requisition. */
const pleaByPostOffered = (state: CaseState): boolean =>
  state.documents.some(({ document }) => document === 'section-12-notice');

const isFirstHearing = (hearing: HearingState): boolean =>
  hearing.court !== 'crown' && hearing.type === 'first-hearing';

export const requisition: readonly Rule[] = [
  {
    ...requisitionRule,
    id: 'requisition-serve-copy',
    title: 'Serve the written charge and requisition on the defendant and the court',
    authority: {
      instrument: crimPR2025,
      provision:
        'r.7.4(6), which fixes no period: the business day before the hearing is a default of the hub',
      grade: 'P',
    },
    owner: 'police',
    about: 'hearing',
    starts: perHearing('a first hearing is listed in a case begun by requisition', (hearing, state) =>
      isFirstHearing(hearing) && state.initiation === 'postal-requisition'
        ? { cause: hearing.listed, facts: { hearingOn: hearing.on } }
        : null,
    ),
    meets: [served('written-charge-and-requisition')],
    ends: [pleaOrFinding],
    period: businessDaysBefore(1, 'hearingOn'),
    warnings: [14],
    task: {
      kind: 'serve-requisition',
      title: 'Check that the requisition has been served on the defendant and the court',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The hearing is ineffective.',
    examples: [
      { facts: { hearingOn: '2026-04-07' }, legalDue: '2026-04-02', why: 'Easter stands between' },
      { facts: { hearingOn: '2026-06-10' }, legalDue: '2026-06-09', why: 'the business day before' },
    ],
  },
  {
    ...requisitionRule,
    id: 'requisition-youth-copy',
    title: 'Copy of the requisition to a parent or guardian',
    authority: { instrument: crimPR2025, provision: 'r.7.4(8)', grade: 'A' },
    owner: 'police',
    about: 'defendant',
    starts: perServing(
      'a written charge and requisition goes to a defendant under 18',
      ['written-charge-and-requisition'],
      (document, defendant) => (isUnder(18, defendant, document.on) ? { servedOn: document.on } : null),
    ),
    meets: [served('requisition-copy-to-parent')],
    ends: [proceedingsOver],
    period: onTheDay('servedOn'),
    warnings: [],
    task: {
      kind: 'serve-requisition',
      title: 'Send a copy of the requisition to the parent or guardian',
      when: 'at-once',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'Service on the young person is defective.',
    examples: [
      { facts: { servedOn: '2026-06-10' }, legalDue: '2026-06-10', why: 'at the same time' },
      {
        facts: { servedOn: '2026-04-03' },
        legalDue: '2026-04-03',
        actionDue: '2026-04-02',
        why: 'on Good Friday nobody is at work',
      },
    ],
  },
  {
    ...requisitionRule,
    id: 'postal-plea-s12',
    title: 'Written plea of guilty by post',
    authority: { instrument: crimPR2025, provision: 'r.24.8(4)', grade: 'A' },
    owner: 'defence',
    about: 'hearing',
    starts: perHearing(
      'a first hearing is listed for a summary-only charge and the section 12 notice has been served',
      (hearing, state) =>
        isFirstHearing(hearing) &&
        pleaByPostOffered(state) &&
        state.defendants.some(({ offences }) => offences.some((offence) => offence.class === 'summary-only'))
          ? { cause: hearing.listed, facts: { hearingOn: hearing.on } }
          : null,
    ),
    meets: [served('written-guilty-plea'), happened('a plea is entered', 'plea-entered')],
    ends: [pleaOrFinding],
    period: businessDaysBefore(1, 'hearingOn'),
    warnings: [],
    task: {
      kind: 'postal-plea',
      title: 'Check whether a written plea has come in',
      when: 'never',
      effortMinutes: 5,
      meets: true,
    },
    ifMissed: 'The defendant must attend.',
    examples: [
      { facts: { hearingOn: '2026-05-05' }, legalDue: '2026-05-01', why: 'Monday 4 May is a bank holiday' },
      { facts: { hearingOn: '2026-06-10' }, legalDue: '2026-06-09', why: 'the business day before' },
    ],
  },
  {
    ...requisitionRule,
    id: 's12-s9-objection',
    title: 'Object to a section 9 statement, plea of guilty by post offered',
    authority: { instrument: crimPR2025, provision: 'r.16.4(4)(b)(ii)', grade: 'A' },
    owner: 'defence',
    about: 'defendant',
    consequence: 'record',
    starts: perServing(
      'a section 9 statement is served where the section 12 notice has been and a first hearing is listed',
      ['section-9-statement'],
      (statement, _defendant, state) => {
        const hearing = state.hearings.find((one) => one.state === 'listed' && isFirstHearing(one));
        return hearing && pleaByPostOffered(state)
          ? { ...serviceFacts(statement), hearingOn: hearing.on }
          : null;
      },
    ),
    meets: [served('section-9-objection')],
    ends: [pleaOrFinding],
    period: latestOf(businessDaysAfterService(5), businessDaysBefore(5, 'hearingOn')),
    warnings: [],
    task: {
      kind: 'section-9-objection',
      title: 'Check whether there is an objection to the statement',
      when: 'never',
      effortMinutes: 5,
      meets: true,
    },
    ifMissed: 'The statement may be read as evidence.',
    examples: [
      {
        facts: { servedOn: '2026-04-01', hearingOn: '2026-04-13' },
        legalDue: '2026-04-10',
        why: 'five business days after service, over Easter, come later than five before the hearing',
      },
      {
        facts: { servedOn: '2026-06-01', hearingOn: '2026-07-15' },
        legalDue: '2026-07-08',
        why: 'five business days before the hearing come later',
      },
    ],
  },
];
