import type { DeadlineJson } from '../api/deadline-json.ts';
import { sayDayOf, sayMoment } from './say.ts';

/** A deadline in words: when, how that was worked out, and by what law. */
export type DeadlineFacts = {
  title: string;
  due: string;
  /** The business day on or before it, where that is another day. */
  actBy: string | null;
  owner: string;
  steps: string[];
  source: string;
  checkWithForce: boolean;
  ifMissed: string;
};

export function deadlineFacts(
  deadline: Pick<
    DeadlineJson,
    'title' | 'legalDue' | 'actionDue' | 'owner' | 'explanation' | 'authority' | 'checkWithForce' | 'ifMissed'
  >,
): DeadlineFacts {
  const { title, legalDue, actionDue, explanation, authority, checkWithForce, ifMissed } = deadline;
  return {
    title,
    due: sayDue(legalDue),
    actBy: actionDue === null || sayDue(legalDue) === sayDayOf(actionDue) ? null : sayDayOf(actionDue),
    owner: deadline.owner === 'cps' ? 'CPS' : deadline.owner.replaceAll('-', ' '),
    steps: explanation,
    source: `${authority.instrument}, ${authority.provision}`,
    checkWithForce,
    ifMissed,
  };
}

/** A day, or a moment where the rule counts hours. */
export function sayDue(due: string | null): string {
  if (due === null) return 'Not known';
  return due.length === 10 ? sayDayOf(due) : sayMoment(due);
}
