import { countBusinessDays } from '../../calendar/counting.ts';
import { happened, pleaOrFinding, proceedingsOver, served } from '../conditions.ts';
import { crimPR2025, sinceCrimPR2020 } from '../instruments.ts';
import { afterService, businessDaysAfterService } from '../after-service-periods.ts';
import { calendarDaysAfter } from '../periods.ts';
import type { Rule } from '../rule.ts';
import { calendarDaysAfterSending } from '../service-periods.ts';
import { perDefendant, perServing, serviceFacts } from '../starts.ts';

const commonPlatform = 'HMCTS Common Platform (hmcts/cpp-context-sjp)';

const procedure = {
  version: 1,
  owner: 'defence',
  about: 'defendant',
  consequence: 'record',
  danger: false,
  ends: [pleaOrFinding],
  warnings: [],
} as const;

/** A date that the hub shows and that makes nobody any work. */
const shown = (title: string) =>
  ({ kind: 'single-justice-procedure', title, when: 'never', effortMinutes: 5, meets: true }) as const;

const noticeServed = 'the Single Justice Procedure documents are served';
const notice = ['single-justice-procedure-notice'];

export const singleJusticeProcedure: readonly Rule[] = [
  {
    ...procedure,
    id: 'sjp-response-15bd',
    title: 'Plea in answer to a Single Justice Procedure notice',
    authority: { instrument: crimPR2025, provision: 'r.24.9(4)', grade: 'A' },
    inForce: sinceCrimPR2020,
    starts: perServing(noticeServed, notice),
    meets: [served('single-justice-procedure-response'), happened('a plea is entered', 'plea-entered')],
    period: businessDaysAfterService(15),
    task: shown('Check whether a plea has come in'),
    ifMissed: 'A single justice may try the case on the papers.',
    examples: [
      {
        facts: { service: { method: 'computer-post', at: '2026-11-13' } },
        legalDue: '2026-12-09',
        why: 'produced on Friday, taken as posted on Monday 16, served on Wednesday 18, then 15 business days',
      },
      { facts: { servedOn: '2026-12-10' }, legalDue: '2027-01-05', why: 'over Christmas and the New Year' },
    ],
  },
  {
    ...procedure,
    id: 'sjp-aoc-withdraw-5bd',
    title: 'Withdraw acceptance of an automatic online conviction',
    authority: { instrument: crimPR2025, provision: 'r.24.9(5)', grade: 'A' },
    inForce: sinceCrimPR2020,
    starts: perServing('the defendant accepts an automatic online conviction', [
      'automatic-online-conviction-acceptance',
    ]),
    meets: [served('automatic-online-conviction-withdrawal')],
    period: businessDaysAfterService(5),
    task: shown('Check whether the acceptance has been withdrawn'),
    ifMissed: 'The conviction takes effect at the end of the fifth business day.',
    examples: [
      { facts: { servedOn: '2026-04-01' }, legalDue: '2026-04-10', why: 'over Easter' },
      { facts: { servedOn: '2026-06-10' }, legalDue: '2026-06-17', why: 'five business days over a weekend' },
    ],
  },
  {
    ...procedure,
    id: 'sjp-s9-objection-15bd',
    title: 'Object to a section 9 statement, Single Justice Procedure',
    authority: { instrument: crimPR2025, provision: 'r.16.4(4)(b)(iii)', grade: 'A' },
    inForce: sinceCrimPR2020,
    starts: perServing(
      'a section 9 statement is served in a Single Justice Procedure case before any plea of not guilty',
      ['section-9-statement'],
      (statement, defendant, state) =>
        state.initiation === 'single-justice-procedure' &&
        !defendant.offences.some(({ plea }) => plea?.plea === 'not-guilty' && plea.on <= statement.on)
          ? serviceFacts(statement)
          : null,
    ),
    meets: [served('section-9-objection')],
    period: businessDaysAfterService(15),
    task: shown('Check whether there is an objection to the statement'),
    ifMissed: 'The statement may be read as evidence.',
    examples: [
      { facts: { servedOn: '2026-03-20' }, legalDue: '2026-04-14', why: 'over Easter and the clock change' },
      { facts: { servedOn: '2026-06-01' }, legalDue: '2026-06-22', why: 'fifteen business days' },
    ],
  },
  {
    ...procedure,
    id: 'sjp-publication',
    title: 'Court ends publication of the case in its Single Justice Procedure list',
    authority: { instrument: crimPR2025, provision: 'r.5.11(3)', grade: 'A' },
    inForce: sinceCrimPR2020,
    owner: 'court',
    starts: perServing(noticeServed, notice),
    meets: [],
    ends: [proceedingsOver],
    period: afterService((on, calendar, label) => {
      const published = countBusinessDays(calendar, on, 15, label);
      if (published.kind !== 'counted') return published;
      const ended = countBusinessDays(calendar, published.due, 5, 'The day of publication');
      return ended.kind === 'counted' ? { ...ended, steps: [...published.steps, ...ended.steps] } : ended;
    }, 'no more than 5 business days after publication, itself 15 business days after'),
    task: shown('Look for the case in the court’s Single Justice Procedure list'),
    ifMissed: 'Nothing for the hub: the list is the court’s.',
    examples: [
      {
        facts: { servedOn: '2026-06-01' },
        legalDue: '2026-06-29',
        why: 'published 22 June, for five business days',
      },
      {
        facts: { servedOn: '2026-12-10' },
        legalDue: '2027-01-12',
        why: 'published 5 January after the holidays',
      },
    ],
  },
  {
    ...procedure,
    id: 'sjp-cp-ready-28',
    title: 'Common Platform marks the case ready for decision where no plea came',
    authority: { instrument: commonPlatform, provision: 'NUMBER_DAYS_WAITING_FOR_PLEA = 28', grade: 'A' },
    inForce: { from: '2018-01-01' },
    owner: 'court',
    starts: perServing(noticeServed, notice, (served) => ({ at: served.at ?? served.on })),
    meets: [happened('a plea is entered', 'plea-entered'), served('single-justice-procedure-response')],
    period: calendarDaysAfterSending(28),
    task: { ...shown('Check that the court has marked the case ready'), when: 'on-alert' },
    ifMissed: 'The case waits although it could be decided.',
    examples: [
      { facts: { at: '2026-11-13' }, legalDue: '2026-12-11', why: '28 calendar days from posting' },
      {
        facts: { at: '2026-03-20' },
        legalDue: '2026-04-17',
        why: 'calendar days over Easter and the clock change',
      },
    ],
  },
  {
    ...procedure,
    id: 'sjp-cp-dates-10',
    title: 'Dates to avoid reach the court before it lists the trial',
    authority: {
      instrument: commonPlatform,
      provision: 'NUMBER_DAYS_WAITING_FOR_DATES_TO_AVOID = 10',
      grade: 'A',
    },
    inForce: { from: '2018-01-01' },
    consequence: 'hearing',
    starts: perDefendant('a plea of not guilty in a Single Justice Procedure case', (defendant, state) => {
      const plea = defendant.offences
        .map((offence) => offence.plea)
        .find((entered) => entered?.plea === 'not-guilty');
      return plea && state.initiation === 'single-justice-procedure'
        ? { cause: plea, facts: { notGuiltyPleaOn: plea.on } }
        : null;
    }),
    meets: [happened('a hearing is listed', 'trial-listed', 'hearing-listed')],
    period: calendarDaysAfter(10, 'notGuiltyPleaOn'),
    task: {
      kind: 'dates-to-avoid',
      title: 'Send the court our witnesses’ dates to avoid before it lists the trial',
      when: 'at-once',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The trial is listed without regard to the dates.',
    examples: [
      {
        facts: { notGuiltyPleaOn: '2026-03-27' },
        legalDue: '2026-04-06',
        actionDue: '2026-04-02',
        why: 'Easter Monday, which moves nothing; act on Thursday',
      },
      { facts: { notGuiltyPleaOn: '2026-06-01' }, legalDue: '2026-06-11', why: 'ten calendar days' },
    ],
  },
];
