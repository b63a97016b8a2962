import {
  carelessDriving,
  commonAssault,
  defendant,
  discontinued,
  event,
  served,
  uncharged,
} from './parts.ts';
import type { Story } from './story.ts';

const byRequisition = (offence: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  initiation: 'postal-requisition',
  defendants: [defendant([offence], { remand: 'none' })],
  ...more,
});

const domesticAssault = {
  ...uncharged(commonAssault, '2026-01-15'),
  code: 'CJ88116',
  domesticAbuse: true,
};
const noInsurance = { ...uncharged(commonAssault, '2026-01-05'), code: 'RT88191' };

export const startingProceedingsStories: Story[] = [
  {
    rule: 'stl-summary-6m',
    protects: 'a summary-only charge is issued within six months, to midnight of the corresponding date',
    case: byRequisition(uncharged(commonAssault, '2026-05-01')),
    events: [],
    expect: { legalDue: '2026-11-01', actionDue: '2026-10-30', about: 'offence' },
    meets: served('written-charge-and-requisition', '2026-06-10'),
    ends: discontinued('2026-06-10'),
  },
  {
    rule: 'stl-summary-6m',
    protects: 'a charge one day late does not meet the limit',
    case: byRequisition(
      { ...commonAssault, chargedOn: '2026-11-02' },
      { receivedAt: '2026-11-03T09:00:00+00:00' },
    ),
    events: [],
    expect: { legalDue: '2026-11-01', about: 'offence' },
    meets: {
      ...event('correction', '2026-11-04', { chargedOn: '2026-11-01' }),
      offence: [0, 0],
    },
  },
  {
    rule: 'stl-summary-6m',
    protects: 'the limit of a domestic abuse assault gives way to its own once there is a statement',
    case: byRequisition(domesticAssault),
    events: [],
    expect: { legalDue: '2026-07-15', about: 'offence' },
    ends: event('statement-taken', '2026-05-20'),
  },
  {
    rule: 'stl-da-assault',
    protects: 'a domestic abuse assault is charged within six months of the statement',
    case: byRequisition(domesticAssault),
    events: [event('statement-taken', '2026-05-20')],
    expect: { legalDue: '2026-11-20', about: 'offence' },
    meets: { ...event('correction', '2026-06-15', { chargedOn: '2026-06-10' }), offence: [0, 0] },
    ends: discontinued('2026-06-10'),
  },
  {
    rule: 'stl-rtoa-s6',
    protects: 'six months run from the day on which the evidence was enough',
    case: byRequisition(noInsurance, { kind: 'traffic' }),
    events: [event('evidence-sufficient', '2026-05-10')],
    expect: { legalDue: '2026-11-10', about: 'offence' },
    meets: served('single-justice-procedure-notice', '2026-06-10'),
    ends: discontinued('2026-06-10'),
  },
  {
    rule: 'nip-14',
    protects: 'the notice is served within 14 days of the offence',
    case: byRequisition(uncharged(carelessDriving, '2026-05-25'), { kind: 'traffic' }),
    events: [],
    expect: { legalDue: '2026-06-08', about: 'offence' },
    meets: served('notice-of-intended-prosecution', '2026-06-04', 'first-class-post'),
    ends: discontinued('2026-06-03'),
  },
  {
    rule: 'nip-14',
    protects: 'a notice posted on the last day is served too late',
    case: byRequisition(uncharged(carelessDriving, '2026-05-25'), { kind: 'traffic' }),
    events: [served('notice-of-intended-prosecution', '2026-06-08', 'first-class-post')],
    expect: { legalDue: '2026-06-08', about: 'offence' },
    meets: served('notice-of-intended-prosecution', '2026-06-08', 'handed-over'),
  },
  {
    rule: 's172-28',
    protects: 'the keeper names the driver within 28 days beginning with service',
    case: byRequisition(uncharged(carelessDriving, '2026-05-25'), { kind: 'traffic' }),
    events: [served('section-172-notice', '2026-06-01')],
    expect: { legalDue: '2026-06-28', actionDue: '2026-06-26', about: 'case' },
    meets: served('section-172-reply', '2026-06-20'),
    ends: discontinued('2026-06-10'),
  },
];
