import { civilDateOf } from '../../calendar/london-time.ts';
import type { CaseState, HearingState, Occurrence, PersonState } from '../case-state.ts';
import { noEarlierThan } from '../combined-periods.ts';
import { caseFinalised, contactMade, finding, proceedingsOver } from '../conditions.ts';
import { owedFrom } from '../news.ts';
import { businessDaysBefore, workingDaysAfter, workingDaysFromReceipt } from '../periods.ts';
import type { Condition, Rule } from '../rule.ts';
import { perHearing, perPersonEach } from '../starts.ts';
import { caseOver, heard, resultRecorded } from './results.ts';

const code = 'Code of Practice for Victims of Crime (in force 1 April 2021)';

const listings = ['hearing-listed', 'trial-listed'];
const hearingOf = (occurrence: Occurrence): string => occurrence.hearingId ?? occurrence.eventId;

/** A victim is told of any hearing, a witness of a trial; nobody of one that was over when the hub heard of it. */
function isFor(person: PersonState, hearing: HearingState, receivedAt: string, on: string): boolean {
  return (
    on >= civilDateOf(owedFrom(person, receivedAt)) && (person.role === 'victim' || hearing.type === 'trial')
  );
}

function toldOfHearings(person: PersonState, state: CaseState) {
  const facts = (receivedAt: string) => ({
    receivedAt: owedFrom(person, receivedAt),
    enhancedRights: person.enhanced,
  });
  const { eventId, receivedAt } = state.registered;
  const listedLater = new Set(state.decisions.filter(({ type }) => listings.includes(type)).map(hearingOf));
  const fromTheStart = state.hearings
    .filter((hearing) => !listedLater.has(hearing.id) && isFor(person, hearing, receivedAt, hearing.on))
    .map((hearing) => ({
      cause: state.registered,
      clock: `${eventId}:${hearing.id}`,
      hearingId: hearing.id,
      facts: facts(receivedAt),
    }));
  const since = state.decisions
    .filter(({ type }) => listings.includes(type) || type === 'hearing-moved')
    .filter(({ personId }) => personId === undefined || personId === person.id)
    .flatMap((occurrence) => {
      const hearing = state.hearings.find(({ id }) => id === hearingOf(occurrence));
      const on = occurrence.data['on'] as string;
      return hearing && isFor(person, hearing, occurrence.receivedAt, on)
        ? [
            {
              cause: occurrence,
              clock: occurrence.eventId,
              hearingId: hearing.id,
              facts: facts(occurrence.receivedAt),
            },
          ]
        : [];
    });
  return [...fromTheStart, ...since];
}

/** The date that was to be told no longer stands. */
const hearingChanged: Condition = {
  says: 'the hearing is moved or vacated',
  find: (state, start) => {
    const hearing = state.hearings.find(({ id }) => id === start.subject.hearingId);
    if (hearing?.state === 'vacated') return finding(hearing.vacated);
    return hearing === undefined || hearing.listed.eventId === start.by ? null : finding(hearing.listed);
  },
};

const hearingVacated: Condition = {
  says: 'the hearing is vacated',
  find: (state, start) => {
    const hearing = state.hearings.find(({ id }) => id === start.subject.hearingId);
    return hearing?.state === 'vacated' ? finding(hearing.vacated) : null;
  },
};

export const hearingsForPeople: readonly Rule[] = [
  {
    id: 'vc-hearing-date',
    version: 1,
    title: 'Tell them the time, date and place of the hearing',
    authority: { instrument: code, provision: 'Right 8', grade: 'B' },
    inForce: { from: '2021-04-01' },
    owner: 'hub',
    about: 'person',
    consequence: 'victim',
    danger: false,
    contact: { reason: 'hearing-date' },
    starts: perPersonEach(
      'a hearing is in the case when it is received, or is listed or moved: any for victims, trials for witnesses',
      toldOfHearings,
    ),
    meets: [contactMade],
    ends: [hearingChanged],
    period: workingDaysFromReceipt(1, 1),
    warnings: [],
    task: {
      kind: 'victim-contact',
      title: 'Tell them the time, date and place of the hearing',
      when: 'at-once',
      effortMinutes: 20,
      meets: false,
    },
    ifMissed: 'The person was not told in time: a breach of the Victims’ Code, of which they may complain.',
    examples: [
      { facts: { receivedAt: '2026-12-18T16:50:00.000Z' }, legalDue: '2026-12-21', why: 'Friday to Monday' },
      { facts: { receivedAt: '2026-04-02T09:00:00.000Z' }, legalDue: '2026-04-07', why: 'over Easter' },
    ],
  },
  {
    id: 'vc-vps-offer',
    version: 1,
    title: 'Victim Personal Statement offered, and the current one with the CPS before sentence',
    authority: {
      instrument: code,
      provision: 'Right 7; no period, the hub allows 10 business days before the sentence hearing',
      grade: 'P',
    },
    inForce: { from: '2021-04-01' },
    owner: 'officer',
    about: 'person',
    consequence: 'victim',
    danger: false,
    contact: { reason: 'personal-statement' },
    starts: perPersonEach('a hearing for sentence is listed', (person, state) =>
      person.role !== 'victim'
        ? []
        : state.hearings
            .filter(({ type }) => type === 'sentence')
            .map((hearing) => ({
              cause: hearing.listed,
              clock: hearing.id,
              hearingId: hearing.id,
              facts: { hearingOn: hearing.on, receivedAt: owedFrom(person, hearing.listed.receivedAt) },
            })),
    ),
    meets: [contactMade],
    ends: [hearingVacated, proceedingsOver],
    period: noEarlierThan(
      businessDaysBefore(10, 'hearingOn'),
      workingDaysFromReceipt(1, 1),
      'The hearing was listed at short notice, so the working day after is taken',
    ),
    warnings: [7],
    task: {
      kind: 'victim-contact',
      title: 'Ask whether the victim wants to make or change a Victim Personal Statement',
      when: 'on-alert',
      effortMinutes: 20,
      meets: false,
    },
    ifMissed: 'The court sentences without hearing what the crime did to the victim.',
    examples: [
      {
        facts: { hearingOn: '2026-04-20' },
        legalDue: '2026-04-02',
        why: 'ten business days before, over Easter',
      },
      {
        facts: { hearingOn: '2026-04-20', receivedAt: '2026-04-13T09:00:00.000Z' },
        legalDue: '2026-04-14',
        why: 'listed a week before: the working day after',
      },
    ],
  },
  {
    id: 'court-result-chase',
    version: 1,
    title: 'Ask the court for a result that has not arrived',
    authority: {
      instrument: 'Default of the hub; Victims’ Code Right 9: the court sends results within 5 working days',
      provision: 'hearing and 5 working days',
      grade: 'P',
    },
    inForce: { from: '2020-10-05' },
    owner: 'court',
    about: 'hearing',
    consequence: 'chase',
    danger: false,
    starts: perHearing('a hearing is listed', heard),
    meets: [resultRecorded],
    ends: [caseFinalised, caseOver],
    period: workingDaysAfter(5, 'hearingOn'),
    warnings: [],
    task: {
      kind: 'court-result-chase',
      title: 'Ask the court for the result of the hearing',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'Victims are told late, and what follows from the result does not begin.',
    examples: [
      { facts: { hearingOn: '2026-04-01' }, legalDue: '2026-04-10', why: 'five working days over Easter' },
      { facts: { hearingOn: '2026-12-22' }, legalDue: '2026-12-31', why: 'five working days over Christmas' },
    ],
  },
];
