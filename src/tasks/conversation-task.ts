import { ruleOf } from '../deadlines/store.ts';
import type { Conversation } from '../victims/conversation.ts';
import { deadlineTask, sayDue } from './deadline-task.ts';
import type { TaskDraft } from './task-draft.ts';

/** Beginning of the source of every task to talk to a person; the person's id follows. */
const prefix = 'conversation:';

/** The source of the task to talk to a person: one stands at a time. */
export function conversationSource(personId: string): string {
  return prefix + personId;
}

/** Whom a task is to talk to; undefined for other tasks. */
export function personOfTask({ source }: { source: string }): string | undefined {
  return source.startsWith(prefix) ? source.slice(prefix.length) : undefined;
}

/** What more there is to say for each further update, in minutes: a default of the hub. */
const furtherMinutes = 5;

/** The one task of a conversation, by when the first of its updates is due; null where that has no date yet. */
export function conversationTask({ personId, contacts }: Conversation): TaskDraft | null {
  const first = contacts.map((deadline) => ({ deadline, draft: deadlineTask(deadline) }));
  const head = first.find(({ draft }) => draft !== null);
  if (head?.draft === undefined || head.draft === null) return null;
  const source = conversationSource(personId);
  if (contacts.length === 1) return { ...head.draft, source };
  const rules = contacts.map(ruleOf);
  const authorities = rules.map(({ authority }) => `${authority.instrument}, ${authority.provision}`);
  return {
    ...head.draft,
    title: `One conversation about ${contacts.length} things: ${sayTitles(rules.map(({ task }) => task.title))}`,
    source,
    subject: { personId },
    why: [
      ...contacts.map((deadline, i) => `${rules[i]?.title ?? ''}: ${sayDue(deadline)}`),
      ...new Set(authorities),
      `If it is missed: ${rules[0]?.ifMissed ?? ''}`,
    ],
    effortMinutes: head.draft.effortMinutes + furtherMinutes * (contacts.length - 1),
  };
}

function sayTitles(titles: readonly string[]): string {
  return [...new Set(titles)].map((title) => title.charAt(0).toLowerCase() + title.slice(1)).join('; ');
}
