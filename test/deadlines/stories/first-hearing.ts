import { discontinued, event, hearing, inCustody, listed, onBail, served } from './bodies.ts';
import type { Story } from './story.ts';

const chargedTheft = {
  code: 'TH68010',
  title: 'Theft from a shop',
  class: 'either-way',
  committedOn: '2026-01-09',
  chargedOn: '2026-01-10',
};
const withFirstHearing = onBail({ hearings: [hearing('2026-01-20', 'first-hearing')] });

export const firstHearingStories: Story[] = [
  {
    rule: 'tsj-gap-14',
    protects: 'a bailed defendant who is expected to plead guilty is before a court within 14 days of charge',
    case: onBail({ anticipatedPlea: 'guilty' }),
    events: [],
    expect: { legalDue: '2026-01-19', about: 'defendant' },
    meets: listed('2026-01-08', hearing('2026-01-16', 'first-hearing')),
    ends: discontinued('2026-01-12'),
  },
  {
    rule: 'tsj-gap-14',
    protects: 'a hearing listed after the 14 days does not meet the target',
    case: onBail({
      anticipatedPlea: 'guilty',
      hearings: [hearing('2026-01-20', 'first-hearing')],
    }),
    events: [],
    expect: { legalDue: '2026-01-19', about: 'defendant' },
  },
  {
    rule: 'tsj-ngap-28',
    protects: 'where no guilty plea is expected, the first hearing is within 28 days of charge',
    case: onBail({ anticipatedPlea: 'none' }),
    events: [],
    expect: { legalDue: '2026-02-02', about: 'defendant' },
    meets: listed('2026-01-08', hearing('2026-01-30', 'first-hearing')),
    ends: discontinued('2026-01-12'),
  },
  {
    rule: 'custody-next-court',
    protects: 'a defendant charged on a Saturday and kept in custody is before a court on Monday',
    case: inCustody({
      receivedAt: '2026-01-10T12:00:00+00:00',
      defendants: [
        { name: 'Sam Example', dateOfBirth: '1990-05-01', remand: 'custody', offences: [chargedTheft] },
      ],
    }),
    events: [],
    expect: { legalDue: '2026-01-12', about: 'defendant' },
    meets: listed('2026-01-10', hearing('2026-01-12', 'first-hearing')),
    ends: event('bailed', '2026-01-11'),
  },
  {
    rule: 'idpc-serve',
    protects: 'initial details are served before the day of the first hearing begins',
    case: withFirstHearing,
    events: [],
    expect: { legalDue: '2026-01-20', about: 'hearing' },
    meets: served('initial-details', '2026-01-15'),
    ends: discontinued('2026-01-16'),
  },
  {
    rule: 'idpc-serve',
    protects: 'the limit goes with the hearing when it is moved',
    case: withFirstHearing,
    events: [event('hearing-moved', '2026-01-15', { hearing: 0, data: { on: '2026-01-27' } })],
    expect: { legalDue: '2026-01-27', about: 'hearing' },
    ends: event('hearing-vacated', '2026-01-16', { hearing: 0 }),
  },
  {
    rule: 'cps-review-before-first',
    protects: 'the CPS has reviewed the case by the business day before the first hearing',
    case: withFirstHearing,
    events: [],
    expect: { legalDue: '2026-01-19', about: 'hearing' },
    meets: event('action-plan-received', '2026-01-12', {
      data: { items: [{ material: 'MG11', why: 'Statement of the store detective', dueOn: '2026-01-16' }] },
    }),
    ends: discontinued('2026-01-16'),
  },
  {
    rule: 'file-to-cps-post-charge',
    protects: 'the file is with the CPS five working days after charge, the hearing being further off',
    case: withFirstHearing,
    events: [],
    expect: { legalDue: '2026-01-12', about: 'case' },
    meets: event('file-submitted', '2026-01-09'),
    ends: discontinued('2026-01-09'),
  },
  {
    rule: 'file-to-cps-post-charge',
    protects: 'in custody the file goes to the CPS on the day of charge',
    case: inCustody(),
    events: [],
    expect: { legalDue: '2026-01-05', about: 'case' },
  },
];
