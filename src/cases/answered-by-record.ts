import { correspondenceTaskKinds } from '../correspondence/correspondence-tasks.ts';
import type { Failure } from '../platform/failure.ts';
import { queryTaskKind } from '../queries/query-tasks.ts';

const kinds: readonly string[] = [queryTaskKind, ...correspondenceTaskKinds];

/**
 * Tasks for what somebody waits for an answer to. They are done by recording the answer and by nothing else; they
 * outlast the case, and an answer that is taken back is owed again.
 */
export function isAnsweredByRecord({ kind }: { kind: string }): boolean {
  return kinds.includes(kind);
}

/** Completing such a task by itself would say that somebody was answered, and not what. */
export const notAnswered: Failure = {
  kind: 'conflict',
  detail:
    'It has not been answered yet: record the answer, which completes this task, or say why none is needed; or put the task off.',
};
