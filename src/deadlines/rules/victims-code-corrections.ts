import type { CaseState, ContactAttempted, Occurrence, PersonState, TakenBack } from '../case-state.ts';
import { contactMade } from '../conditions.ts';
import { workingDaysFromReceipt } from '../periods.ts';
import type { Example, Rule } from '../rule.ts';
import { perPersonEach } from '../starts.ts';

const code = 'Code of Practice for Victims of Crime (in force 1 April 2021)';

/** By which rule people are told of events of a type. */
const toldBy: Record<string, string> = {
  arrested: 'vc-suspect-events',
  'interviewed-under-caution': 'vc-suspect-events',
  'released-without-charge': 'vc-suspect-events',
  'bail-changed': 'vc-suspect-events',
  charged: 'vc-charge',
  'charge-added': 'vc-charge',
  'decision-not-to-prosecute': 'vc-nfa-not-charge',
  'charge-altered': 'vc-nfa-not-charge',
  bailed: 'vc-bail-hearing',
  remanded: 'vc-bail-hearing',
  'warrant-issued': 'vc-warrant',
  'witness-required': 'vc-give-evidence',
  'special-measures-decided': 'vc-special-measures-outcome',
  'plea-entered': 'vc-outcome',
  convicted: 'vc-outcome',
  acquitted: 'vc-outcome',
  discontinued: 'vc-outcome',
  sentenced: 'vc-sentence',
  'appeal-lodged': 'vc-appeal',
  'appeal-decided': 'vc-appeal',
  'hearing-listed': 'vc-hearing-date',
  'trial-listed': 'vc-hearing-date',
  'hearing-moved': 'vc-hearing-date',
};

const isNotGuilty = (type: string, data: Record<string, unknown>): boolean =>
  type === 'plea-entered' && data['plea'] !== 'guilty';

/** What takes the place of what was told and is told by itself, as another sentence is, needs no more words. */
const isToldAnyway = ({ by }: TakenBack): boolean => by.type in toldBy && !isNotGuilty(by.type, by.data);

/** Reached about the event before the hub learned that it was wrong: about it, or about news of the same day. */
function toldOf(state: CaseState, person: PersonState, { was, by }: TakenBack): ContactAttempted | undefined {
  const rule = toldBy[was.type];
  const sameTalk = (clock: string): boolean =>
    clock === was.eventId ||
    [...state.decisions, ...state.takenBack.map((one) => one.was)].some(
      ({ eventId, on, type }) => eventId === clock && on === was.on && toldBy[type] === rule,
    );
  return state.attempts.find(
    (attempt) =>
      attempt.personId === person.id &&
      attempt.rule === rule &&
      attempt.result === 'reached' &&
      sameTalk(attempt.clock) &&
      momentOf(attempt) >= was.receivedAt &&
      momentOf(attempt) <= by.receivedAt,
  );
}

const momentOf = ({ at, receivedAt }: Pick<Occurrence, 'at' | 'receivedAt'>): string => at ?? receivedAt;

/** Told the date before the hub learned that the hearing was off; by the clocks that stood for the hearing. */
function toldOfHearing(state: CaseState, person: PersonState, hearingId: string, vacated: string): boolean {
  const listings = [...state.decisions, ...state.takenBack.map(({ was }) => was)].filter(
    (one) => one.hearingId === hearingId && toldBy[one.type] === 'vc-hearing-date',
  );
  const clocks = new Set([
    `${state.registered.eventId}:${hearingId}`,
    ...listings.map(({ eventId }) => eventId),
  ]);
  return state.attempts.some(
    (attempt) =>
      attempt.personId === person.id &&
      attempt.rule === 'vc-hearing-date' &&
      attempt.result === 'reached' &&
      clocks.has(attempt.clock) &&
      momentOf(attempt) <= vacated,
  );
}

const owed = {
  version: 1,
  inForce: { from: '2021-04-01' },
  owner: 'hub',
  about: 'person',
  consequence: 'victim',
  danger: false,
  meets: [contactMade],
  ends: [],
  period: workingDaysFromReceipt(1, 1),
  warnings: [],
  examples: [
    { facts: { receivedAt: '2026-12-18T16:50:00.000Z' }, legalDue: '2026-12-21', why: 'Friday to Monday' },
    { facts: { receivedAt: '2026-04-02T09:00:00.000Z' }, legalDue: '2026-04-07', why: 'over Easter' },
  ] as readonly [Example, Example],
} as const;

const toldTask = (title: string) =>
  ({ kind: 'victim-contact', title, when: 'at-once', effortMinutes: 20, meets: false }) as const;

export const victimsCodeCorrections: readonly Rule[] = [
  {
    ...owed,
    id: 'vc-correction',
    title: 'Put right what they were told, which was wrong',
    authority: {
      instrument: code,
      provision: 'Rights 6 and 8: no period for a correction, the hub allows one working day',
      grade: 'P',
    },
    contact: { reason: 'correction' },
    starts: perPersonEach(
      'what the person was told is taken back, and nothing of which they are told by itself takes its place',
      (person, state) =>
        state.takenBack
          .filter((taken) => !isNotGuilty(taken.was.type, taken.was.data) && !isToldAnyway(taken))
          .filter((taken) => toldOf(state, person, taken) !== undefined)
          .map(({ by }) => ({
            cause: by,
            clock: by.eventId,
            facts: { receivedAt: by.receivedAt, enhancedRights: person.enhanced },
          })),
    ),
    task: toldTask('Put right what they were told: it was wrong'),
    ifMissed: 'The person acts on what is not so.',
  },
  {
    ...owed,
    id: 'vc-hearing-off',
    title: 'Tell them that the hearing of which they were told will not take place',
    authority: {
      instrument: code,
      provision: 'Right 8: the same as the date of a hearing, by analogy',
      grade: 'P',
    },
    contact: { reason: 'hearing-off' },
    starts: perPersonEach('a hearing of which the person was told is vacated', (person, state) =>
      state.hearings.flatMap(({ id, vacated }) =>
        vacated !== undefined && toldOfHearing(state, person, id, vacated.receivedAt)
          ? [
              {
                cause: vacated,
                clock: vacated.eventId,
                hearingId: id,
                facts: { receivedAt: vacated.receivedAt, enhancedRights: person.enhanced },
              },
            ]
          : [],
      ),
    ),
    task: toldTask('Tell them that the hearing will not take place'),
    ifMissed: 'The person comes to court for nothing.',
  },
];
