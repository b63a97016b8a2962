import type { DefendantState } from '../case-state.ts';
import { happened, proceedingsOver, served } from '../conditions.ts';
import { crimPR2025, sinceCrimPR2020 } from '../instruments.ts';
import { isMurder } from '../../reference/offence-families.ts';
import { businessDaysAfterService } from '../after-service-periods.ts';
import { businessDaysAfter, clearBusinessDaysBefore, hoursAfter, onTheDay } from '../periods.ts';
import type { Rule } from '../rule.ts';
import { perDefendantAndEvent, perOffence, perServing, serviceFacts } from '../starts.ts';

const bailRule = {
  version: 1,
  inForce: sinceCrimPR2020,
  owner: 'court',
  about: 'defendant',
  consequence: 'hearing',
  danger: false,
  ends: [proceedingsOver],
  warnings: [],
} as const;

const decided = happened('bail is granted, refused or changed', 'bailed', 'remanded', 'bail-changed');

/** A hearing that the court must hold within days: the hub finds out what was decided. */
const findOut = {
  kind: 'bail-decision',
  title: 'Find out what the court decided about bail',
  when: 'on-alert',
  effortMinutes: 5,
  meets: true,
} as const;

const inCustodyOn = ({ custody }: DefendantState, on: string): boolean =>
  custody.some(({ from, to }) => from <= on && (to === undefined || to >= on));

export const bail: readonly Rule[] = [
  {
    ...bailRule,
    id: 'bail-vary-notice',
    title: 'Notice of application to vary bail at a hearing already fixed',
    authority: { instrument: crimPR2025, provision: 'r.14.7(2)(c)', grade: 'A' },
    owner: 'cps',
    starts: perDefendantAndEvent(
      'police ask for bail to be varied at a hearing that is listed',
      ['bail-variation-requested'],
      (request, _defendant, state) => {
        const hearing = state.hearings.find(({ id }) => id === request.hearingId);
        return hearing?.state === 'listed' ? { hearingOn: hearing.on } : null;
      },
    ),
    meets: [served('bail-variation-notice')],
    period: clearBusinessDaysBefore(2, 'hearingOn'),
    warnings: [5],
    task: {
      kind: 'bail-variation',
      title: 'Ask the CPS to give notice of the application to vary bail',
      when: 'at-once',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The court may refuse to hear the application at that hearing.',
    examples: [
      {
        facts: { hearingOn: '2026-06-12' },
        legalDue: '2026-06-09',
        why: 'two clear business days, 10 and 11 June',
      },
      { facts: { hearingOn: '2026-04-09' }, legalDue: '2026-04-02', why: 'Easter stands between' },
    ],
  },
  {
    ...bailRule,
    id: 'bail-vary-hearing',
    title: 'Court hears the application to vary bail',
    authority: { instrument: crimPR2025, provision: 'r.14.7(6)', grade: 'A' },
    starts: perServing(
      'an application to vary bail is served for which no hearing is fixed',
      ['bail-variation-notice'],
      (notice) => (notice.hearingId === undefined ? serviceFacts(notice) : null),
    ),
    meets: [decided],
    period: businessDaysAfterService(5),
    task: findOut,
    ifMissed: 'The conditions of bail stay as they are.',
    examples: [
      { facts: { servedOn: '2026-04-01' }, legalDue: '2026-04-10', why: 'five business days over Easter' },
      { facts: { servedOn: '2026-06-10' }, legalDue: '2026-06-17', why: 'five business days over a weekend' },
    ],
  },
  {
    ...bailRule,
    id: 'bail-withdraw-hearing',
    title: 'Court hears the application to withdraw bail',
    authority: { instrument: crimPR2025, provision: 'r.14.6(7)', grade: 'A' },
    starts: perServing('an application to withdraw bail is served', ['bail-withdrawal-application']),
    meets: [decided],
    period: businessDaysAfterService(2),
    task: findOut,
    ifMissed: 'The defendant stays on bail.',
    examples: [
      { facts: { servedOn: '2026-04-02' }, legalDue: '2026-04-08', why: 'Easter stands between' },
      { facts: { servedOn: '2026-06-10' }, legalDue: '2026-06-12', why: 'the second business day after' },
    ],
  },
  {
    ...bailRule,
    id: 'bail-appeal-oral',
    title: 'Oral notice of appeal against bail, at the end of the hearing and before release',
    authority: {
      instrument: crimPR2025,
      provision: 'r.14.9(2); Bail (Amendment) Act 1993 s.1(4)',
      grade: 'A',
    },
    owner: 'cps',
    starts: perDefendantAndEvent(
      'bail is granted although the prosecution opposed it (imprisonable offences only)',
      ['bailed'],
      (grant) => (grant.data['opposed'] === true ? { decisionOn: grant.on } : null),
    ),
    meets: [happened('oral notice is given', 'bail-appeal-notice-given')],
    period: onTheDay('decisionOn', 'at the end of the hearing, on'),
    task: {
      kind: 'bail-appeal',
      title: 'Find out whether oral notice of appeal against bail was given',
      when: 'at-once',
      effortMinutes: 5,
      meets: true,
    },
    ifMissed: 'There is no appeal, and the defendant is released on bail.',
    examples: [
      { facts: { decisionOn: '2026-06-10' }, legalDue: '2026-06-10', why: 'the day of the hearing' },
      {
        facts: { decisionOn: '2026-04-04' },
        legalDue: '2026-04-04',
        actionDue: '2026-04-02',
        why: 'a Saturday court at Easter',
      },
    ],
  },
  {
    ...bailRule,
    id: 'bail-appeal-2h',
    title: 'Written notice of appeal against bail, within two hours',
    authority: {
      instrument: crimPR2025,
      provision: 'r.14.9(4) and note; Bail (Amendment) Act 1993 s.1(5): it cannot be extended',
      grade: 'A',
    },
    owner: 'cps',
    consequence: 'limit',
    danger: true,
    starts: perDefendantAndEvent(
      'oral notice of appeal against bail is given, at a time that is recorded',
      ['bail-appeal-notice-given'],
      (notice) => (notice.at === undefined ? null : { oralNoticeAt: notice.at }),
    ),
    meets: [served('bail-appeal-notice')],
    period: hoursAfter(2, 'oralNoticeAt'),
    task: {
      kind: 'bail-appeal',
      title: 'Check with the CPS that written notice of appeal against bail is served within two hours',
      when: 'at-once',
      effortMinutes: 5,
      meets: true,
    },
    ifMissed: 'The appeal is at an end, and the defendant is released on bail.',
    examples: [
      {
        facts: { oralNoticeAt: '2026-03-29T00:30:00.000Z' },
        legalDue: '2026-03-29T02:30:00.000Z',
        why: 'elapsed hours over the clock change: 3.30am British Summer Time',
      },
      {
        facts: { oralNoticeAt: '2026-06-10T15:40:00.000Z' },
        legalDue: '2026-06-10T17:40:00.000Z',
        why: 'from 4.40pm to 6.40pm',
      },
    ],
  },
  {
    ...bailRule,
    id: 'bail-appeal-hearing',
    title: 'Crown Court hears the appeal against bail',
    authority: { instrument: crimPR2025, provision: 'r.14.9(8)', grade: 'A' },
    starts: perServing('written notice of appeal against bail is served', ['bail-appeal-notice']),
    meets: [decided],
    period: businessDaysAfterService(2),
    task: findOut,
    ifMissed: 'The defendant is kept without a decision.',
    examples: [
      { facts: { servedOn: '2026-12-24' }, legalDue: '2026-12-30', why: 'the 25th and 28th are holidays' },
      { facts: { servedOn: '2026-06-10' }, legalDue: '2026-06-12', why: 'the second business day after' },
    ],
  },
  {
    ...bailRule,
    id: 'bail-defence-crown',
    title: 'Crown Court hears the defence’s application for bail',
    authority: { instrument: crimPR2025, provision: 'r.14.8(6)', grade: 'A' },
    starts: perServing(
      'a defence application for bail to the Crown Court is served while the defendant is in custody',
      ['defence-bail-application'],
      (application, defendant) => (inCustodyOn(defendant, application.on) ? serviceFacts(application) : null),
    ),
    meets: [decided],
    period: businessDaysAfterService(1),
    task: findOut,
    ifMissed: 'The defendant is kept without a decision.',
    examples: [
      { facts: { servedOn: '2026-04-02' }, legalDue: '2026-04-07', why: 'Easter stands between' },
      { facts: { servedOn: '2026-06-10' }, legalDue: '2026-06-11', why: 'the business day after' },
    ],
  },
  {
    ...bailRule,
    id: 'bail-murder',
    title: 'Crown Court considers bail, murder',
    authority: { instrument: crimPR2025, provision: 'r.14.10(2)', grade: 'A' },
    about: 'offence',
    starts: perOffence('a charge of murder is sent to the Crown Court', (offence) =>
      isMurder(offence.code) && offence.sent
        ? { cause: offence.sent, facts: { sentToCrownCourtOn: offence.sent.on } }
        : null,
    ),
    meets: [decided],
    period: businessDaysAfter(2, 'sentToCrownCourtOn'),
    task: findOut,
    ifMissed: 'The defendant is kept without a decision.',
    examples: [
      { facts: { sentToCrownCourtOn: '2026-04-02' }, legalDue: '2026-04-08', why: 'Easter stands between' },
      {
        facts: { sentToCrownCourtOn: '2026-06-08' },
        legalDue: '2026-06-10',
        why: 'the second business day after',
      },
    ],
  },
];
