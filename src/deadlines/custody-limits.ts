import type { CaseState, DefendantState, OffenceState } from './case-state.ts';
import { decidedBy, everyOffence, pleaOrFinding } from './conditions.ts';
import type { Facts } from './facts.ts';
import type { Condition } from './rule.ts';
import type { Started } from './starts.ts';

export const regulations = 'Prosecution of Offences (Custody Time Limits) Regulations 1987 (SI 1987/299)';

/** What every custody time limit has in common. */
export const custodyRule = {
  version: 1,
  inForce: { from: '1987-04-01' },
  owner: 'cps',
  about: 'offence',
  consequence: 'limit',
  danger: true,
  meets: [],
  /** No official interval is published: a default of the hub, grade P, that a force may change. */
  warnings: [42, 28, 21, 14, 7, 5, 2, 1],
  task: {
    kind: 'custody-limit',
    title: 'Check the custody time limit',
    when: 'on-alert',
    effortMinutes: 20,
    meets: false,
  },
  ifMissed:
    'The defendant has a right to bail, and an expired limit cannot be extended (s.22(3) Prosecution of Offences Act 1985).',
} as const;

/** A clock that runs from the first remand, with every period of custody; one for each charge to which it applies. */
export function inCustody(
  applies: (offence: OffenceState, defendant: DefendantState) => boolean,
  also: (offence: OffenceState) => Facts = () => ({}),
) {
  return (offence: OffenceState, defendant: DefendantState, state: CaseState): Started => {
    if (voluntaryBill(state, offence) !== undefined && offence.sent === undefined) return null;
    if (!applies(offence, defendant)) return null;
    return limitOn(offence, defendant, also(offence), offence.sent?.on ?? offence.remitted?.on);
  };
}

/** An extension that a court gave before the case moved to another court was of that court's limit, not of this. */
export function limitOn(
  offence: OffenceState,
  defendant: DefendantState,
  facts: Facts,
  since?: string,
): Started {
  const first = defendant.custody[0];
  if (!first) return null;
  const extension = offence.custodyLimitExtended;
  const extended = extension !== undefined && (since === undefined || extension.on >= since);
  return {
    cause: first.startedBy,
    on: first.from,
    facts: {
      custody: defendant.custody.map(({ from, to }) => (to === undefined ? { from } : { from, to })),
      ...(extended ? { extendedUntil: extension.until, extendedOn: extension.firstOn } : {}),
      ...facts,
    },
    ...(first.assumed === undefined ? {} : { assumed: [first.assumed] }),
  };
}

/** The bill (or fresh indictment for a retrial) on which a charge stands, where it names the charge or its defendant or neither. */
export function voluntaryBill(state: CaseState, offence: OffenceState) {
  return state.documents.find(
    ({ document, offenceId, defendantId }) =>
      document === 'voluntary-bill' &&
      (offenceId === undefined || offenceId === offence.id) &&
      (defendantId === undefined || defendantId === offence.defendantId),
  );
}

export const inMagistratesCourt = (offence: OffenceState): boolean =>
  offence.sent === undefined && offence.remitted === undefined;

/** Start of trial, a guilty plea or a finding stops the clock. */
export const custodyStopped: readonly Condition[] = [
  pleaOrFinding,
  everyOffence('the trial has started', (offence) => offence.trialStarted),
];

/** Every charge in the Crown Court is decided, or its trial has started. */
export const crownChargesStopped: Condition = everyOffence(
  'a guilty plea, a finding or the start of the trial on every charge in the Crown Court',
  (offence, defendant) => decidedBy(offence, defendant) ?? offence.trialStarted,
  (offence) => offence.sent !== undefined,
);

/** Every charge that is not in the Crown Court is decided, or its trial has started. */
export const magistratesChargesStopped: Condition = everyOffence(
  'a guilty plea, a finding or the start of the trial on every charge in the magistrates’ court',
  (offence, defendant) => decidedBy(offence, defendant) ?? offence.trialStarted,
  (offence) => offence.sent === undefined,
);
