import type { CaseState, HearingState, OffenceState } from '../case-state.ts';
import { decidedBy, everyOffence, pleaOrFinding, served } from '../conditions.ts';
import { isDrinkOrDrugDriving } from '../../reference/offence-families.ts';
import { clearDaysBefore, daysBefore } from '../periods.ts';
import type { Rule } from '../rule.ts';
import { perHearing, type Started } from '../starts.ts';

const offendersAct = 'Road Traffic Offenders Act 1988';

const beforeHearing = {
  version: 1,
  inForce: { from: '1989-05-15' },
  about: 'hearing',
  consequence: 'hearing',
  danger: false,
} as const;

type Applies = (state: CaseState, hearing: HearingState) => boolean;

/** A hearing in a magistrates' court of one of the types, where something else holds too. */
const hearing = (says: string, types: readonly HearingState['type'][], applies: Applies) =>
  perHearing(says, (one, state): Started =>
    one.court !== 'crown' && types.includes(one.type) && applies(state, one)
      ? { cause: one.listed, facts: { hearingOn: one.on } }
      : null,
  );

const isServed = (state: CaseState, document: string): boolean =>
  state.documents.some((one) => one.document === document);

const hasDrinkDriveCharge = (state: CaseState): boolean =>
  state.defendants.some(({ offences }) => offences.some(({ code }) => isDrinkOrDrugDriving(code)));

/** A hearing at which the charge may have to be proved: a trial, or a first hearing that expects no plea of guilty. */
const mayNeedProof: Applies = (state, { type }) => type === 'trial' || state.anticipatedPlea !== 'guilty';

const asked = (state: CaseState, material: string): boolean =>
  state.requests.some((request) => request.material === material);

const drinkDriveDecided = everyOffence(
  'a guilty plea or a finding on every drink or drug driving charge',
  decidedBy,
  ({ code }: OffenceState) => isDrinkOrDrugDriving(code),
);

/** A step of the defence that the hub only watches. */
const watched = (kind: string, title: string) =>
  ({ kind, title, when: 'never', effortMinutes: 5, meets: true }) as const;

export const trafficHearings: readonly Rule[] = [
  {
    ...beforeHearing,
    id: 'drink-drive-cert-7d',
    title: 'Serve the printout or analyst’s certificate, drink or drug driving',
    authority: { instrument: offendersAct, provision: 's.16(1), (3), (6)', grade: 'A' },
    owner: 'police',
    starts: hearing(
      'a trial, or a first hearing that expects no plea of guilty, is listed for a drink or drug driving charge',
      ['trial', 'first-hearing'],
      (state, one) => hasDrinkDriveCharge(state) && mayNeedProof(state, one),
    ),
    meets: [served('drink-drive-certificate')],
    ends: [drinkDriveDecided],
    period: daysBefore(7, 'hearingOn'),
    warnings: [14],
    task: {
      kind: 'drink-drive-certificate',
      title: 'Check that the printout or certificate was handed over or served seven days before the hearing',
      when: 'on-alert',
      effortMinutes: 15,
      meets: true,
    },
    ifMissed: 'The printout or certificate is not evidence by itself: a witness must be called.',
    examples: [
      { facts: { hearingOn: '2026-04-16' }, legalDue: '2026-04-09', why: 'not later than seven days before' },
      {
        facts: { hearingOn: '2026-05-11' },
        legalDue: '2026-05-04',
        actionDue: '2026-05-01',
        why: 'the early May bank holiday moves nothing; act on Friday',
      },
    ],
  },
  {
    ...beforeHearing,
    id: 'drink-drive-cert-attend-3d',
    title: 'Defence requires the signatory of the drink or drug driving certificate',
    authority: { instrument: offendersAct, provision: 's.16(4)', grade: 'A' },
    owner: 'defence',
    starts: hearing(
      'a trial or first hearing is listed and the certificate has been served',
      ['trial', 'first-hearing'],
      (state, one) => isServed(state, 'drink-drive-certificate') && mayNeedProof(state, one),
    ),
    meets: [served('drink-drive-certificate-counter-notice')],
    ends: [pleaOrFinding],
    period: daysBefore(3, 'hearingOn'),
    warnings: [],
    task: watched('drink-drive-certificate', 'Check whether the defence requires the signatory to attend'),
    ifMissed: 'The certificate is evidence without its signatory.',
    examples: [
      { facts: { hearingOn: '2026-04-16' }, legalDue: '2026-04-13', why: 'not later than three days before' },
      {
        facts: { hearingOn: '2026-04-09' },
        legalDue: '2026-04-06',
        actionDue: '2026-04-02',
        why: 'Easter Monday moves nothing',
      },
    ],
  },
  {
    ...beforeHearing,
    id: 's11-cert-7d',
    title: 'Serve the constable’s certificate of who was driver or owner',
    authority: { instrument: offendersAct, provision: 's.11(3)', grade: 'A' },
    owner: 'police',
    starts: hearing(
      'a trial or first hearing is listed and a section-11-certificate has been asked for (action plan or material request)',
      ['trial', 'first-hearing'],
      (state) => asked(state, 'section-11-certificate'),
    ),
    meets: [served('section-11-certificate')],
    ends: [pleaOrFinding],
    period: daysBefore(7, 'hearingOn'),
    warnings: [14],
    task: {
      kind: 'section-11-certificate',
      title: 'Check that the section 11 certificate was served seven days before the hearing',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The certificate is not evidence: the constable must be called.',
    examples: [
      { facts: { hearingOn: '2026-06-18' }, legalDue: '2026-06-11', why: 'not later than seven days before' },
      {
        facts: { hearingOn: '2026-04-10' },
        legalDue: '2026-04-03',
        actionDue: '2026-04-02',
        why: 'Good Friday moves nothing',
      },
    ],
  },
  {
    ...beforeHearing,
    id: 's11-cert-3d',
    title: 'Defence requires the signatory of the section 11 certificate',
    authority: { instrument: offendersAct, provision: 's.11(3)', grade: 'A' },
    owner: 'defence',
    starts: hearing(
      'a trial or first hearing is listed and the section 11 certificate has been served',
      ['trial', 'first-hearing'],
      (state) => isServed(state, 'section-11-certificate'),
    ),
    meets: [served('section-11-counter-notice')],
    ends: [pleaOrFinding],
    period: daysBefore(3, 'hearingOn'),
    warnings: [],
    task: watched('section-11-certificate', 'Check whether the defence requires the signatory to attend'),
    ifMissed: 'The certificate is evidence without its signatory.',
    examples: [
      { facts: { hearingOn: '2026-06-18' }, legalDue: '2026-06-15', why: 'not later than three days before' },
      {
        facts: { hearingOn: '2026-05-07' },
        legalDue: '2026-05-04',
        actionDue: '2026-05-01',
        why: 'the early May bank holiday moves nothing',
      },
    ],
  },
  {
    ...beforeHearing,
    id: 'prev-conviction-7d',
    title: 'Serve notice of previous convictions on a defendant who will be absent',
    authority: { instrument: offendersAct, provision: 's.13(4)(c)', grade: 'A' },
    owner: 'police',
    starts: hearing(
      'a first hearing or sentence is listed in a traffic case and a plea of guilty by post was offered or came',
      ['first-hearing', 'sentence'],
      (state) =>
        state.kind === 'traffic' &&
        (isServed(state, 'section-12-notice') || isServed(state, 'written-guilty-plea')),
    ),
    meets: [served('previous-convictions-notice')],
    ends: [
      everyOffence(
        'sentenced, or the charge is at an end',
        (offence, defendant) =>
          offence.sentenced ?? offence.acquitted ?? offence.discontinued ?? defendant.died,
      ),
    ],
    period: clearDaysBefore(7, 'hearingOn'),
    warnings: [7],
    task: {
      kind: 'previous-convictions-notice',
      title: 'Serve notice of previous convictions, if there are any',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The court cannot take the previous convictions into account in the defendant’s absence.',
    examples: [
      { facts: { hearingOn: '2026-06-18' }, legalDue: '2026-06-10', why: 'seven clear days, 11 to 17 June' },
      {
        facts: { hearingOn: '2026-04-14' },
        legalDue: '2026-04-06',
        actionDue: '2026-04-02',
        why: 'Easter Monday moves nothing; act on Thursday',
      },
    ],
  },
  {
    ...beforeHearing,
    id: 'licence-hearing',
    title: 'Driving licence delivered to the court the day before the hearing, or posted, or brought',
    authority: { instrument: offendersAct, provision: 's.7(1)', grade: 'A' },
    owner: 'defence',
    consequence: 'record',
    starts: hearing(
      'a first hearing is listed in a traffic case begun by charge or requisition',
      ['first-hearing'],
      (state) => state.kind === 'traffic' && state.initiation !== 'single-justice-procedure',
    ),
    meets: [],
    ends: [pleaOrFinding],
    period: daysBefore(1, 'hearingOn'),
    warnings: [],
    task: watched('driving-licence', 'Check whether the licence has reached the court'),
    ifMissed: 'The licence may still be brought to the hearing.',
    examples: [
      { facts: { hearingOn: '2026-06-18' }, legalDue: '2026-06-17', why: 'the day before' },
      {
        facts: { hearingOn: '2026-04-07' },
        legalDue: '2026-04-06',
        actionDue: '2026-04-02',
        why: 'Easter Monday moves nothing',
      },
    ],
  },
];
