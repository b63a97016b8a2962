import { isCivilDate, sayDay } from '../calendar/civil-date.ts';
import { sayInstant } from '../calendar/london-time.ts';
import type { DeadlineRow } from '../deadlines/store.ts';
import { ruleOf } from '../deadlines/store.ts';
import { lastMomentOf, type TaskDraft } from './task-draft.ts';

/** The part of a deadline that its task is made from. */
export type DeadlineForTask = Pick<
  DeadlineRow,
  | 'id'
  | 'rule'
  | 'ruleVersion'
  | 'legalDue'
  | 'legalDueAt'
  | 'actionDue'
  | 'defendantId'
  | 'offenceId'
  | 'personId'
  | 'hearingId'
>;

/** The task of a deadline, or null where it has no date to be done by. */
export function deadlineTask(deadline: DeadlineForTask): TaskDraft | null {
  const rule = ruleOf(deadline);
  const due = deadlineDueAt(deadline);
  if (due === null) return null;
  const { defendantId, offenceId, personId, hearingId } = deadline;
  return {
    kind: rule.task.kind,
    title: rule.task.title,
    source: `deadline:${deadline.id}`,
    deadlineId: deadline.id,
    subject: Object.fromEntries(
      Object.entries({ defendantId, offenceId, personId, hearingId }).filter(([, id]) => id !== null),
    ) as Record<string, string>,
    why: [
      `${rule.title}: ${sayDue(deadline)}`,
      `${rule.authority.instrument}, ${rule.authority.provision}`,
      `If it is missed: ${rule.ifMissed}`,
    ],
    consequence: rule.consequence,
    danger: rule.danger,
    alwaysCritical: false,
    dueAt: due,
    effortMinutes: rule.task.effortMinutes,
  };
}

/** The moment by which a person must act: the end of `actionDue`, or the instant of a limit counted in hours. */
export function deadlineDueAt(
  deadline: Pick<DeadlineForTask, 'legalDue' | 'legalDueAt' | 'actionDue'>,
): string | null {
  if (deadline.legalDueAt !== null) return deadline.legalDueAt;
  const day = deadline.actionDue ?? deadline.legalDue;
  return day === null ? null : lastMomentOf(day);
}

/** "due by Friday 17 April 2026 (in law Saturday 18 April 2026)". */
export function sayDue(deadline: Pick<DeadlineForTask, 'legalDue' | 'legalDueAt' | 'actionDue'>): string {
  const { legalDue, legalDueAt, actionDue } = deadline;
  if (legalDueAt !== null) return `due by ${sayInstant(legalDueAt)}`;
  if (legalDue === null || !isCivilDate(legalDue)) return 'the date cannot be worked out yet';
  if (actionDue === null || actionDue === legalDue) return `due by ${sayDay(legalDue)}`;
  return `act by ${sayDay(actionDue)} (in law ${sayDay(legalDue)})`;
}
