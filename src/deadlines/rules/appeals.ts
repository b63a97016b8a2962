import { countBusinessDays } from '../../calendar/counting.ts';
import { withAmount } from '../adjustable-period.ts';
import type { DefendantState } from '../case-state.ts';
import { everyOffence, happened, served } from '../conditions.ts';
import { byCause, inMagistrates, sentenceOf } from '../outcomes.ts';
import { crimPR2025, sinceCrimPR2020, sinceCrimPR2025 } from '../instruments.ts';
import { afterService, businessDaysAfterService } from '../after-service-periods.ts';
import { businessDaysAfter, calendarDaysAfter, fromEither } from '../periods.ts';
import { countCalendarDays } from '../../calendar/counting.ts';
import type { Rule } from '../rule.ts';
import { concernsDefendant, perDefendantEach, perServing, serviceFacts } from '../starts.ts';

const appealRule = {
  version: 1,
  owner: 'defence',
  about: 'defendant',
  consequence: 'record',
  danger: false,
  ends: [everyOffence('the defendant has died', (_offence, defendant) => defendant.died)],
  warnings: [],
} as const;

/** A window that is the other side's: the hub shows when it closes, and nobody has to do anything. */
const shown = (title: string) =>
  ({ kind: 'appeal-window', title, when: 'never', effortMinutes: 5, meets: true }) as const;

const appealed = [happened('an appeal is lodged', 'appeal-lodged'), served('appeal-notice')] as const;

const appealsAgainstConviction = (defendant: DefendantState): boolean =>
  defendant.offences.some(inMagistrates);

/** What a party asked of the court for the trial, which has to be asked for again on appeal. */
const renewable = [
  'special-measures-application',
  'hearsay-notice',
  'bad-character-notice',
  'live-link-application',
];

export const appeals: readonly Rule[] = [
  {
    ...appealRule,
    id: 'appeal-crown-court',
    title: 'Appeal from the magistrates’ court to the Crown Court',
    authority: { instrument: crimPR2025, provision: 'r.34.2(2)(b)', grade: 'A' },
    inForce: sinceCrimPR2025,
    starts: perDefendantEach(
      'sentence in the magistrates’ court (its deferral, for an appeal against conviction)',
      (defendant, state) => [
        ...byCause(defendant.offences.filter(inMagistrates).map(sentenceOf)).map((cause) => ({
          cause,
          facts: { sentencedOn: cause.on },
          clock: cause.eventId,
        })),
        ...state.decisions
          .filter((event) => event.type === 'sentence-deferred' && concernsDefendant(event, defendant))
          .filter(() => defendant.offences.some(inMagistrates))
          .map((cause) => ({
            cause,
            facts: { sentencedOn: cause.on },
            clock: cause.eventId,
            assumed: ['Sentence was deferred: time for an appeal against conviction runs from that day'],
          })),
      ],
    ),
    meets: appealed,
    period: businessDaysAfter(15, 'sentencedOn'),
    task: shown('Check whether an appeal was lodged'),
    ifMissed: 'The defendant needs an extension of time to appeal.',
    examples: [
      {
        facts: { sentencedOn: '2026-12-10' },
        legalDue: '2027-01-05',
        why: 'over Christmas and the New Year',
      },
      { facts: { sentencedOn: '2026-06-01' }, legalDue: '2026-06-22', why: 'fifteen business days' },
    ],
  },
  {
    ...appealRule,
    id: 'appeal-respondent-notice',
    title: 'Respondent’s notice, appeal against conviction',
    authority: { instrument: crimPR2025, provision: 'r.34.2(5)', grade: 'A' },
    inForce: sinceCrimPR2020,
    owner: 'cps',
    consequence: 'hearing',
    starts: perServing(
      'notice of appeal from the magistrates’ court is served, unless the appeal is against sentence alone',
      ['appeal-notice'],
      (notice, defendant, state) => {
        const sentenceOnly = state.decisions.some(
          (event) =>
            event.type === 'appeal-lodged' &&
            event.data['against'] === 'sentence' &&
            concernsDefendant(event, defendant),
        );
        return appealsAgainstConviction(defendant) && !sentenceOnly ? serviceFacts(notice) : null;
      },
    ),
    meets: [served('appeal-respondent-notice')],
    period: businessDaysAfterService(15),
    warnings: [5],
    task: {
      kind: 'appeal-respondent-notice',
      title: 'Ask the CPS whether the respondent’s notice has been served',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The Crown Court has no notice of what the prosecution relies on.',
    examples: [
      { facts: { servedOn: '2026-03-20' }, legalDue: '2026-04-14', why: 'over Easter and the clock change' },
      { facts: { servedOn: '2026-06-01' }, legalDue: '2026-06-22', why: 'fifteen business days' },
    ],
  },
  {
    ...appealRule,
    id: 'appeal-renew-materials',
    title: 'Renew special measures, hearsay and bad character for the appeal',
    authority: { instrument: crimPR2025, provision: 'r.34.7', grade: 'A' },
    inForce: sinceCrimPR2020,
    owner: 'cps',
    consequence: 'hearing',
    starts: perServing(
      'notice of appeal is served where special measures, hearsay, bad character or a live link was sought for the trial',
      ['appeal-notice'],
      (notice, defendant, state) =>
        appealsAgainstConviction(defendant) &&
        state.documents.some(({ document }) => renewable.includes(document))
          ? serviceFacts(notice)
          : null,
    ),
    meets: [served('appeal-renewal-application')],
    period: businessDaysAfterService(15),
    warnings: [7],
    task: {
      kind: 'appeal-renewal',
      title: 'Ask the CPS to renew special measures and other applications for the appeal',
      when: 'on-alert',
      effortMinutes: 15,
      meets: true,
    },
    ifMissed: 'Witnesses may have to give evidence on the appeal without their special measures.',
    examples: [
      { facts: { servedOn: '2026-04-20' }, legalDue: '2026-05-12', why: 'over the early May bank holiday' },
      { facts: { servedOn: '2026-06-01' }, legalDue: '2026-06-22', why: 'fifteen business days' },
    ],
  },
  {
    ...appealRule,
    id: 'case-stated-21',
    title: 'Apply to the magistrates to state a case for the High Court',
    authority: {
      instrument: crimPR2025,
      provision: 'r.35.2 and note; s.111(2) MCA 1980: it cannot be extended',
      grade: 'A',
    },
    inForce: { from: '1981-07-06' },
    owner: 'cps',
    starts: perDefendantEach('an acquittal or sentence in the magistrates’ court', (defendant) =>
      byCause(
        defendant.offences.filter(inMagistrates).flatMap((offence) => [offence.acquitted, offence.sentenced]),
      ).map((cause) => ({ cause, facts: { decisionOn: cause.on }, clock: cause.eventId })),
    ),
    meets: [served('case-stated-application')],
    period: calendarDaysAfter(21, 'decisionOn'),
    task: shown('Ask the CPS whether it asks the court to state a case'),
    ifMissed: 'There is no appeal by way of case stated.',
    examples: [
      {
        facts: { decisionOn: '2026-12-04' },
        legalDue: '2026-12-25',
        actionDue: '2026-12-24',
        why: 'Christmas Day moves nothing',
      },
      { facts: { decisionOn: '2026-06-01' }, legalDue: '2026-06-22', why: 'calendar days' },
    ],
  },
  {
    ...appealRule,
    id: 'case-stated-reps',
    title: 'Representations on an application to state a case',
    authority: { instrument: crimPR2025, provision: 'r.35.2(3)', grade: 'A' },
    inForce: sinceCrimPR2020,
    owner: 'cps',
    consequence: 'hearing',
    starts: perServing('an application to state a case is served', ['case-stated-application']),
    meets: [served('case-stated-representations')],
    period: businessDaysAfterService(10),
    warnings: [4],
    task: {
      kind: 'case-stated',
      title: 'Ask the CPS whether it makes representations on the application to state a case',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The court decides without the representations.',
    examples: [
      { facts: { servedOn: '2026-04-01' }, legalDue: '2026-04-17', why: 'ten business days over Easter' },
      { facts: { servedOn: '2026-06-01' }, legalDue: '2026-06-15', why: 'ten business days' },
    ],
  },
  {
    ...appealRule,
    id: 'case-stated-decision',
    title: 'Court decides whether to state a case',
    authority: { instrument: crimPR2025, provision: 'r.35.2(4)', grade: 'A' },
    inForce: sinceCrimPR2020,
    owner: 'court',
    starts: perServing('an application to state a case is served', ['case-stated-application']),
    meets: [],
    period: afterService((on, calendar, label) => {
      const representations = countBusinessDays(calendar, on, 10, label);
      if (representations.kind !== 'counted') return representations;
      const decided = countBusinessDays(
        calendar,
        representations.due,
        15,
        'the last day for representations',
      );
      return decided.kind === 'counted'
        ? { ...decided, steps: [...representations.steps, ...decided.steps] }
        : decided;
    }, '15 business days after the 10 for representations, which run from'),
    task: {
      kind: 'case-stated',
      title: 'Find out whether the court states a case',
      when: 'on-alert',
      effortMinutes: 5,
      meets: true,
    },
    ifMissed: 'The application waits for the court.',
    examples: [
      { facts: { servedOn: '2026-06-01' }, legalDue: '2026-07-06', why: 'to 15 June, then fifteen more' },
      {
        facts: { servedOn: '2026-04-01' },
        legalDue: '2026-05-11',
        why: 'over Easter and the early May holiday',
      },
    ],
  },
  {
    ...appealRule,
    id: 'appeal-coa-28',
    title: 'Appeal from the Crown Court to the Court of Appeal',
    authority: { instrument: 'Criminal Appeal Act 1968', provision: 's.18, not read', grade: 'C' },
    inForce: { from: '1968-09-01' },
    starts: perDefendantEach('conviction or sentence in the Crown Court', (defendant) => {
      const sent = defendant.offences.filter((offence) => offence.sent !== undefined);
      return [
        ...byCause(sent.map(({ convicted }) => convicted)).map((cause) => ({
          cause,
          facts: { convictedOn: cause.on },
          clock: cause.eventId,
        })),
        ...byCause(sent.map(sentenceOf)).map((cause) => ({
          cause,
          facts: { sentencedOn: cause.on },
          clock: cause.eventId,
        })),
      ];
    }),
    meets: appealed,
    period: withAmount(28, 'day', (days) =>
      fromEither(
        `${days} days after`,
        (_calendar, from, label) => countCalendarDays(from, days, label),
        'convictedOn',
        'sentencedOn',
      ),
    ),
    task: shown('Check whether an appeal was lodged'),
    ifMissed: 'The defendant needs an extension of time to appeal.',
    examples: [
      {
        facts: { sentencedOn: '2026-11-27' },
        legalDue: '2026-12-25',
        actionDue: '2026-12-24',
        why: 'Christmas Day moves nothing',
      },
      { facts: { convictedOn: '2026-06-01' }, legalDue: '2026-06-29', why: 'calendar days from conviction' },
    ],
  },
];
