import type { CaseState, Occurrence } from '../case-state.ts';
import { caseFinalised, happened } from '../conditions.ts';
import { calendarDaysAfterInstant, hoursAfter, monthsAfter } from '../periods.ts';
import type { Rule, Starter } from '../rule.ts';
import { perEvent, type Started } from '../starts.ts';

const guidance = 'Director’s Guidance on Charging, 6th edition';
const cpsTasks = 'CPS case management, names of tasks';
const inForce = { from: '2020-12-31' };

/** The hub hears of a submission when it is told; where no time was given, from then. */
function submitted(asked: Occurrence): Started {
  return {
    cause: asked,
    clock: asked.eventId,
    facts: { submittedAt: asked.at ?? asked.receivedAt },
    ...(asked.at === undefined
      ? {
          assumed: [
            'Nobody gave the time of the submission: the time at which the hub learned of it is used',
          ],
        }
      : {}),
  };
}

const askedIn = (category: string, says: string): Starter =>
  perEvent(`a charging decision is asked of the CPS, ${says}`, ['charging-decision-requested'], (asked) =>
    asked.data['category'] === category ? submitted(asked) : null,
  );

const decided = [
  happened(
    'the CPS decides, or sends an action plan',
    'charge-authorised',
    'decision-not-to-prosecute',
    'action-plan-received',
  ),
];

const chargingDecision = {
  version: 1,
  inForce,
  owner: 'cps',
  about: 'case',
  consequence: 'chase',
  danger: false,
  meets: decided,
  ends: [caseFinalised],
  warnings: [],
  task: {
    kind: 'charging-decision',
    title: 'Ask the CPS for the charging decision',
    when: 'on-alert',
    effortMinutes: 10,
    meets: false,
  },
} as const;

/** Whether a charging decision was asked for and no charge followed, as things stood after an event. */
function beforeCharge(state: CaseState, occurrence: Occurrence): boolean {
  const before = state.decisions.slice(0, state.decisions.indexOf(occurrence));
  return (
    before.some(({ type }) => type === 'charging-decision-requested') &&
    !before.some(({ type }) => type === 'charged')
  );
}

/** The case is back with the police: an action plan before charge, or a charge that is authorised and not yet made. */
const backWithPolice = perEvent(
  'the CPS sends an action plan before charge, or authorises a charge',
  ['action-plan-received', 'charge-authorised'],
  (occurrence, state) =>
    beforeCharge(state, occurrence)
      ? { cause: occurrence, clock: occurrence.eventId, facts: { decisionOn: occurrence.on } }
      : null,
);

const chaseOutstanding = {
  version: 1,
  inForce,
  owner: 'officer',
  about: 'case',
  consequence: 'chase',
  danger: false,
  starts: backWithPolice,
  meets: [
    happened(
      'the case goes back to the CPS, or the defendant is charged',
      'charging-decision-requested',
      'charged',
    ),
  ],
  ends: [happened('it is decided not to prosecute', 'decision-not-to-prosecute'), caseFinalised],
  warnings: [7],
  task: {
    kind: 'charging-decision-chase',
    title: 'Ask the officer when the case goes back to the CPS, or when the defendant is charged',
    when: 'on-alert',
    effortMinutes: 10,
    meets: false,
  },
} as const;

export const chargingDecisions: readonly Rule[] = [
  {
    ...chargingDecision,
    id: 'pcd-red-3h',
    title: 'Charging decision, red: defendant in custody',
    authority: {
      instrument: guidance,
      provision: 'CPS design history, 24 December 2025: 3 hours',
      grade: 'B',
    },
    starts: askedIn('red', 'in custody (red)'),
    period: hoursAfter(3, 'submittedAt'),
    ifMissed: 'The custody clock of PACE runs out before the decision.',
    examples: [
      {
        facts: { submittedAt: '2026-03-29T00:30:00.000Z' },
        legalDue: '2026-03-29T03:30:00.000Z',
        why: 'elapsed hours: half past midnight to half past four, the clocks going forward between',
      },
      {
        facts: { submittedAt: '2026-10-24T23:30:00.000Z' },
        legalDue: '2026-10-25T02:30:00.000Z',
        why: 'elapsed hours: half past midnight to half past two, the clocks going back between',
      },
    ],
  },
  {
    ...chargingDecision,
    id: 'pcd-5d',
    title: 'Charging decision, green priority: 5 days (whether working days is not stated)',
    authority: { instrument: cpsTasks, provision: '“5 day PCD review”', grade: 'B' },
    starts: askedIn('green-priority', 'green priority'),
    period: calendarDaysAfterInstant(5, 'submittedAt'),
    ifMissed: 'The decision is late; the suspect’s bail may run out.',
    examples: [
      {
        facts: { submittedAt: '2026-03-27T10:00:00.000Z' },
        legalDue: '2026-04-01',
        why: 'over the clock change',
      },
      {
        facts: { submittedAt: '2026-12-21T10:00:00.000Z' },
        legalDue: '2026-12-26',
        actionDue: '2026-12-24',
        why: 'the Saturday after Christmas',
      },
    ],
  },
  {
    ...chargingDecision,
    id: 'pcd-28d',
    title: 'Charging decision, green: 28 days (whether working days is not stated)',
    authority: { instrument: cpsTasks, provision: '“28 day PCD review”', grade: 'B' },
    starts: askedIn('green', 'green'),
    period: calendarDaysAfterInstant(28, 'submittedAt'),
    warnings: [7],
    ifMissed: 'The decision is late; time limits for starting proceedings go on running.',
    examples: [
      {
        facts: { submittedAt: '2026-03-09T10:00:00.000Z' },
        legalDue: '2026-04-06',
        actionDue: '2026-04-02',
        why: 'Easter Monday',
      },
      {
        facts: { submittedAt: '2026-10-05T09:00:00.000Z' },
        legalDue: '2026-11-02',
        why: 'over the clock change',
      },
    ],
  },
  {
    ...chaseOutstanding,
    id: 'pcd-chase-1m',
    title: 'CPS chases an outstanding charging case after one month',
    authority: { instrument: cpsTasks, provision: '“Chase outstanding PCD case - 1 mth”', grade: 'B' },
    period: monthsAfter(1, 'decisionOn'),
    ifMissed: 'The CPS chases the officer.',
    examples: [
      {
        facts: { decisionOn: '2026-01-31' },
        legalDue: '2026-02-28',
        actionDue: '2026-02-27',
        why: 'no 31 February',
      },
      {
        facts: { decisionOn: '2026-03-06' },
        legalDue: '2026-04-06',
        actionDue: '2026-04-02',
        why: 'Easter Monday',
      },
    ],
  },
  {
    ...chaseOutstanding,
    id: 'pcd-chase-2m',
    title: 'CPS closes an outstanding charging case after two months',
    authority: { instrument: cpsTasks, provision: '“Chase outstanding PCD case - 2 mths”', grade: 'B' },
    period: monthsAfter(2, 'decisionOn'),
    ifMissed: 'The CPS closes the case: it must be submitted anew.',
    examples: [
      {
        facts: { decisionOn: '2025-12-31' },
        legalDue: '2026-02-28',
        actionDue: '2026-02-27',
        why: 'no 31 February',
      },
      {
        facts: { decisionOn: '2026-02-06' },
        legalDue: '2026-04-06',
        actionDue: '2026-04-02',
        why: 'Easter Monday',
      },
    ],
  },
];
