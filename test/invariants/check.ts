import { alertProblems } from './alerts.ts';
import { derivedProblems } from './derived.ts';
import { followUpProblems } from './follow-ups.ts';
import { historyProblems } from './history.ts';
import { ladderProblems } from './ladder.ts';
import { leakProblems } from './leaks.ts';
import { messageProblems } from './messages.ts';
import { requestProblems } from './requests.ts';
import { taskProblems } from './tasks.ts';
import type { Asked, Evidence } from './evidence.ts';

/**
 * Everything in a hub that contradicts the invariants of its promises, as sentences; nothing in one that keeps them.
 * The hub is to be calm: nothing due, the history sealed. Invariant 13 is proved by the stories of the rules, and 16
 * awaits court results.
 */
export async function checkInvariants(db: Asked, evidence: Evidence = {}): Promise<string[]> {
  const found = [
    await alertProblems(db),
    await derivedProblems(db),
    await followUpProblems(db),
    await ladderProblems(db),
    await messageProblems(db),
    await taskProblems(db),
    await historyProblems(db),
    await requestProblems(db, evidence),
    await leakProblems(db, evidence),
  ];
  return found.flat();
}
