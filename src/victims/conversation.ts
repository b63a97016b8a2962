import { alertTimes } from '../deadlines/alert-times.ts';
import { ruleOf, type DeadlineRow } from '../deadlines/store.ts';
import type { Instant } from '../platform/clock.ts';

/** All that one person is to be told now, soonest due first: one talk, one task. */
export type Conversation<Row extends DeadlineRow = DeadlineRow> = {
  personId: string;
  contacts: readonly [Row, ...Row[]];
};

/**
 * The talks that are due, one for each person: what is owed at once, and what has begun to be asked for. Pure.
 * @param wantsNothing whether a person asked not to be told
 */
export function conversationsOf<Row extends DeadlineRow>(
  deadlines: readonly Row[],
  wantsNothing: (personId: string) => boolean,
  now: Instant,
): Conversation<Row>[] {
  const ofPeople = new Map<string, Row[]>();
  for (const deadline of deadlines) {
    if (deadline.personId === null || !isContact(deadline) || !isOpen(deadline)) continue;
    if (wantsNothing(deadline.personId) || !hasBegun(deadline, now)) continue;
    ofPeople.set(deadline.personId, [...(ofPeople.get(deadline.personId) ?? []), deadline]);
  }
  return [...ofPeople].flatMap(([personId, owed]) => {
    const [first, ...rest] = owed.sort(bySoonest);
    return first === undefined ? [] : [{ personId, contacts: [first, ...rest] as const }];
  });
}

/** Whether a deadline is an update owed to a person. */
export function isContact(deadline: Pick<DeadlineRow, 'rule' | 'ruleVersion'>): boolean {
  return ruleOf(deadline).contact !== undefined;
}

function isOpen({ state }: DeadlineRow): boolean {
  return state === 'pending' || state === 'missed';
}

/** What is asked for only shortly before it is due has not begun until its first alert. */
function hasBegun(deadline: DeadlineRow, now: Instant): boolean {
  const rule = ruleOf(deadline);
  if (rule.task.when === 'at-once') return true;
  const legalDue = deadline.legalDueAt ?? deadline.legalDue;
  const [first] = alertTimes(rule, { legalDue, actionDue: deadline.actionDue });
  return first !== undefined && first.fireAt <= now;
}

const never = '9999';

function bySoonest(a: DeadlineRow, b: DeadlineRow): number {
  const [dueA, dueB] = [a.expiresAt ?? never, b.expiresAt ?? never];
  return dueA === dueB ? (a.id < b.id ? -1 : 1) : dueA < dueB ? -1 : 1;
}
