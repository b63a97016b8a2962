import { concerns } from '../pleas.ts';
import type { CaseState, Occurrence, OffenceState, PersonState } from '../case-state.ts';
import { contactMade, finding, pleaOrFinding } from '../conditions.ts';
import { newsOf, owedFrom, perPersonAndNews } from '../news.ts';
import { workingDaysFromReceipt } from '../periods.ts';
import type { Condition, Example, Rule } from '../rule.ts';
import { anyOf, perPersonEach } from '../starts.ts';

const code = 'Code of Practice for Victims of Crime (in force 1 April 2021)';

/** An update by telling the person: what nobody was reached with is still owed. */
const owed = {
  version: 1,
  inForce: { from: '2021-04-01' },
  owner: 'hub',
  about: 'person',
  consequence: 'victim',
  danger: false,
  meets: [contactMade],
  ends: [] as readonly Condition[],
  warnings: [],
  ifMissed: 'The person was not told in time: a breach of the Victims’ Code, of which they may complain.',
} as const;

const toldOf = (title: string) =>
  ({ kind: 'victim-contact', title, when: 'at-once', effortMinutes: 20, meets: false }) as const;

const right = (provision: string, grade: 'B' | 'C' = 'B') =>
  ({ instrument: code, provision, grade }) as const;

/** Five working days, one with enhanced rights. */
const fiveOrOne = {
  period: workingDaysFromReceipt(5, 1),
  examples: [
    { facts: { receivedAt: '2026-12-24T10:00:00.000Z' }, legalDue: '2027-01-05', why: 'over Christmas' },
    {
      facts: { receivedAt: '2026-12-24T10:00:00.000Z', enhancedRights: true },
      legalDue: '2026-12-29',
      why: 'one working day with enhanced rights; the 25th and 28th are bank holidays',
    },
    { facts: { receivedAt: '2026-04-02T09:00:00.000Z' }, legalDue: '2026-04-13', why: 'over Easter' },
  ] as readonly [Example, Example, Example],
};

/** One working day for everybody. */
const one = {
  period: workingDaysFromReceipt(1, 1),
  examples: [
    { facts: { receivedAt: '2026-12-18T16:50:00.000Z' }, legalDue: '2026-12-21', why: 'Friday to Monday' },
    { facts: { receivedAt: '2026-04-02T09:00:00.000Z' }, legalDue: '2026-04-07', why: 'over Easter' },
    {
      facts: { receivedAt: '2026-05-31T23:30:00.000Z' },
      legalDue: '2026-06-02',
      why: 'half past midnight in London is Monday 1 June already',
    },
  ] as readonly [Example, Example, Example],
};

const named = (person: PersonState, occurrence: Occurrence): boolean =>
  occurrence.personId === undefined || occurrence.personId === person.id;
const victims = (person: PersonState, occurrence: Occurrence): boolean =>
  person.role === 'victim' && named(person, occurrence);
/** The Witness Charter sets no number of days for witnesses; the hub applies the victims' periods to all. */
const victimsAndWitnesses = named;

const ofType =
  (...types: string[]) =>
  (occurrence: Occurrence): boolean =>
    types.includes(occurrence.type);

const offencesOfEvent = (state: CaseState, occurrence: Occurrence): OffenceState[] =>
  state.defendants.flatMap(({ offences }) => offences).filter((offence) => concerns(occurrence, offence));

const isGuiltyPlea = ({ type, data }: Occurrence): boolean =>
  type === 'plea-entered' && data['plea'] === 'guilty';

/** A guilty plea, a verdict or the end of a charge; but not a conviction that follows from an earlier day's guilty plea. */
function isOutcome(occurrence: Occurrence, state: CaseState): boolean {
  if (occurrence.type !== 'convicted')
    return ['acquitted', 'discontinued'].includes(occurrence.type) || isGuiltyPlea(occurrence);
  return !offencesOfEvent(state, occurrence).every(
    ({ plea }) => plea?.plea === 'guilty' && plea.on < occurrence.on,
  );
}

/** Victims were told of a decision not to prosecute; witnesses were not, and hear of it when the charge is dropped. */
function isNewsTo(person: PersonState, occurrence: Occurrence, state: CaseState): boolean {
  if (!victimsAndWitnesses(person, occurrence)) return false;
  if (person.role === 'witness' || occurrence.type !== 'discontinued') return true;
  const decisions = state.decisions.filter(
    ({ type, on }) => type === 'decision-not-to-prosecute' && on <= occurrence.on,
  );
  return !offencesOfEvent(state, occurrence).every((offence) =>
    decisions.some((decision) => concerns(decision, offence)),
  );
}

/** The talk about a sentence covers the conviction of the same day. */
const toldWithSentence: Condition = {
  says: 'the sentence is passed on the same day, and one conversation covers both',
  find: (state, start) => {
    const news = newsOf(state, start, isOutcome);
    const offences = news.flatMap((occurrence) => offencesOfEvent(state, occurrence));
    const covered =
      news.length > 0 &&
      news.every((occurrence) => occurrence.type === 'convicted' || isGuiltyPlea(occurrence)) &&
      offences.every(({ sentenced }) => sentenced?.on === start.on);
    return covered ? finding(offences[0]?.sentenced) : null;
  },
};

/** Charged when the case came in, unless a charging decision was still awaited. */
function chargedWhenReceived(state: CaseState): boolean {
  const offences = state.defendants.flatMap((defendant) => defendant.offences);
  const fromTheStart = ({ chargedBy }: OffenceState) => chargedBy.eventId === state.registered.eventId;
  const isAdded = ({ chargedBy }: OffenceState) =>
    state.decisions.some(({ type, eventId }) => type === 'charge-added' && eventId === chargedBy.eventId);
  return (
    offences.some((offence) => fromTheStart(offence) && offence.chargedOn !== undefined) ||
    (offences.every((offence) => fromTheStart(offence) || isAdded(offence)) &&
      !state.decisions.some(({ type }) => type === 'charging-decision-requested'))
  );
}

export const victimsCode: readonly Rule[] = [
  {
    ...owed,
    ...fiveOrOne,
    id: 'vc-suspect-events',
    title: 'Tell the victim of an arrest, interview, release, or change of bail, with reasons',
    authority: right('Right 6'),
    contact: { reason: 'suspect' },
    starts: perPersonAndNews(
      'an arrest, an interview under caution, a release without charge, or bail changed or cancelled',
      ofType('arrested', 'interviewed-under-caution', 'released-without-charge', 'bail-changed'),
      victims,
    ),
    task: toldOf('Tell the victim what has happened with the suspect, and why'),
  },
  {
    ...owed,
    ...fiveOrOne,
    id: 'vc-charge',
    title: 'Tell the victim that the suspect has been charged',
    authority: right('Right 6; gov.uk “within 5 days”, one working day with enhanced rights by analogy', 'C'),
    contact: { reason: 'charge' },
    starts: anyOf(
      'the case is received with its charges, or the suspect is charged with these or others',
      perPersonEach('the case is received with its charges', (person, state) =>
        person.role === 'victim' && chargedWhenReceived(state)
          ? [
              {
                cause: state.registered,
                clock: state.registered.eventId,
                facts: {
                  receivedAt: owedFrom(person, state.registered.receivedAt),
                  enhancedRights: person.enhanced,
                },
              },
            ]
          : [],
      ),
      perPersonAndNews('the suspect is charged', ofType('charged', 'charge-added'), victims),
    ),
    task: toldOf('Tell the victim that the suspect has been charged, and with what'),
  },
  {
    ...owed,
    ...fiveOrOne,
    id: 'vc-nfa-not-charge',
    title: 'Tell the victim of a decision not to prosecute, with reasons and the right to review',
    authority: right('Right 6; Right 10 (Victims’ Right to Review)'),
    owner: 'cps',
    contact: { reason: 'not-prosecuted' },
    starts: perPersonAndNews(
      'it is decided not to prosecute, or a charge is dropped or substantially altered',
      ofType('decision-not-to-prosecute', 'charge-altered'),
      victims,
    ),
    task: toldOf('Make sure the victim is told why there is no prosecution, and how to ask for a review'),
  },
  {
    ...owed,
    ...fiveOrOne,
    id: 'vc-bail-hearing',
    title: 'Tell the victim the outcome of the bail hearing, with conditions and reasons',
    authority: right('Right 6; court sends within 5 working days'),
    contact: { reason: 'bail' },
    starts: perPersonAndNews('bail is granted or refused', ofType('bailed', 'remanded'), victims),
    task: toldOf('Tell the victim the outcome of the bail hearing'),
  },
  {
    ...owed,
    ...fiveOrOne,
    id: 'vc-warrant',
    title: 'Tell the victim that a warrant has been issued for the defendant’s arrest',
    authority: right('Right 8; court sends within 5 working days'),
    contact: { reason: 'warrant' },
    starts: perPersonAndNews('a warrant is issued', ofType('warrant-issued'), victims),
    task: toldOf('Tell the victim that the defendant did not come and a warrant is out'),
  },
  {
    ...owed,
    ...one,
    id: 'vc-give-evidence',
    title: 'Tell them that they are required to give evidence',
    authority: right('Right 8'),
    contact: { reason: 'give-evidence' },
    starts: perPersonAndNews(
      'the CPS says that the person is required to give evidence',
      ofType('witness-required'),
      victimsAndWitnesses,
    ),
    ends: [pleaOrFinding],
    task: toldOf('Tell them that they are required to give evidence, and what happens next'),
  },
  {
    ...owed,
    id: 'vc-special-measures-outcome',
    title: 'Tell them, as soon as practicable, what special measures the court decided',
    authority: right('Right 4; CrimPR 2025 r.18.5(1): no number of days, the hub allows one working day'),
    contact: { reason: 'special-measures' },
    starts: perPersonAndNews(
      'the court decides on special measures',
      ofType('special-measures-decided'),
      victimsAndWitnesses,
    ),
    period: one.period,
    examples: one.examples,
    task: toldOf('Tell them what special measures they will have in court'),
  },
  {
    ...owed,
    ...one,
    id: 'vc-outcome',
    title: 'Tell them the outcome, with brief reasons',
    authority: right('Right 9'),
    contact: { reason: 'outcome' },
    starts: perPersonAndNews(
      'a guilty plea, a verdict, or the case is dropped at court',
      isOutcome,
      isNewsTo,
    ),
    ends: [toldWithSentence],
    task: toldOf('Tell them the outcome of the case'),
  },
  {
    ...owed,
    ...one,
    id: 'vc-sentence',
    title: 'Tell them the sentence and what it means, and of the unduly lenient sentence scheme',
    authority: right('Right 9'),
    contact: { reason: 'sentence' },
    starts: perPersonAndNews('a sentence is passed', ofType('sentenced'), victimsAndWitnesses),
    task: toldOf('Tell them the sentence, what it means, and how an unduly lenient one is questioned'),
  },
  {
    ...owed,
    ...one,
    id: 'vc-appeal',
    title: 'Tell the victim of an appeal, and what came of it',
    authority: right('Right 11: believed to be one working day', 'C'),
    contact: { reason: 'appeal' },
    starts: perPersonAndNews(
      'an appeal is lodged or decided',
      ofType('appeal-lodged', 'appeal-decided'),
      victims,
    ),
    task: toldOf('Tell the victim of the appeal, and what happens next'),
  },
];
