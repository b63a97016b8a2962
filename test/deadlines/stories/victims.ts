import {
  beforeCharge,
  event,
  heardOnFriday,
  hearing,
  notGuilty,
  person,
  plea,
  served,
  twoCharges,
  withVictim,
  withWitness,
} from './bodies.ts';
import type { Story } from './story.ts';

const reached = { attempt: 'reached' } as const;
const declined = { attempt: 'declined' } as const;

/** An event of Friday 5 June 2026 that a victim is told of: five working days, or one. */
const told = (
  rule: string,
  protects: string,
  news: Parameters<typeof heardOnFriday>,
  legalDue: string,
): Story => ({
  rule,
  protects,
  case: withVictim(),
  events: [heardOnFriday(...news)],
  expect: { legalDue, about: 'person' },
  meets: reached,
});

const guiltyOnFriday = heardOnFriday('plea-entered', { data: { plea: 'guilty' } });

export const victimStories: Story[] = [
  {
    rule: 'vc-contact-person',
    protects: 'a victim hears within five working days that another caseworker looks after the case',
    case: withVictim(),
    events: [{ givenOn: '2027-12-30' }],
    expect: { legalDue: '2028-01-07', about: 'person' },
    meets: reached,
  },
  told(
    'vc-suspect-events',
    'a victim hears within five working days that bail conditions were changed',
    ['bail-changed'],
    '2026-06-12',
  ),
  {
    rule: 'vc-charge',
    protects: 'a victim hears of the charge within five working days of the hub’s having the case',
    case: withVictim(),
    events: [],
    expect: { legalDue: '2026-01-14', about: 'person' },
    meets: reached,
  },
  {
    rule: 'vc-charge',
    protects: 'a case that came in before charge owes the news when the charge is made',
    case: beforeCharge({ victims: [person()] }),
    events: [
      event('charging-decision-requested', '2026-01-08', { data: { category: 'green' } }),
      event('charged', '2026-02-10', { receivedAt: '2026-02-10T10:00:00+00:00' }),
    ],
    expect: { legalDue: '2026-02-17', about: 'person' },
    meets: declined,
  },
  told(
    'vc-nfa-not-charge',
    'a victim hears within five working days why there is no prosecution',
    ['decision-not-to-prosecute'],
    '2026-06-12',
  ),
  told('vc-bail-hearing', 'a victim hears of bail within five working days', ['bailed'], '2026-06-12'),
  {
    rule: 'vc-bail-hearing',
    protects: 'a victim with enhanced rights hears of bail within one working day',
    case: withVictim({ victims: [person({ enhancedRights: true })] }),
    events: [heardOnFriday('bailed')],
    expect: { legalDue: '2026-06-08', about: 'person' },
    meets: declined,
  },
  {
    rule: 'vc-bail-hearing',
    protects: 'a victim of domestic abuse is owed one working day before anybody has assessed it',
    case: withVictim({ domesticAbuse: true }),
    events: [heardOnFriday('bailed')],
    expect: { legalDue: '2026-06-08', about: 'person' },
  },
  told(
    'vc-warrant',
    'a victim hears of a warrant within five working days',
    ['warrant-issued'],
    '2026-06-12',
  ),
  {
    rule: 'vc-give-evidence',
    protects: 'a witness hears in one working day that they must give evidence, but not after a guilty plea',
    case: withWitness(),
    events: [heardOnFriday('witness-required', { person: 0 })],
    expect: { legalDue: '2026-06-08', about: 'person' },
    meets: reached,
    ends: plea('guilty', '2026-06-08'),
  },
  {
    rule: 'vc-give-evidence',
    protects: 'only the witness whom the event names is told',
    case: withWitness({ witnesses: [person(), person({ name: 'Robin Example' })] }),
    events: [heardOnFriday('witness-required', { person: 1 })],
    expect: { legalDue: '2026-06-08', about: 'person', count: 1 },
  },
  told(
    'vc-special-measures-outcome',
    'the person hears as soon as practicable what special measures they have',
    ['special-measures-decided', { data: { granted: true } }],
    '2026-06-08',
  ),
  {
    rule: 'vc-outcome',
    protects:
      'a victim hears of a guilty plea in one working day, and of plea and sentence of one day together',
    case: withVictim(),
    events: [guiltyOnFriday],
    expect: { legalDue: '2026-06-08', about: 'person' },
    meets: reached,
    ends: heardOnFriday('sentenced'),
  },
  {
    rule: 'vc-outcome',
    protects: 'verdicts of one day on two charges are one conversation, for the victim and for the witness',
    case: twoCharges({ victims: [person()], witnesses: [person({ name: 'Robin Example' })] }),
    events: [
      heardOnFriday('convicted', { offence: [0, 0] }),
      heardOnFriday('acquitted', { offence: [0, 1] }),
    ],
    expect: { legalDue: '2026-06-08', about: 'person', count: 2 },
  },
  {
    rule: 'vc-outcome',
    protects: 'a conviction that follows from a guilty plea of an earlier day is no news',
    case: withVictim(),
    events: [guiltyOnFriday, event('convicted', '2026-06-12', { receivedAt: '2026-06-12T10:00:00+01:00' })],
    expect: { legalDue: '2026-06-08', about: 'person' },
  },
  told('vc-sentence', 'a victim hears the sentence in one working day', ['sentenced'], '2026-06-08'),
  told('vc-appeal', 'a victim hears of an appeal in one working day', ['appeal-lodged'], '2026-06-08'),
  {
    rule: 'vc-hearing-date',
    protects:
      'a hearing that is in the case when it is received is told in one working day, until it is moved',
    case: withVictim({ hearings: [hearing('2026-01-20', 'first-hearing')] }),
    events: [],
    expect: { legalDue: '2026-01-08', about: 'person' },
    meets: reached,
    ends: event('hearing-vacated', '2026-01-08', { hearing: 0 }),
  },
  {
    rule: 'vc-hearing-date',
    protects: 'of two dates of one hearing only the one that stands is told',
    case: withVictim({ hearings: [hearing('2026-06-20', 'first-hearing')] }),
    events: [heardOnFriday('hearing-moved', { hearing: 0, data: { on: '2026-06-27' } })],
    expect: { legalDue: '2026-06-08', about: 'person', count: 1 },
    meets: reached,
  },
  {
    rule: 'vc-hearing-date',
    protects: 'victim and witness are told of a trial, the witness not of a first hearing',
    case: withVictim({
      witnesses: [person({ name: 'Robin Example' })],
    }),
    events: [
      heardOnFriday('trial-listed', {
        data: { on: '2026-09-14', court: 'magistrates', courtName: 'Example Magistrates’ Court' },
      }),
    ],
    expect: { legalDue: '2026-06-08', about: 'person', count: 2 },
  },
  {
    rule: 'vc-vps-offer',
    protects: 'a victim is asked for a personal statement ten business days before sentence',
    case: withVictim(),
    events: [
      event('hearing-listed', '2026-05-01', {
        receivedAt: '2026-05-01T10:00:00+01:00',
        data: hearing('2026-06-08', 'sentence'),
      }),
    ],
    expect: { legalDue: '2026-05-22', about: 'person' },
    meets: declined,
    ends: event('hearing-vacated', '2026-05-05', { hearing: 'last' }),
  },
  {
    rule: 'court-result-chase',
    protects: 'a court whose result has not come in five working days is asked for it',
    case: withVictim({ hearings: [hearing('2026-01-20', 'first-hearing')] }),
    events: [],
    expect: { legalDue: '2026-01-27', about: 'hearing' },
    meets: plea('not-guilty', '2026-01-20'),
    ends: event('hearing-vacated', '2026-01-15', { hearing: 0 }),
  },
  {
    rule: 'vc-support-referral',
    protects: 'a victim is referred to a support service two working days after the case is received',
    case: withVictim(),
    events: [],
    expect: { legalDue: '2026-01-09', about: 'person' },
    meets: event('support-referral-made', '2026-01-08', { person: 0 }),
  },
  {
    rule: 'vc-trial-needs',
    protects: 'a witness who must give evidence is asked what they need once there is a not guilty plea',
    case: withWitness(),
    events: [
      { ...notGuilty, receivedAt: '2026-03-30T12:00:00+01:00' },
      heardOnFriday('witness-required', { person: 0 }),
    ],
    expect: { legalDue: '2026-06-12', about: 'person' },
    ends: plea('guilty', '2026-06-08'),
  },
  {
    rule: 'vc-expenses',
    protects: 'a claim for expenses is paid within ten working days',
    case: withWitness(),
    events: [heardOnFriday('document-served', { person: 0, data: { document: 'expenses-claim' } })],
    expect: { legalDue: '2026-06-19', about: 'person' },
  },
  {
    rule: 'vc-property',
    protects: 'a victim’s property goes back as soon as it is no longer needed',
    case: withVictim(),
    events: [heardOnFriday('property-no-longer-needed')],
    expect: { legalDue: '2026-06-08', about: 'person' },
  },
  {
    rule: 'vc-probation-contact',
    protects: 'after a custodial sentence the victim is referred to Probation in 20 working days',
    case: withVictim(),
    events: [heardOnFriday('sentenced', { data: { custodial: true } })],
    expect: { legalDue: '2026-07-03', about: 'person' },
  },
  {
    rule: 'vrr-cps',
    protects: 'a victim has ten working days to ask for a review',
    case: withVictim(),
    events: [heardOnFriday('decision-not-to-prosecute')],
    expect: { legalDue: '2026-06-19', about: 'person' },
    meets: served('victims-right-to-review-request', '2026-06-15'),
  },
  {
    rule: 'vrr-cps',
    protects: 'a victim may ask for a review of a charge that was dropped, too',
    case: withVictim(),
    events: [heardOnFriday('discontinued')],
    expect: { legalDue: '2026-06-19', about: 'person' },
  },
  told(
    'vc-nfa-not-charge',
    'a victim hears within five working days why a charge was altered',
    ['charge-altered'],
    '2026-06-12',
  ),
  told(
    'vc-appeal',
    'a victim hears in one working day how an appeal ended',
    ['appeal-decided'],
    '2026-06-08',
  ),
];
