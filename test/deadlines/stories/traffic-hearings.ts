import {
  carelessDriving,
  defendant,
  discontinued,
  drinkDriving,
  event,
  guiltyPlea,
  magistratesHearing,
  served,
} from './parts.ts';
import type { Story } from './story.ts';

const traffic = (offence: unknown, hearing: unknown) => ({
  kind: 'traffic',
  defendants: [defendant([offence])],
  hearings: [hearing],
});
const trial = magistratesHearing('2026-09-15', 'trial');
const certificateAsked = event('action-plan-received', '2026-06-05', {
  items: [{ material: 'section-11-certificate', why: 'The driver is disputed', dueOn: '2026-07-01' }],
});

export const trafficHearingStories: Story[] = [
  {
    rule: 'drink-drive-cert-7d',
    protects: 'the printout is served seven days before a drink-drive trial',
    case: traffic(drinkDriving, trial),
    events: [],
    expect: { legalDue: '2026-09-08', about: 'hearing' },
    meets: served('drink-drive-certificate', '2026-06-05'),
    ends: guiltyPlea('2026-06-10'),
  },
  {
    rule: 'drink-drive-cert-attend-3d',
    protects: 'the defence can require the signatory until three days before the hearing',
    case: traffic(drinkDriving, trial),
    events: [served('drink-drive-certificate', '2026-06-05')],
    expect: { legalDue: '2026-09-12', actionDue: '2026-09-11', about: 'hearing' },
    meets: served('drink-drive-certificate-counter-notice', '2026-09-01'),
    ends: guiltyPlea('2026-06-10'),
  },
  {
    rule: 's11-cert-7d',
    protects: 'a constable’s certificate that was asked for is served seven days before the trial',
    case: traffic(carelessDriving, trial),
    events: [certificateAsked],
    expect: { legalDue: '2026-09-08', about: 'hearing' },
    meets: served('section-11-certificate', '2026-08-20'),
    ends: discontinued('2026-06-10'),
  },
  {
    rule: 's11-cert-3d',
    protects: 'the defence can require its signatory until three days before the trial',
    case: traffic(carelessDriving, trial),
    events: [certificateAsked, served('section-11-certificate', '2026-08-20')],
    expect: { legalDue: '2026-09-12', actionDue: '2026-09-11', about: 'hearing' },
    meets: served('section-11-counter-notice', '2026-09-01'),
    ends: discontinued('2026-08-25'),
  },
  {
    rule: 'prev-conviction-7d',
    protects: 'a defendant who pleads by post has seven clear days’ notice of previous convictions',
    case: {
      ...traffic(carelessDriving, magistratesHearing('2026-07-15', 'first-hearing')),
      initiation: 'postal-requisition',
    },
    events: [served('section-12-notice', '2026-06-05')],
    expect: { legalDue: '2026-07-07', about: 'hearing' },
    meets: served('previous-convictions-notice', '2026-06-20'),
    ends: discontinued('2026-06-10'),
  },
  {
    rule: 'licence-hearing',
    protects: 'the licence reaches the court the day before a traffic hearing',
    case: traffic(carelessDriving, magistratesHearing('2026-06-18', 'first-hearing')),
    events: [],
    expect: { legalDue: '2026-06-17', about: 'hearing' },
    ends: guiltyPlea('2026-06-10'),
  },
];
