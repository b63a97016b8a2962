import { sayDate, type CivilDate } from '../calendar/civil-date.ts';
import { lastMomentOf, type TaskDraft } from './task-draft.ts';

/** The tasks that a custody time limit makes besides that of its alerts, by kind. */
export const limitTaskKinds = ['confirm-custody-limit', 'settle-custody-limit', 'custody-limit-expired'];

/** What every task of a custody time limit has in common: it stays in the most dangerous band. */
export function ofLimit(defendantId: string, due: CivilDate) {
  return {
    subject: { defendantId },
    consequence: 'limit',
    danger: true,
    alwaysCritical: true,
    dueAt: lastMomentOf(due),
  } as const;
}

/**
 * The task to confirm a limit that nobody has confirmed.
 * @param recorders who recorded the remand, and cannot confirm what follows from it
 */
export function confirmLimitTask(
  defendantId: string,
  due: CivilDate,
  recorders: readonly string[],
): TaskDraft {
  return {
    ...ofLimit(defendantId, due),
    kind: 'confirm-custody-limit',
    title: 'Confirm the custody time limit',
    source: `confirm-custody-limit:${defendantId}:${due}`,
    why: [
      `The custody time limit is worked out to expire at the end of ${sayDate(due)} and nobody has confirmed it`,
      'If it is missed the defendant has a right to bail (s.22 Prosecution of Offences Act 1985)',
    ],
    effortMinutes: 15,
    notFor: [...recorders],
  };
}

/** The task that takes the place of one to confirm (or settle) a limit, once it has expired. */
export function expiredLimitTask(defendantId: string, due: CivilDate): TaskDraft {
  return {
    ...ofLimit(defendantId, due),
    kind: 'custody-limit-expired',
    title:
      'The custody time limit has expired unconfirmed: check at once whether the defendant is held lawfully',
    source: `custody-limit-expired:${defendantId}:${due}`,
    why: [
      `By what is recorded the custody time limit expired at the end of ${sayDate(due)}, and nobody had confirmed it`,
      'Ask the court and the CPS at once. Record bail, an extension, a plea or the true day of remand if there was one, and write down what you found',
      'After it the defendant has a right to bail, and it cannot be extended (s.22(3) Prosecution of Offences Act 1985)',
    ],
    effortMinutes: 30,
  };
}
