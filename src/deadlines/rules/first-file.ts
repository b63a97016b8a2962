import { cameInCustody, firstCharge, heardAlready, isFirstHearing } from '../charges.ts';
import { earliestKnown, noEarlierThan, whereKnown } from '../combined-periods.ts';
import { fileAccepted, happened, pleaOrFinding, served } from '../conditions.ts';
import { businessDaysAfter, businessDaysBefore, onTheDay, workingDaysAfter } from '../periods.ts';
import type { Rule } from '../rule.ts';
import { perCase, perHearing } from '../starts.ts';

export const firstFile: readonly Rule[] = [
  {
    id: 'cps-review-before-first',
    version: 1,
    title: 'CPS review of the case before the first hearing',
    authority: {
      instrument: 'HMCPSI, Transforming Summary Justice (2016)',
      provision: 'review before the first hearing',
      grade: 'B',
    },
    inForce: { from: '2016-01-01' },
    owner: 'cps',
    about: 'hearing',
    consequence: 'hearing',
    danger: false,
    starts: perHearing(
      'a first hearing of a crime case is listed in the magistrates’ court',
      (hearing, state) =>
        isFirstHearing(hearing) && state.kind === 'crime'
          ? { cause: hearing.listed, facts: { hearingOn: hearing.on } }
          : null,
    ),
    meets: [served('initial-details'), happened('the CPS sends an action plan', 'action-plan-received')],
    ends: [pleaOrFinding, heardAlready],
    period: businessDaysBefore(1, 'hearingOn'),
    warnings: [],
    task: {
      kind: 'cps-review',
      title: 'Ask the CPS whether it has reviewed the case for the first hearing',
      when: 'never',
      effortMinutes: 5,
      meets: true,
    },
    ifMissed: 'The hearing may be adjourned.',
    examples: [
      {
        facts: { hearingOn: '2026-04-07' },
        legalDue: '2026-04-02',
        why: 'the business day before, over Easter',
      },
      { facts: { hearingOn: '2026-01-14' }, legalDue: '2026-01-13', why: 'Wednesday to Tuesday' },
    ],
  },
  {
    id: 'file-to-cps-post-charge',
    version: 1,
    title: 'Prosecution file to the CPS for the first hearing',
    authority: {
      instrument: 'Default of the hub: no national figure was found, the force’s own agreement governs',
      provision: '5 working days after charge and 5 before the hearing; in custody the same shift',
      grade: 'P',
    },
    inForce: { from: '2020-10-05' },
    owner: 'officer',
    about: 'case',
    consequence: 'hearing',
    danger: false,
    starts: perCase('the first charge of a crime case', (state) => {
      const charge = firstCharge(state.defendants.flatMap(({ offences }) => offences));
      if (!charge || state.kind !== 'crime' || state.initiation === 'single-justice-procedure') return null;
      const hearing = state.hearings
        .filter((one) => isFirstHearing(one) && one.state === 'listed')
        .map(({ on }) => on)
        .sort()[0];
      const custody = state.defendants.find((defendant) => cameInCustody(state, defendant))?.custody;
      return {
        cause: charge.chargedBy,
        on: charge.chargedOn,
        facts: {
          chargedOn: charge.chargedOn,
          ...(hearing === undefined ? {} : { hearingOn: hearing }),
          ...(custody === undefined ? {} : { custody: custody.map(({ from }) => ({ from })).slice(0, 1) }),
        },
      };
    }),
    meets: [
      happened('the file is sent to the CPS', 'file-submitted'),
      fileAccepted,
      served('initial-details'),
    ],
    ends: [pleaOrFinding, heardAlready],
    period: whereKnown(
      'custody',
      'for a defendant in custody: the same shift',
      onTheDay('chargedOn'),
      noEarlierThan(
        earliestKnown(workingDaysAfter(5, 'chargedOn'), businessDaysBefore(5, 'hearingOn')),
        businessDaysAfter(1, 'chargedOn'),
        'The hearing is so near that the day after charge is taken',
      ),
    ),
    warnings: [2],
    task: {
      kind: 'file-submission',
      title: 'Get the prosecution file from the officer and send it to the CPS',
      when: 'on-alert',
      effortMinutes: 30,
      meets: true,
    },
    ifMissed: 'Initial details are served late, and the hearing may be adjourned.',
    examples: [
      { facts: { chargedOn: '2026-04-01' }, legalDue: '2026-04-10', why: 'five working days over Easter' },
      {
        facts: { chargedOn: '2026-04-01', hearingOn: '2026-04-14' },
        legalDue: '2026-04-07',
        why: 'five business days before the hearing come first',
      },
      {
        facts: { chargedOn: '2026-01-10', custody: [{ from: '2026-01-10' }] },
        legalDue: '2026-01-10',
        actionDue: '2026-01-09',
        why: 'in custody: the same shift, on a Saturday',
      },
    ],
  },
];
