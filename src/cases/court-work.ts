import type { Failure } from '../platform/failure.ts';

/** Work that results of the courts make and take back by themselves; it outlasts the case. */
export const courtTaskKinds: readonly string[] = ['court-trigger', 'court-exception'];

/** A court result in doubt is settled by choosing what it means, and by nothing else: else it would be lost. */
export const notDecided: Failure = {
  kind: 'conflict',
  detail:
    'It has not been settled yet: choose what the result means, which completes this task, or put it off.',
};
