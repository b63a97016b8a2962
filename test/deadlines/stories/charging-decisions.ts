import { beforeCharge, event, finalised as closed, onBail } from './bodies.ts';
import type { Story, StoryEvent } from './story.ts';

const asked = (category: string): StoryEvent => ({
  type: 'charging-decision-requested',
  at: '2026-01-08T10:00:00+00:00',
  data: { category },
});
const plan = (on: string): StoryEvent =>
  event('action-plan-received', on, {
    data: {
      items: [
        { material: 'MG11', why: 'Statement of the store detective', dueOn: '2026-01-30' },
        { material: 'MG6C', why: 'Schedule of unused material', dueOn: '2026-01-23' },
      ],
    },
  });
const finalised = closed('2026-02-02');

export const chargingDecisionStories: Story[] = [
  {
    rule: 'pcd-red-3h',
    protects: 'a charging decision on a suspect in custody comes within three hours',
    case: beforeCharge(),
    events: [asked('red')],
    expect: { legalDue: '2026-01-08T13:00:00.000Z', about: 'case' },
    meets: event('charge-authorised', '2026-01-08'),
    ends: finalised,
  },
  {
    rule: 'pcd-5d',
    protects: 'a green priority submission is decided in five days',
    case: beforeCharge(),
    events: [asked('green-priority')],
    expect: { legalDue: '2026-01-13', about: 'case' },
    meets: plan('2026-01-10'),
    ends: finalised,
  },
  {
    rule: 'pcd-28d',
    protects: 'a green submission is decided in 28 days',
    case: beforeCharge(),
    events: [asked('green')],
    expect: { legalDue: '2026-02-05', about: 'case' },
    meets: event('decision-not-to-prosecute', '2026-01-20'),
    ends: finalised,
  },
  {
    rule: 'pcd-chase-1m',
    protects: 'a charge that was authorised and not made is chased after a month',
    case: beforeCharge(),
    events: [asked('green'), event('charge-authorised', '2026-01-30')],
    expect: { legalDue: '2026-02-28', actionDue: '2026-02-27', about: 'case' },
    meets: event('charged', '2026-02-10'),
    ends: event('decision-not-to-prosecute', '2026-02-10'),
  },
  {
    rule: 'pcd-chase-2m',
    protects: 'an action plan before charge that is not answered closes the case after two months',
    case: beforeCharge(),
    events: [asked('green'), plan('2026-01-20')],
    expect: { legalDue: '2026-03-20', about: 'case' },
    meets: event('charging-decision-requested', '2026-02-10', { data: { category: 'green' } }),
    ends: finalised,
  },
  {
    rule: 'dga-outcome',
    protects: 'a failed assessment of February can be disputed until 11 April, whatever the clocks do',
    case: onBail(),
    events: [event('assessment-failed', '2026-02-11')],
    expect: { legalDue: '2026-04-11', actionDue: '2026-04-10', about: 'case' },
  },
  {
    rule: 'action-plan-response',
    protects: 'an action plan is answered by the first of the days that it gives',
    case: onBail(),
    events: [plan('2026-01-12')],
    expect: { legalDue: '2026-01-23', about: 'case' },
    meets: event('action-plan-answered', '2026-01-20'),
    ends: closed('2026-01-15'),
  },
];
