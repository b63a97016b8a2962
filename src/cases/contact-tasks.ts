import type { CaseState } from '../deadlines/case-state.ts';
import type { DeadlineRow, SavedChange } from '../deadlines/store.ts';
import type { Instant } from '../platform/clock.ts';
import { conversationSource, conversationTask, personOfTask } from '../tasks/conversation-task.ts';
import { deadlineDueAt } from '../tasks/deadline-task.ts';
import type { Closing, StandingTask } from '../tasks/store.ts';
import type { TaskDraft } from '../tasks/task-draft.ts';
import { conversationsOf, isContact, type Conversation } from '../victims/conversation.ts';
import { optedOut } from '../victims/store.ts';

/** Kind of the task of a senior, where every way of reaching a person has failed. */
export const unreachedKind = 'contact-failed';

/** The source of the senior's task for a person who cannot be reached. */
export function unreachedSource(personId: string): string {
  return `contact-failed:${personId}`;
}

/** Tasks that talking to people calls for, against those that stand: one for each person. Pure. */
export function contactTasks(
  state: CaseState,
  deadlines: readonly DeadlineRow[],
  saved: readonly SavedChange[],
  existing: readonly StandingTask[],
  now: Instant,
): { closings: Closing[]; drafts: TaskDraft[] } {
  const wantsNothing = (personId: string) =>
    state.people.some(({ id, preferred }) => id === personId && preferred === 'none');
  const talks = conversationsOf(deadlines, wantsNothing, now);
  const open = existing.filter((task) => task.state === 'open');
  const closings = open.flatMap((task): Closing[] => {
    const personId =
      personOfTask(task) ?? (task.kind === unreachedKind ? task.source.split(':')[1] : undefined);
    if (personId === undefined) return joinedTo(task, deadlines, talks);
    if (talks.some((talk) => talk.personId === personId)) return [];
    const ofPerson = saved.filter(({ row }) => row.personId === personId && isContact(row));
    if (wantsNothing(personId)) return [{ id: task.id, state: 'cancelled', outcome: optedOut }];
    return ofPerson.some(({ change }) => change.kind === 'met')
      ? [{ id: task.id, state: 'done', outcome: 'met' }]
      : [{ id: task.id, state: 'cancelled', outcome: 'no longer due' }];
  });
  return { closings, drafts: talks.flatMap((talk) => draftOf(talk, saved, existing, now)) };
}

/** A task of one update alone, as they were made before conversations, gives way to the conversation. */
function joinedTo(
  task: StandingTask,
  deadlines: readonly DeadlineRow[],
  talks: readonly Conversation[],
): Closing[] {
  const deadline = deadlines.find(({ id }) => id === task.deadlineId);
  if (deadline === undefined || !isContact(deadline)) return [];
  const isIn = talks.some(({ contacts }) => contacts.some(({ id }) => id === deadline.id));
  return [{ id: task.id, state: 'cancelled', outcome: isIn ? 'joined into one talk' : 'no longer due' }];
}

function draftOf(
  talk: Conversation,
  saved: readonly SavedChange[],
  existing: readonly StandingTask[],
  now: Instant,
): TaskDraft[] {
  const draft = conversationTask(talk);
  if (draft === null) return [];
  const source = conversationSource(talk.personId);
  const standing = existing.find((task) => task.state === 'open' && task.source === source);
  const isIn = (deadlineId: string | null) => talk.contacts.some(({ id }) => id === deadlineId);
  const fresh = saved.some(({ id, change }) => change.kind === 'added' && isIn(id));
  if (standing !== undefined) {
    const [head] = talk.contacts;
    const isOther =
      saved.some(({ row }) => row.personId === talk.personId && isContact(row)) ||
      standing.deadlineId !== draft.deadlineId ||
      standing.dueAt !== deadlineDueAt(head);
    // News wakes a talk that was put off.
    return isOther ? [fresh ? { ...draft, notBefore: now } : draft] : [];
  }
  const wasJoined = existing.some(
    (task) => task.state === 'open' && task.source !== source && isIn(task.deadlineId),
  );
  // What was given up or cancelled by a person is not asked for again until its next alert.
  const before = existing.filter((task) => task.source === source && isIn(task.deadlineId));
  const isWantedAgain = !fresh && !wasJoined && before.every(({ outcome }) => outcome === optedOut);
  return fresh || wasJoined || isWantedAgain ? [draft] : [];
}
