import type { HearingState } from '../case-state.ts';
import { caseFinalised, finding, happened, happenedWhere } from '../conditions.ts';
import { concluded, inMagistrates, lastOfAll, sentenceOf } from '../outcomes.ts';
import { businessDaysAfter, workingDaysAfter } from '../periods.ts';
import type { Condition, Rule } from '../rule.ts';
import { perCase, perDefendant, perHearing, type Started } from '../starts.ts';

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

/** Whether an event tells what a court decided, or which hearing it listed next. */
export const isOfResult = ({ type }: { type: string }): boolean => resultTypes.includes(type);

/**
 * Anything that the court decided at the hearing, or a next hearing, whichever hearing the record of it names: what it
 * decided on the day of a later hearing is the result of that one.
 */
export const resultRecorded: Condition = {
  says: 'a result of the hearing, or the next hearing, is recorded',
  find: (state, start) => {
    const { hearingId } = start.subject;
    const [later] = state.hearings
      .filter(({ id, on, state: is }) => id !== hearingId && is === 'listed' && on > start.on)
      .map(({ on }) => on)
      .sort();
    return finding(
      state.decisions.find(
        (decision) =>
          isOfResult(decision) &&
          decision.on >= start.on &&
          (later === undefined || decision.on < later || decision.hearingId === hearingId),
      ),
    );
  },
};

/** A letter or call to the court about the result of the hearing, on the day of the hearing or after it. */
const courtAsked: Condition = happenedWhere(
  'the court is asked for the result',
  ['correspondence-logged'],
  ({ data }) => data['with'] === 'court' && data['direction'] === 'out' && data['subject'] === 'result',
);

/** No result of a hearing is waited for once nothing is left to be decided. */
export const caseOver: Condition = {
  says: 'every charge has its final result',
  find: (state) => finding(concluded(state)),
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
    ends: [caseFinalised, caseOver],
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
    meets: [resultRecorded, courtAsked],
    ends: [caseFinalised, caseOver],
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
