import { weeksAfterMonthEnd } from '../combined-periods.ts';
import type { CaseState } from '../case-state.ts';
import { caseFinalised, finding, happened } from '../conditions.ts';
import { onTheDay } from '../periods.ts';
import type { Condition, Rule } from '../rule.ts';
import { perEvent } from '../starts.ts';

const inForce = { from: '2020-12-31' };

/** What a plan asks for. */
const itemsOf = (state: CaseState, plan: string) =>
  state.requests.filter(({ key }) => key.startsWith(`action-plan:${plan}:`));

/** Until then the deadline is the day of the next item that is still owed. */
const everyItemSettled: Condition = {
  says: 'everything that the plan asks for is received, or not required any more',
  find: (state, start) => {
    const settled = itemsOf(state, start.clock).map((item) => item.settled);
    const last = settled.reduce(
      (a, b) => (a === undefined || b === undefined || a.on > b.on ? a : b),
      settled[0],
    );
    return settled.includes(undefined) ? null : finding(last);
  },
};

export const actionPlans: readonly Rule[] = [
  {
    id: 'dga-outcome',
    version: 1,
    title: 'Outcome of a failed Director’s Guidance Assessment settled with the CPS',
    authority: {
      instrument: 'CPS design history and prototype of the Director’s Guidance Assessment',
      provision: 'six weeks after the end of the month of review, to 23:59',
      grade: 'B',
    },
    inForce,
    owner: 'hub',
    about: 'case',
    consequence: 'record',
    danger: false,
    starts: perEvent('a Director’s Guidance Assessment fails', ['assessment-failed'], (failed) => ({
      cause: failed,
      clock: failed.eventId,
      facts: { decisionOn: failed.on },
    })),
    meets: [],
    ends: [],
    period: weeksAfterMonthEnd(6, 'decisionOn'),
    warnings: [21, 7],
    task: {
      kind: 'assessment-dispute',
      title: 'Dispute the failed assessment with the CPS, or record that it is accepted',
      when: 'on-alert',
      effortMinutes: 30,
      meets: true,
    },
    ifMissed: 'The failure stands in the force’s figures.',
    examples: [
      {
        facts: { decisionOn: '2026-02-11' },
        legalDue: '2026-04-11',
        actionDue: '2026-04-10',
        why: '42 days after 28 February, whatever the clocks do on 29 March',
      },
      { facts: { decisionOn: '2026-11-30' }, legalDue: '2027-01-11', why: '42 days after 30 November' },
    ],
  },
  {
    id: 'action-plan-response',
    version: 1,
    title: 'Answer the CPS action plan by the day that it gives',
    authority: {
      instrument: 'The action plan itself',
      provision: 'action date of each item; no national period was found',
      grade: 'P',
    },
    inForce,
    owner: 'hub',
    about: 'case',
    consequence: 'chase',
    danger: false,
    starts: perEvent('an action plan is received', ['action-plan-received'], (plan, state) => {
      const items = itemsOf(state, plan.eventId);
      const left = items.filter(({ settled }) => settled === undefined);
      const days = (left.length > 0 ? left : items).map(({ dueOn }) => dueOn).sort();
      const next = left.length > 0 ? days[0] : days.at(-1);
      return next === undefined ? null : { cause: plan, clock: plan.eventId, facts: { dueOn: next } };
    }),
    meets: [
      everyItemSettled,
      happened(
        'the action plan is answered, or the case goes back to the CPS',
        'action-plan-answered',
        'charging-decision-requested',
        'file-submitted',
      ),
    ],
    ends: [happened('it is decided not to prosecute', 'decision-not-to-prosecute'), caseFinalised],
    period: onTheDay('dueOn'),
    warnings: [2],
    task: {
      kind: 'action-plan',
      title: 'Send the CPS what its action plan asks for, or say when it comes',
      when: 'on-alert',
      effortMinutes: 30,
      meets: true,
    },
    ifMissed: 'The CPS escalates, and a decision or a hearing waits for the police.',
    examples: [
      {
        facts: { dueOn: '2026-04-06' },
        legalDue: '2026-04-06',
        actionDue: '2026-04-02',
        why: 'Easter Monday',
      },
      { facts: { dueOn: '2026-10-26' }, legalDue: '2026-10-26', why: 'the Monday after the clocks go back' },
    ],
  },
];
