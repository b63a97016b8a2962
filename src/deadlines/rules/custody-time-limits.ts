import type { DefendantState, OffenceState } from '../case-state.ts';
import { everyOffence, happened, pleaOrFinding } from '../conditions.ts';
import type { Facts } from '../facts.ts';
import { clearDaysBefore, custodyDays } from '../periods.ts';
import type { Condition, Rule } from '../rule.ts';
import { perHearing, perOffence, type Started } from '../starts.ts';

const regulations = 'Prosecution of Offences (Custody Time Limits) Regulations 1987 (SI 1987/299)';
const inForce = { from: '1987-04-01' };
/** No official interval is published: a default of the hub, grade P, that a force may change. */
const warnings = [42, 28, 21, 14, 7, 5, 2, 1];
const ifMissed =
  'The defendant has a right to bail, and an expired limit cannot be extended (s.22(3) Prosecution of Offences Act 1985).';

/** A clock that runs from the first remand of a charge that is not decided, with every period of custody. */
function inCustody(
  applies: (offence: OffenceState, defendant: DefendantState) => boolean,
  also: (offence: OffenceState) => Facts = () => ({}),
) {
  return (offence: OffenceState, defendant: DefendantState): Started => {
    const first = defendant.custody[0];
    if (!first || !applies(offence, defendant)) return null;
    const extension = defendant.custodyLimitExtended;
    return {
      cause: first.startedBy,
      on: first.from,
      facts: {
        custody: defendant.custody.map(({ from, to }) => (to === undefined ? { from } : { from, to })),
        ...(extension === undefined ? {} : { extendedUntil: extension.until }),
        ...also(offence),
      },
      ...(first.assumed === undefined ? {} : { assumed: [first.assumed] }),
    };
  };
}

/** Start of trial, a guilty plea or a finding stops the clock. */
const stopped: readonly Condition[] = [
  pleaOrFinding,
  everyOffence('the trial has started', (offence) => offence.trialStarted),
];

const custodyRule = {
  version: 1,
  inForce,
  owner: 'cps',
  about: 'offence',
  consequence: 'limit',
  danger: true,
  meets: [] as readonly Condition[],
  warnings,
  ifMissed,
} as const;

const checkCustodyLimit = (effortMinutes = 20) =>
  ({
    kind: 'custody-limit',
    title: 'Check the custody time limit',
    when: 'on-alert',
    effortMinutes,
    meets: false,
  }) as const;

export const custodyTimeLimits: readonly Rule[] = [
  {
    ...custodyRule,
    id: 'ctl-summary-56',
    title: 'Custody time limit, summary-only offence',
    authority: { instrument: regulations, provision: 'note (a) to CrimPR 2020 r.14.18', grade: 'A' },
    starts: perOffence(
      'the first remand in custody for a summary-only charge that has not been sent',
      inCustody((offence) => offence.class === 'summary-only' && offence.sent === undefined),
    ),
    ends: stopped,
    period: custodyDays(56),
    task: checkCustodyLimit(),
    examples: [
      {
        facts: { custody: [{ from: '2026-01-10' }] },
        legalDue: '2026-03-06',
        why: 'Saturday 7 March rolls back',
      },
      {
        facts: { custody: [{ from: '2026-08-23' }] },
        legalDue: '2026-10-16',
        why: 'Sunday 18 October rolls back',
      },
    ],
  },
  {
    ...custodyRule,
    id: 'ctl-eitherway-56',
    title: 'Custody time limit, either-way offence, working limit',
    authority: { instrument: regulations, provision: 'reg 4(3)', grade: 'A' },
    starts: perOffence(
      'the first remand in custody for an either-way charge that has not been sent',
      inCustody((offence) => offence.class === 'either-way' && offence.sent === undefined),
    ),
    ends: stopped,
    period: custodyDays(56),
    task: checkCustodyLimit(),
    examples: [
      {
        facts: { custody: [{ from: '2017-01-02' }] },
        legalDue: '2017-02-27',
        why: 'the first day is not counted',
      },
      {
        facts: { custody: [{ from: '2026-03-02' }] },
        legalDue: '2026-04-27',
        why: 'the clock change moves no date',
      },
    ],
  },
  {
    ...custodyRule,
    id: 'ctl-crown-182',
    title: 'Custody time limit, Crown Court',
    authority: {
      instrument: regulations,
      provision: 'reg 5; note (c) to CrimPR 2020 r.14.18: 182 days less those in magistrates’ custody',
      grade: 'A',
    },
    starts: perOffence(
      'the first remand in custody for a charge that has been sent to the Crown Court',
      inCustody(
        (offence) => offence.sent !== undefined,
        (offence) => (offence.sent === undefined ? {} : { sentToCrownCourtOn: offence.sent.on }),
      ),
    ),
    ends: stopped,
    period: custodyDays(182, ['sentToCrownCourtOn']),
    task: checkCustodyLimit(),
    examples: [
      {
        facts: { custody: [{ from: '2026-06-26' }], sentToCrownCourtOn: '2026-06-26' },
        legalDue: '2026-12-24',
        why: 'Christmas Day is excluded, so it rolls back a day',
      },
      {
        facts: { custody: [{ from: '2026-06-01' }], sentToCrownCourtOn: '2026-06-26' },
        legalDue: '2026-11-30',
        why: 'days in magistrates’ custody come off the 182',
      },
    ],
  },
  {
    id: 'ctl-extension-notice-crown',
    version: 1,
    title: 'Notice of application to extend a custody time limit, Crown Court',
    authority: { instrument: regulations, provision: 'reg 7(2)(a); CrimPR 2025 r.14.21(2)(a)', grade: 'A' },
    inForce,
    owner: 'cps',
    about: 'hearing',
    consequence: 'limit',
    danger: false,
    starts: perHearing(
      'a Crown Court hearing is listed while a defendant is in custody',
      (hearing, state) => {
        const held = state.defendants.some(
          (defendant) =>
            defendant.remand === 'custody' &&
            defendant.offences.some(
              (offence) =>
                offence.sent !== undefined &&
                offence.trialStarted === undefined &&
                offence.convicted === undefined,
            ),
        );
        return hearing.court === 'crown' && hearing.type !== 'trial' && hearing.type !== 'sentence' && held
          ? { cause: hearing.listed, facts: { hearingOn: hearing.on } }
          : null;
      },
    ),
    meets: [happened('the limit is extended', 'custody-limit-extended')],
    ends: [pleaOrFinding],
    period: clearDaysBefore(5, 'hearingOn'),
    warnings: [7],
    task: {
      kind: 'custody-limit-extension',
      title: 'Ask the CPS whether the custody time limit will be extended at this hearing',
      when: 'on-alert',
      effortMinutes: 15,
      meets: true,
    },
    ifMissed:
      'The court may shorten the notice where it was not practicable (reg 7(4)); otherwise the limit lapses.',
    examples: [
      {
        facts: { hearingOn: '2026-04-24' },
        legalDue: '2026-04-18',
        actionDue: '2026-04-17',
        why: 'five clear days',
      },
      {
        facts: { hearingOn: '2026-04-08' },
        legalDue: '2026-04-02',
        actionDue: '2026-04-02',
        why: 'over Easter: calendar days',
      },
    ],
  },
];
