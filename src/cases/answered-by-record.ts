import { correspondenceTaskKinds } from '../correspondence/correspondence-tasks.ts';
import { decisionTaskKind } from '../decisions/decision-tasks.ts';
import type { Failure } from '../platform/failure.ts';
import { queryTaskKind } from '../queries/query-tasks.ts';

const kinds: readonly string[] = [queryTaskKind, decisionTaskKind, ...correspondenceTaskKinds];

/**
 * Tasks for what somebody waits for an answer to, and for decisions that are to be reviewed. They are done by recording
 * the answer or the review and by nothing else; they outlast the case, and an answer that is taken back is owed again.
 */
export function isAnsweredByRecord({ kind }: { kind: string }): boolean {
  return kinds.includes(kind);
}

/** Completing such a task by itself would say that somebody was answered, and not what. */
export function notAnswered({ kind }: { kind: string }): Failure {
  return {
    kind: 'conflict',
    detail:
      kind === decisionTaskKind
        ? 'It has not been reviewed yet: record a decision that reviews it, which completes this task; or put the task off.'
        : 'It has not been answered yet: record the answer, which completes this task, or say why none is needed; or put the task off.',
  };
}
