import {
  carelessDriving,
  defendant,
  discontinued,
  event,
  guiltyPlea,
  magistratesHearing,
  notGuiltyPlea,
  served,
} from './parts.ts';
import type { Story } from './story.ts';

const singleJustice = {
  kind: 'traffic',
  initiation: 'single-justice-procedure',
  anticipatedPlea: 'none',
  defendants: [defendant([carelessDriving], { remand: 'none' })],
};

const requisition = {
  ...singleJustice,
  initiation: 'postal-requisition',
  hearings: [magistratesHearing('2026-07-15', 'first-hearing')],
};

const notice = served('single-justice-procedure-notice', '2026-06-01');

export const singleJusticeAndRequisitionStories: Story[] = [
  {
    rule: 'sjp-response-15bd',
    protects: 'the defendant has 15 business days from service to plead',
    case: singleJustice,
    events: [notice],
    expect: { legalDue: '2026-06-22', about: 'defendant' },
    meets: served('single-justice-procedure-response', '2026-06-15'),
    ends: discontinued('2026-06-10'),
  },
  {
    rule: 'sjp-aoc-withdraw-5bd',
    protects: 'an acceptance can be withdrawn for five business days',
    case: singleJustice,
    events: [notice, served('automatic-online-conviction-acceptance', '2026-06-10')],
    expect: { legalDue: '2026-06-17', about: 'defendant' },
    meets: served('automatic-online-conviction-withdrawal', '2026-06-12'),
    ends: discontinued('2026-06-12'),
  },
  {
    rule: 'sjp-s9-objection-15bd',
    protects: 'a statement served with the notice can be objected to for 15 business days',
    case: singleJustice,
    events: [served('section-9-statement', '2026-06-01')],
    expect: { legalDue: '2026-06-22', about: 'defendant' },
    meets: served('section-9-objection', '2026-06-15'),
    ends: discontinued('2026-06-10'),
  },
  {
    rule: 'sjp-publication',
    protects: 'the court’s list shows the case for five business days after the first fifteen',
    case: singleJustice,
    events: [notice],
    expect: { legalDue: '2026-06-29', about: 'defendant' },
    ends: discontinued('2026-06-10'),
  },
  {
    rule: 'sjp-cp-ready-28',
    protects: 'Common Platform marks the case ready 28 days after posting, not after service',
    case: singleJustice,
    events: [served('single-justice-procedure-notice', '2026-06-01', 'computer-post')],
    expect: { legalDue: '2026-06-29', about: 'defendant' },
    meets: notGuiltyPlea('2026-06-15'),
    ends: discontinued('2026-06-10'),
  },
  {
    rule: 'sjp-cp-dates-10',
    protects: 'dates to avoid are with the court ten days after a plea of not guilty',
    case: singleJustice,
    events: [notice, notGuiltyPlea('2026-06-10')],
    expect: { legalDue: '2026-06-20', actionDue: '2026-06-19', about: 'defendant' },
    meets: event('trial-listed', '2026-06-15', magistratesHearing('2026-09-15', 'trial')),
    ends: discontinued('2026-06-12'),
  },
  {
    rule: 'requisition-serve-copy',
    protects: 'the requisition is served before the first hearing',
    case: requisition,
    events: [],
    expect: { legalDue: '2026-07-14', about: 'hearing' },
    meets: served('written-charge-and-requisition', '2026-06-10'),
    ends: guiltyPlea('2026-07-01'),
  },
  {
    rule: 'requisition-youth-copy',
    protects: 'a parent gets a copy of the requisition of someone under 18',
    case: {
      ...requisition,
      defendants: [defendant([carelessDriving], { remand: 'none', dateOfBirth: '2009-02-01' })],
    },
    events: [served('written-charge-and-requisition', '2026-06-05')],
    expect: { legalDue: '2026-06-05', about: 'defendant' },
    meets: served('requisition-copy-to-parent', '2026-06-05'),
    ends: discontinued('2026-06-08'),
  },
  {
    rule: 'postal-plea-s12',
    protects: 'a plea by post comes no later than the business day before the hearing',
    case: requisition,
    events: [served('section-12-notice', '2026-06-05')],
    expect: { legalDue: '2026-07-14', about: 'hearing' },
    meets: served('written-guilty-plea', '2026-07-10'),
    ends: discontinued('2026-06-12'),
  },
  {
    rule: 's12-s9-objection',
    protects:
      'where a plea by post is offered, objection is open until five business days before the hearing',
    case: requisition,
    events: [served('section-12-notice', '2026-06-05'), served('section-9-statement', '2026-06-05')],
    expect: { legalDue: '2026-07-08', about: 'defendant' },
    meets: served('section-9-objection', '2026-06-15'),
    ends: discontinued('2026-06-12'),
  },
];
