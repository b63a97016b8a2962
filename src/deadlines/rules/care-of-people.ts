import { latest } from '../../calendar/civil-date.ts';
import type { CaseState, Occurrence, PersonState } from '../case-state.ts';
import { happened, pleaOrFinding, served } from '../conditions.ts';
import { owedFrom, perPersonAndNews } from '../news.ts';
import { workingDaysAfter, workingDaysFromReceipt } from '../periods.ts';
import { notGuiltyPleas } from '../pleas.ts';
import type { Rule } from '../rule.ts';
import { perPersonEach } from '../starts.ts';
import { tenBusinessDaysAfter } from '../worked-examples.ts';

const code = 'Code of Practice for Victims of Crime (in force 1 April 2021)';

/** What is done for a person, where no conversation is owed: a task that is completed. */
const done = {
  version: 1,
  inForce: { from: '2021-04-01' },
  about: 'person',
  consequence: 'victim',
  danger: false,
  meets: [],
  ends: [],
  warnings: [],
} as const;

const task = (kind: string, title: string, effortMinutes: number) =>
  ({ kind, title, when: 'on-alert', effortMinutes, meets: true }) as const;

const named = (person: PersonState, occurrence: Occurrence): boolean =>
  occurrence.personId === undefined || occurrence.personId === person.id;
const victims = (person: PersonState, occurrence: Occurrence): boolean =>
  person.role === 'victim' && named(person, occurrence);

/** Decisions that a victim may ask to have reviewed. */
const reviewable = ['decision-not-to-prosecute', 'charge-altered', 'discontinued'];

/** The day on which the victim was told of the decision; until then, the day on which the hub heard of it. */
function toldOf(person: PersonState, decision: Occurrence, state: CaseState) {
  const told = state.attempts.find(
    (attempt) =>
      attempt.personId === person.id &&
      (attempt.rule === 'vc-nfa-not-charge' || attempt.rule === 'vc-outcome') &&
      attempt.result === 'reached' &&
      attempt.on >= decision.on,
  );
  return told === undefined
    ? {
        facts: { learnedOn: latest(decision.on, person.joined?.on ?? decision.on) },
        assumed: ['The victim has not been told yet: the day of the decision is used until then'],
      }
    : { facts: { learnedOn: told.on } };
}

export const careOfPeople: readonly Rule[] = [
  {
    ...done,
    id: 'vc-support-referral',
    title: 'Victim referred to a support service',
    authority: {
      instrument: code,
      provision: 'Right 4: two working days after the report; the hub counts from its receipt of the case',
      grade: 'B',
    },
    owner: 'police',
    starts: perPersonEach('a case with a victim is received', (person, state) =>
      person.role === 'victim'
        ? [
            {
              cause: state.registered,
              facts: { receivedAt: owedFrom(person, state.registered.receivedAt) },
            },
          ]
        : [],
    ),
    meets: [happened('the victim is referred', 'support-referral-made')],
    period: workingDaysFromReceipt(2, 2),
    task: task('support-referral', 'Check that the victim has been referred to a support service', 5),
    ifMissed: 'The victim is without support: a breach of the Victims’ Code.',
    examples: [
      { facts: { receivedAt: '2026-04-02T09:00:00.000Z' }, legalDue: '2026-04-08', why: 'over Easter' },
      { facts: { receivedAt: '2026-12-24T10:00:00.000Z' }, legalDue: '2026-12-30', why: 'over Christmas' },
    ],
  },
  {
    ...done,
    id: 'vc-trial-needs',
    title: 'Needs for trial: assessment, referral to the witness service, visit to the court',
    authority: {
      instrument: code,
      provision: 'Right 8: no figure seen; default 5 working days, 1 with enhanced rights',
      grade: 'P',
    },
    owner: 'hub',
    starts: perPersonEach(
      'the person is required to give evidence and there is a not guilty plea',
      (person, state) => {
        const required = state.decisions.find(
          (occurrence) => occurrence.type === 'witness-required' && named(person, occurrence),
        );
        const denied = state.defendants
          .flatMap((defendant) => notGuiltyPleas(state, defendant))
          .map(({ occurrence }) => occurrence)
          .sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : a.receivedAt > b.receivedAt ? 1 : 0))[0];
        if (!required || !denied) return [];
        const cause = required.receivedAt >= denied.receivedAt ? required : denied;
        return [
          {
            cause,
            facts: { receivedAt: owedFrom(person, cause.receivedAt), enhancedRights: person.enhanced },
          },
        ];
      },
    ),
    ends: [pleaOrFinding],
    period: workingDaysFromReceipt(5, 1),
    task: task(
      'trial-needs',
      'Ask what the person needs for trial; refer to the witness service; offer a visit',
      40,
    ),
    ifMissed: 'The witness comes unprepared, or does not come.',
    examples: [
      { facts: { receivedAt: '2026-04-02T09:00:00.000Z' }, legalDue: '2026-04-13', why: 'over Easter' },
      {
        facts: { receivedAt: '2026-04-02T09:00:00.000Z', enhancedRights: true },
        legalDue: '2026-04-07',
        why: 'one working day with enhanced rights, over Easter',
      },
    ],
  },
  {
    ...done,
    id: 'vc-expenses',
    title: 'Expenses paid to a victim or witness',
    authority: { instrument: code, provision: 'Right 8: 10 working days after a valid claim', grade: 'B' },
    owner: 'cps',
    starts: perPersonEach('a person’s claim for expenses is received', (person, state) =>
      state.decisions
        .filter(
          ({ type, data, personId }) =>
            type === 'document-served' && data['document'] === 'expenses-claim' && personId === person.id,
        )
        .map((claim) => ({ cause: claim, clock: claim.eventId, facts: { receivedAt: claim.receivedAt } })),
    ),
    period: workingDaysFromReceipt(10, 10),
    task: task('expenses', 'Ask the CPS whether the expenses have been paid', 10),
    ifMissed: 'The person is out of pocket: a breach of the Victims’ Code.',
    examples: [
      { facts: { receivedAt: '2026-03-30T09:00:00.000Z' }, legalDue: '2026-04-15', why: 'over Easter' },
      {
        facts: { receivedAt: '2026-12-21T10:00:00.000Z' },
        legalDue: '2027-01-07',
        why: 'over Christmas and New Year',
      },
    ],
  },
  {
    ...done,
    id: 'vc-property',
    title: 'Victim’s property returned as soon as possible after it is no longer needed',
    authority: {
      instrument: code,
      provision: '“as soon as possible”: no number of days, the hub asks on the next working day',
      grade: 'C',
    },
    owner: 'police',
    starts: perPersonAndNews(
      'property is no longer needed as evidence',
      ({ type }) => type === 'property-no-longer-needed',
      victims,
    ),
    period: workingDaysFromReceipt(1, 1),
    task: task('property-return', 'Ask the officer to return the victim’s property', 10),
    ifMissed: 'The victim goes without their property longer than need be.',
    examples: [
      { facts: { receivedAt: '2026-04-02T09:00:00.000Z' }, legalDue: '2026-04-07', why: 'over Easter' },
      { facts: { receivedAt: '2026-12-18T16:50:00.000Z' }, legalDue: '2026-12-21', why: 'Friday to Monday' },
    ],
  },
  {
    ...done,
    id: 'vc-probation-contact',
    title: 'Victim Contact Scheme: referral to Probation after a qualifying sentence',
    authority: { instrument: code, provision: 'Right 11: believed to be 20 working days', grade: 'C' },
    owner: 'hub',
    starts: perPersonAndNews(
      'a custodial sentence is passed',
      ({ type, data }) => type === 'sentenced' && data['custodial'] === true,
      victims,
    ),
    period: workingDaysFromReceipt(20, 20),
    warnings: [7],
    task: task(
      'probation-referral',
      'Check whether the sentence qualifies for the Victim Contact Scheme, and refer the victim',
      15,
    ),
    ifMissed: 'The victim is not offered news of the prisoner’s release.',
    examples: [
      { facts: { receivedAt: '2026-03-30T09:00:00.000Z' }, legalDue: '2026-04-29', why: 'over Easter' },
      { facts: { receivedAt: '2026-12-01T10:00:00.000Z' }, legalDue: '2026-12-31', why: 'over Christmas' },
    ],
  },
  {
    ...done,
    id: 'vrr-cps',
    title: 'Victim’s Right to Review: request normally within 10 working days, accepted up to 3 months',
    authority: {
      instrument: 'Victims’ Right to Review scheme, CPS',
      provision: '10 working days',
      grade: 'B',
    },
    inForce: { from: '2013-06-05' },
    owner: 'victim',
    starts: perPersonEach(
      'it is decided not to prosecute, or a charge is dropped, and the victim is told',
      (person, state) => {
        const decision = state.decisions.find(
          (occurrence) => reviewable.includes(occurrence.type) && victims(person, occurrence),
        );
        return decision ? [{ cause: decision, ...toldOf(person, decision, state) }] : [];
      },
    ),
    meets: [served('victims-right-to-review-request')],
    period: workingDaysAfter(10, 'learnedOn'),
    task: {
      kind: 'right-to-review',
      title: 'Note whether the victim asked for a review',
      when: 'never',
      effortMinutes: 5,
      meets: true,
    },
    ifMissed: 'The CPS may refuse a review, though it accepts requests for up to three months.',
    examples: tenBusinessDaysAfter('learnedOn'),
  },
];
