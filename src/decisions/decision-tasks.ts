import { sayDate } from '../calendar/civil-date.ts';
import { civilDateOf, instantAt } from '../calendar/london-time.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { lastMomentOf, type TaskDraft } from '../tasks/task-draft.ts';
import { decisionsOf } from './decisions-of.ts';

export const decisionTaskKind = 'review-decision';

/**
 * The decisions that are to be looked at again, as tasks, each from the day that was set for it. It outlasts the case,
 * as a decision on property does. Pure.
 */
export function decisionTasks(state: Pick<CaseState, 'decisions'>): TaskDraft[] {
  return decisionsOf(state).flatMap(({ id, at, reviewOn, reviewedBy }) =>
    reviewOn === null || reviewedBy.length > 0
      ? []
      : [
          {
            kind: decisionTaskKind,
            title: 'Review a decision',
            source: `${decisionTaskKind}:${id}`,
            subject: { decisionId: id },
            why: [
              `It was taken on ${sayDate(civilDateOf(at))}, to be looked at again on ${sayDate(reviewOn)}`,
              'Recording a decision that reviews it completes this task: it stands, or another takes its place',
            ],
            consequence: 'record',
            danger: false,
            alwaysCritical: false,
            notBefore: instantAt(reviewOn, '08:00'),
            dueAt: lastMomentOf(reviewOn),
            effortMinutes: 20,
          },
        ],
  );
}
