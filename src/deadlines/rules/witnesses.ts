import type { CaseState, Occurrence, PersonState } from '../case-state.ts';
import { contactMade, decidedBy, finding } from '../conditions.ts';
import { owedFrom } from '../news.ts';
import { workingDaysFromReceipt } from '../periods.ts';
import type { Condition, Rule } from '../rule.ts';
import { perPersonEach } from '../starts.ts';

const charter = 'Witness Charter (not statutory)';

const named = (person: PersonState, occurrence: Occurrence): boolean =>
  occurrence.personId === undefined || occurrence.personId === person.id;

/** The last word on whether a person is needed at court. */
function lastCalled(person: PersonState, state: CaseState): Occurrence | undefined {
  return state.decisions
    .filter(({ type }) => type === 'witness-required' || type === 'witness-not-required')
    .filter((occurrence) => named(person, occurrence))
    .at(-1);
}

/** Told by talking to them that they must give evidence, since they were last called. */
function wasWarned(person: PersonState, state: CaseState): boolean {
  return state.attempts.some(
    ({ personId, rule, result }) =>
      personId === person.id && rule === 'vc-give-evidence' && result === 'reached',
  );
}

/** Why whoever was warned does not have to come after all: they are not called, or no charge goes to trial. */
function notNeeded(person: PersonState, state: CaseState) {
  const last = lastCalled(person, state);
  if (last?.type === 'witness-not-required') return last;
  if (last === undefined) return undefined;
  const offences = state.defendants.flatMap((defendant) =>
    defendant.offences.map((offence) => ({ offence, cause: decidedBy(offence, defendant) })),
  );
  if (offences.some(({ offence, cause }) => cause === undefined || offence.trialStarted !== undefined))
    return undefined;
  return offences
    .flatMap(({ cause }) => cause ?? [])
    .sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1))
    .at(-1);
}

const neededAgain: Condition = {
  says: 'the person is called again',
  find: (state, start) => {
    const person = state.people.find(({ id }) => id === start.subject.personId);
    const last = person && lastCalled(person, state);
    return last?.type === 'witness-required' && last.receivedAt > String(start.facts.receivedAt)
      ? finding(last)
      : null;
  },
};

const saidWhenAway: Condition = {
  says: 'they have said on which days they cannot come',
  find: (state, start) =>
    finding(
      state.decisions.find(
        ({ type, personId, data }) =>
          type === 'person-changed' && personId === start.subject.personId && data['availability'] === true,
      ),
    ),
};

const calledOff: Condition = {
  says: 'the person is not needed',
  find: (state, start) => {
    const person = state.people.find(({ id }) => id === start.subject.personId);
    const cause = person && notNeeded(person, state);
    return finding(cause);
  },
};

const shared = {
  version: 1,
  inForce: { from: '2021-04-01' },
  owner: 'hub',
  about: 'person',
  consequence: 'hearing',
  danger: false,
  warnings: [],
} as const;

export const witnesses: readonly Rule[] = [
  {
    ...shared,
    id: 'witness-dewarn',
    title: 'Tell whoever was warned for court that they need not come',
    authority: {
      instrument: charter,
      provision: 'no period was found; the hub allows one working day',
      grade: 'P',
    },
    contact: { reason: 'not-needed' },
    starts: perPersonEach(
      'a person who was told to give evidence is not needed, or no charge goes to trial',
      (person, state) => {
        const cause = wasWarned(person, state) ? notNeeded(person, state) : undefined;
        return cause === undefined
          ? []
          : [
              {
                cause,
                clock: cause.eventId,
                facts: { receivedAt: cause.receivedAt, enhancedRights: person.enhanced },
              },
            ];
      },
    ),
    meets: [contactMade],
    ends: [neededAgain],
    period: workingDaysFromReceipt(1, 1),
    task: {
      kind: 'victim-contact',
      title: 'Tell them that they need not come to court',
      when: 'at-once',
      effortMinutes: 10,
      meets: false,
    },
    ifMissed: 'The person comes to court for nothing.',
    examples: [
      { facts: { receivedAt: '2026-12-18T16:50:00.000Z' }, legalDue: '2026-12-21', why: 'Friday to Monday' },
      { facts: { receivedAt: '2026-04-02T09:00:00.000Z' }, legalDue: '2026-04-07', why: 'over Easter' },
    ],
  },
  {
    ...shared,
    id: 'witness-availability',
    title: 'Days on which a witness cannot come to court',
    authority: {
      instrument: charter,
      provision: 'no period was found; the hub allows five working days',
      grade: 'P',
    },
    starts: perPersonEach('the person is required to give evidence', (person, state) => {
      const last = lastCalled(person, state);
      return last?.type === 'witness-required'
        ? [{ cause: last, facts: { receivedAt: owedFrom(person, last.receivedAt) } }]
        : [];
    }),
    meets: [saidWhenAway],
    ends: [calledOff],
    period: workingDaysFromReceipt(5, 5),
    task: {
      kind: 'witness-availability',
      title: 'Ask the witness on which days they cannot come, and record it',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The trial is fixed for a day on which a witness cannot come.',
    examples: [
      { facts: { receivedAt: '2026-04-02T09:00:00.000Z' }, legalDue: '2026-04-13', why: 'over Easter' },
      { facts: { receivedAt: '2026-12-18T16:50:00.000Z' }, legalDue: '2026-12-29', why: 'over Christmas' },
    ],
  },
];
