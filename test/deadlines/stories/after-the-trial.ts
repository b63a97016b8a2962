import { finalised } from './bodies.ts';
import { died, event, inCustody, magistratesHearing, sent, served } from './parts.ts';
import type { Story } from './story.ts';

const convicted = event('convicted', '2026-06-10');
const sentenced = event('sentenced', '2026-06-10');
const appealLodged = event('appeal-lodged', '2026-06-15');
const toCrownCourt = sent('2026-06-05');
const appealNotice = served('appeal-notice', '2026-06-15');
const firstHearing = { hearings: [magistratesHearing('2026-06-10', 'first-hearing')] };
const plea = event('plea-entered', '2026-06-10', { plea: 'not-guilty' });
const vacated = { ...event('hearing-vacated', '2026-06-09'), hearing: 0 };

const magistratesAppeal = { case: {}, events: [convicted, sentenced] };

export const afterTheTrialStories: Story[] = [
  {
    ...magistratesAppeal,
    rule: 'appeal-crown-court',
    protects: 'a defendant can appeal from the magistrates for 15 business days after sentence',
    expect: { legalDue: '2026-07-01', about: 'defendant' },
    meets: appealLodged,
    ends: died('2026-06-12'),
  },
  {
    rule: 'appeal-crown-court',
    protects: 'where sentence is deferred, time for an appeal against conviction runs from the deferral',
    case: {},
    events: [convicted, event('sentence-deferred', '2026-06-10')],
    expect: { legalDue: '2026-07-01', about: 'defendant' },
  },
  {
    rule: 'appeal-respondent-notice',
    protects: 'the respondent answers an appeal against conviction within 15 business days',
    case: {},
    events: [convicted, sentenced, appealNotice],
    expect: { legalDue: '2026-07-06', about: 'defendant' },
    meets: served('appeal-respondent-notice', '2026-06-30'),
    ends: died('2026-06-20'),
  },
  {
    rule: 'appeal-renew-materials',
    protects: 'special measures of the trial are asked for again for the appeal',
    case: {},
    events: [served('special-measures-application', '2026-06-05'), convicted, sentenced, appealNotice],
    expect: { legalDue: '2026-07-06', about: 'defendant' },
    meets: served('appeal-renewal-application', '2026-06-30'),
    ends: died('2026-06-20'),
  },
  {
    rule: 'case-stated-21',
    protects: 'an acquittal by the magistrates can go to the High Court for 21 days',
    case: {},
    events: [event('acquitted', '2026-06-10')],
    expect: { legalDue: '2026-07-01', about: 'defendant' },
    meets: served('case-stated-application', '2026-06-30'),
    ends: died('2026-06-12'),
  },
  {
    rule: 'case-stated-reps',
    protects: 'representations on a case stated are due in ten business days',
    case: {},
    events: [convicted, sentenced, served('case-stated-application', '2026-06-15')],
    expect: { legalDue: '2026-06-29', about: 'defendant' },
    meets: served('case-stated-representations', '2026-06-20'),
    ends: died('2026-06-20'),
  },
  {
    rule: 'case-stated-decision',
    protects: 'the court decides fifteen business days after the time for representations',
    case: {},
    events: [convicted, sentenced, served('case-stated-application', '2026-06-15')],
    expect: { legalDue: '2026-07-20', about: 'defendant' },
    ends: died('2026-06-20'),
  },
  {
    rule: 'appeal-coa-28',
    protects: 'a conviction in the Crown Court can be appealed for 28 days',
    case: {},
    events: [toCrownCourt, convicted],
    expect: { legalDue: '2026-07-08', about: 'defendant' },
    meets: appealLodged,
    ends: died('2026-06-12'),
  },
  {
    rule: 'uls-28',
    protects: 'a Crown Court sentence can be referred as unduly lenient for 28 days',
    case: {},
    events: [toCrownCourt, convicted, sentenced],
    expect: { legalDue: '2026-07-08', about: 'defendant' },
    ends: died('2026-06-12'),
  },
  {
    rule: 'sentence-deferred',
    protects: 'a deferred sentence is passed within six months',
    case: {},
    events: [convicted, event('sentence-deferred', '2026-06-10')],
    expect: { legalDue: '2026-12-10', about: 'defendant' },
    meets: event('sentenced', '2026-11-30'),
    ends: died('2026-07-01'),
  },
  {
    rule: 'statutory-declaration-21',
    protects: 'a defendant who did not know has 21 days from learning of the proceedings',
    case: {},
    events: [convicted, sentenced, event('learned-of-proceedings', '2026-06-15')],
    expect: { legalDue: '2026-07-06', about: 'defendant' },
    meets: served('statutory-declaration', '2026-06-20'),
    ends: died('2026-06-20'),
  },
  {
    rule: 'statdec-effect',
    protects: 'a statutory declaration starts the hub’s work again the same day',
    case: {},
    events: [convicted, sentenced, served('statutory-declaration', '2026-06-15')],
    expect: { legalDue: '2026-06-15', about: 'defendant' },
    meets: event('hearing-listed', '2026-06-15', magistratesHearing('2026-07-15', 'other')),
    ends: died('2026-06-16'),
  },
  {
    rule: 'results-chase',
    protects: 'a result that has not come is looked for the next working day',
    case: firstHearing,
    events: [],
    expect: { legalDue: '2026-06-11', about: 'hearing' },
    meets: plea,
    ends: vacated,
  },
  {
    rule: 'results-chase-court',
    protects: 'a result that is still missing after three working days is asked of the court',
    case: firstHearing,
    events: [],
    expect: { legalDue: '2026-06-15', about: 'hearing' },
    meets: event('hearing-listed', '2026-06-11', magistratesHearing('2026-07-15', 'other')),
    ends: vacated,
  },
  {
    rule: 'pnc-as-24h',
    protects: 'an arrest is on the Police National Computer within 24 hours',
    case: {},
    events: [{ type: 'arrested', at: '2026-05-28T10:00:00+01:00' }],
    expect: { legalDue: '2026-05-29T09:00:00.000Z', about: 'defendant' },
    meets: event('pnc-arrest-recorded', '2026-05-28'),
  },
  {
    rule: 'pnc-disposal-7d',
    protects: 'a result is on the Police National Computer seven days after the police received it',
    case: {},
    events: [convicted, { ...sentenced, receivedAt: '2026-06-12T10:00:00+01:00' }],
    expect: { legalDue: '2026-06-19', about: 'defendant' },
    meets: event('pnc-disposal-recorded', '2026-06-15'),
  },
  {
    ...magistratesAppeal,
    rule: 'exhibit-6-weeks',
    protects:
      'exhibits are kept for six weeks after the magistrates have done, and on until an appeal is over',
    expect: { legalDue: '2026-07-22', about: 'case' },
    ends: appealLodged,
  },
  {
    ...magistratesAppeal,
    rule: 'cpia-retention',
    protects: 'material is kept for six months after conviction, and on until an appeal is over',
    case: inCustody({
      code: 'TH68006',
      class: 'either-way',
      committedOn: '2026-05-01',
      chargedOn: '2026-05-29',
    }),
    expect: { legalDue: '2026-12-10', about: 'defendant' },
    ends: appealLodged,
  },
  {
    ...magistratesAppeal,
    rule: 'finalise-case',
    protects: 'a case is closed ten working days after its last result, unless there is an appeal',
    expect: { legalDue: '2026-06-24', about: 'case' },
    meets: finalised('2026-06-20'),
    ends: appealLodged,
  },
  {
    ...magistratesAppeal,
    rule: 'finalise-case-appeal-check',
    protects: 'somebody looks for a late appeal five business days after the time for one',
    expect: { legalDue: '2026-07-08', about: 'defendant' },
    ends: appealLodged,
  },
];
