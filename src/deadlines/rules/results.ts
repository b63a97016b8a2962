import type { HearingState } from '../case-state.ts';
import { caseFinalised, finding, happened } from '../conditions.ts';
import { byCause, concluded, finalOutcome, inMagistrates, lastOfAll, sentenceOf } from '../outcomes.ts';
import { businessDaysAfter, calendarDaysAfterInstant, hoursAfter, workingDaysAfter } from '../periods.ts';
import type { Condition, Rule } from '../rule.ts';
import {
  perCase,
  perDefendant,
  perDefendantAndEvent,
  perDefendantEach,
  perHearing,
  type Started,
} from '../starts.ts';

const pncCode = 'Police National Computer Code of Practice (2005), as reported';

const record = { version: 1, consequence: 'record', danger: false, ends: [], warnings: [] } as const;

const resultTypes = [
  'convicted',
  'acquitted',
  'sentenced',
  'sentence-deferred',
  'discontinued',
  'plea-entered',
  'remanded',
  'bailed',
  'sent-to-crown-court',
  'remitted-to-magistrates',
  'summary-trial-chosen',
  'trial-started',
  'hearing-listed',
  'trial-listed',
  'warrant-issued',
  'defendant-died',
  'court-result-received',
];

/** Anything that the court decided at the hearing, or a next hearing, whichever hearing the record of it names. */
export const resultRecorded: Condition = {
  says: 'a result of the hearing, or the next hearing, is recorded',
  find: (state, start) =>
    finding(state.decisions.find(({ type, on }) => resultTypes.includes(type) && on >= start.on)),
};

export const heard = (hearing: HearingState): Started => ({
  cause: hearing.listed,
  on: hearing.on,
  facts: { hearingOn: hearing.on },
});

export const results: readonly Rule[] = [
  {
    ...record,
    id: 'results-chase',
    title: 'Result of the hearing has reached the hub',
    authority: {
      instrument: 'Default of the hub',
      provision: 'check the portal after 1 working day',
      grade: 'P',
    },
    inForce: { from: '2020-01-01' },
    owner: 'hub',
    about: 'hearing',
    starts: perHearing('a hearing is listed', heard),
    meets: [resultRecorded],
    ends: [caseFinalised],
    period: workingDaysAfter(1, 'hearingOn'),
    task: {
      kind: 'result-check',
      title: 'Look for the result of the hearing in the court portal',
      when: 'on-alert',
      effortMinutes: 5,
      meets: false,
    },
    ifMissed: 'The result is late: victims wait, and time limits may run unseen.',
    examples: [
      { facts: { hearingOn: '2026-04-02' }, legalDue: '2026-04-07', why: 'over Easter' },
      { facts: { hearingOn: '2026-06-10' }, legalDue: '2026-06-11', why: 'the next working day' },
    ],
  },
  {
    ...record,
    id: 'results-chase-court',
    title: 'Result of the hearing asked of the court',
    authority: {
      instrument: 'Default of the hub',
      provision: 'query the court after 3 working days',
      grade: 'P',
    },
    inForce: { from: '2020-01-01' },
    owner: 'hub',
    about: 'hearing',
    starts: perHearing('a hearing is listed', heard),
    meets: [resultRecorded],
    ends: [caseFinalised],
    period: workingDaysAfter(3, 'hearingOn'),
    task: {
      kind: 'result-query',
      title: 'Ask the court for the result of the hearing',
      when: 'on-alert',
      effortMinutes: 10,
      meets: false,
    },
    ifMissed: 'The result is late: victims wait, and time limits may run unseen.',
    examples: [
      { facts: { hearingOn: '2026-04-02' }, legalDue: '2026-04-09', why: 'over Easter' },
      { facts: { hearingOn: '2026-06-10' }, legalDue: '2026-06-15', why: 'over a weekend' },
    ],
  },
  {
    ...record,
    id: 'pnc-as-24h',
    title: 'Arrest or summons recorded on the Police National Computer',
    authority: { instrument: pncCode, provision: '90% within 24 hours, all within 3 days', grade: 'B' },
    inForce: { from: '2005-01-01' },
    owner: 'police',
    about: 'defendant',
    starts: perDefendantAndEvent(
      'an arrest or report for summons, at a time that is recorded',
      ['arrested'],
      (arrest) => (arrest.at === undefined ? null : { arrestedAt: arrest.at }),
    ),
    meets: [happened('it is recorded', 'pnc-arrest-recorded')],
    period: hoursAfter(24, 'arrestedAt'),
    task: {
      kind: 'pnc-update',
      title: 'Check that the arrest or summons is on the Police National Computer',
      when: 'on-alert',
      effortMinutes: 5,
      meets: true,
    },
    ifMissed: 'The force misses its standard, and other forces do not see the arrest.',
    examples: [
      {
        facts: { arrestedAt: '2026-10-24T13:00:00.000Z' },
        legalDue: '2026-10-25T13:00:00.000Z',
        why: '24 hours as they pass: from 2pm to 1pm, because the clocks go back',
      },
      {
        facts: { arrestedAt: '2026-06-10T09:00:00.000Z' },
        legalDue: '2026-06-11T09:00:00.000Z',
        why: '24 hours',
      },
    ],
  },
  {
    ...record,
    id: 'pnc-disposal-7d',
    title: 'Court result recorded on the Police National Computer',
    authority: {
      instrument: pncCode,
      provision: '7 days from receipt; a later target of 10 days is quoted',
      grade: 'B',
    },
    inForce: { from: '2005-01-01' },
    owner: 'hub',
    about: 'defendant',
    starts: perDefendantEach('the final result of a charge is received', (defendant) =>
      byCause(defendant.offences.map((offence) => finalOutcome(offence, defendant))).map((cause) => ({
        cause,
        facts: { receivedAt: cause.receivedAt },
        clock: cause.eventId,
      })),
    ),
    meets: [happened('it is recorded', 'pnc-disposal-recorded')],
    period: calendarDaysAfterInstant(7, 'receivedAt'),
    warnings: [3],
    task: {
      kind: 'pnc-update',
      title: 'Record the result on the Police National Computer',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The record of convictions is wrong when the next court or force reads it.',
    examples: [
      {
        facts: { receivedAt: '2026-12-18T16:50:00.000Z' },
        legalDue: '2026-12-25',
        actionDue: '2026-12-24',
        why: 'calendar days; act before Christmas',
      },
      { facts: { receivedAt: '2026-06-01T09:00:00.000Z' }, legalDue: '2026-06-08', why: 'seven days' },
    ],
  },
  {
    ...record,
    id: 'finalise-case',
    title: 'Close the case',
    authority: {
      instrument: 'Default of the hub',
      provision: '10 working days after the final result',
      grade: 'P',
    },
    inForce: { from: '2020-01-01' },
    owner: 'hub',
    about: 'case',
    starts: perCase('every charge has its final result', (state) => {
      const last = concluded(state);
      return last ? { cause: last, facts: { concludedOn: last.on } } : null;
    }),
    meets: [caseFinalised],
    ends: [happened('an appeal is lodged', 'appeal-lodged')],
    period: workingDaysAfter(10, 'concludedOn'),
    task: {
      kind: 'finalise',
      title:
        'Close the case: results, Police National Computer, victims and witnesses told, exhibits, appeal window',
      when: 'on-alert',
      effortMinutes: 20,
      meets: false,
    },
    ifMissed: 'The case stays open with nothing to be done.',
    examples: [
      {
        facts: { concludedOn: '2026-12-17' },
        legalDue: '2027-01-05',
        why: 'over Christmas and the New Year',
      },
      { facts: { concludedOn: '2026-06-01' }, legalDue: '2026-06-15', why: 'ten working days' },
    ],
  },
  {
    ...record,
    id: 'finalise-case-appeal-check',
    title: 'Check that no appeal came in time',
    authority: {
      instrument: 'Default of the hub',
      provision: '5 business days after the 15 for an appeal (r.34.2)',
      grade: 'P',
    },
    inForce: { from: '2020-01-01' },
    owner: 'hub',
    about: 'defendant',
    starts: perDefendant('the last sentence passed on a defendant in the magistrates’ court', (defendant) => {
      const sentences = defendant.offences.filter(inMagistrates).map(sentenceOf);
      const last = lastOfAll(sentences.filter((sentence) => sentence !== undefined));
      return last ? { cause: last, facts: { sentencedOn: last.on } } : null;
    }),
    meets: [],
    ends: [happened('an appeal is lodged', 'appeal-lodged')],
    period: businessDaysAfter(20, 'sentencedOn'),
    task: {
      kind: 'appeal-check',
      title: 'Check with the court that no appeal was lodged',
      when: 'on-alert',
      effortMinutes: 5,
      meets: true,
    },
    ifMissed: 'An appeal goes unnoticed.',
    examples: [
      {
        facts: { sentencedOn: '2026-12-10' },
        legalDue: '2027-01-12',
        why: 'over Christmas and the New Year',
      },
      { facts: { sentencedOn: '2026-06-01' }, legalDue: '2026-06-29', why: 'twenty business days' },
    ],
  },
];
