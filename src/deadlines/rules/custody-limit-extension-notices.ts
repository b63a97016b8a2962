import type { CaseState, HearingState } from '../case-state.ts';
import { happened, servedForHearing } from '../conditions.ts';
import { crownChargesStopped, magistratesChargesStopped, regulations } from '../custody-limits.ts';
import { sinceCrimPR2025, untilCrimPR2025 } from '../instruments.ts';
import { clearDaysBefore } from '../periods.ts';
import type { Rule } from '../rule.ts';
import { perHearing, type Started } from '../starts.ts';

const since1987 = { from: '1987-04-01' };

/** An application to extend is made at a hearing of its own: not a first hearing, plea hearing, trial or sentence. */
function extensionHearing(court: 'crown' | 'magistrates') {
  return (hearing: HearingState, state: CaseState): Started => {
    const inCourt = hearing.court === 'crown' ? 'crown' : 'magistrates';
    const held = state.defendants.some(
      (defendant) =>
        defendant.remand === 'custody' &&
        defendant.offences.some(
          (offence) =>
            (offence.sent !== undefined) === (court === 'crown') &&
            offence.trialStarted === undefined &&
            offence.convicted === undefined,
        ),
    );
    return inCourt === court && hearing.type === 'other' && held
      ? { cause: hearing.listed, facts: { hearingOn: hearing.on } }
      : null;
  };
}

const extensionNotice = {
  version: 1,
  owner: 'cps',
  consequence: 'limit',
  danger: false,
  about: 'hearing',
  meets: [
    servedForHearing('custody-limit-extension-notice'),
    happened('the limit is extended', 'custody-limit-extended'),
  ],
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
} as const;

const crownExtensionNotice = {
  ...extensionNotice,
  id: 'ctl-extension-notice-crown',
  title: 'Notice of application to extend a custody time limit, Crown Court',
  starts: perHearing(
    'a Crown Court hearing, other than plea hearing, trial or sentence, is listed while a defendant is in custody',
    extensionHearing('crown'),
  ),
  ends: [crownChargesStopped],
  period: clearDaysBefore(5, 'hearingOn'),
} as const;

const magistratesExtensionNotice = {
  ...extensionNotice,
  id: 'ctl-extension-notice-mags',
  title: 'Notice of application to extend a custody time limit, magistrates’ court',
  starts: perHearing(
    'a magistrates’ court hearing, other than first hearing, trial or sentence, is listed while a defendant is in custody',
    extensionHearing('magistrates'),
  ),
  ends: [magistratesChargesStopped],
  period: clearDaysBefore(2, 'hearingOn'),
} as const;

export const custodyLimitExtensionNotices: readonly Rule[] = [
  {
    ...crownExtensionNotice,
    inForce: { ...since1987, to: untilCrimPR2025 },
    authority: {
      instrument: regulations,
      provision: 'reg 7(2)(a); CrimPR 2020 r.14.18',
      grade: 'A',
    },
    examples: [
      {
        facts: { hearingOn: '2025-05-30' },
        legalDue: '2025-05-24',
        actionDue: '2025-05-23',
        why: 'five clear days are 25 to 29 May; the bank holiday among them counts as a day',
      },
      {
        facts: { hearingOn: '2025-09-12' },
        legalDue: '2025-09-06',
        actionDue: '2025-09-05',
        why: 'five clear days',
      },
    ],
  },
  {
    ...crownExtensionNotice,
    version: 2,
    inForce: sinceCrimPR2025,
    authority: {
      instrument: regulations,
      provision: 'reg 7(2)(a); CrimPR 2025 r.14.21(2)(a)',
      grade: 'A',
    },
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
  {
    ...magistratesExtensionNotice,
    inForce: { ...since1987, to: untilCrimPR2025 },
    authority: {
      instrument: regulations,
      provision: 'reg 7(2)(b); CrimPR 2020 r.14.18',
      grade: 'A',
    },
    examples: [
      {
        facts: { hearingOn: '2025-08-27' },
        legalDue: '2025-08-24',
        actionDue: '2025-08-22',
        why: 'two clear days, one of them the summer bank holiday',
      },
      {
        facts: { hearingOn: '2025-09-12' },
        legalDue: '2025-09-09',
        actionDue: '2025-09-09',
        why: 'two clear days',
      },
    ],
  },
  {
    ...magistratesExtensionNotice,
    version: 2,
    inForce: sinceCrimPR2025,
    authority: {
      instrument: regulations,
      provision: 'reg 7(2)(b); CrimPR 2025 r.14.21(2)(b)',
      grade: 'A',
    },
    examples: [
      {
        facts: { hearingOn: '2026-05-06' },
        legalDue: '2026-05-03',
        actionDue: '2026-05-01',
        why: 'two clear days, one of them the early May bank holiday; to act on Friday',
      },
      {
        facts: { hearingOn: '2026-06-12' },
        legalDue: '2026-06-09',
        actionDue: '2026-06-09',
        why: 'two clear days',
      },
    ],
  },
];
