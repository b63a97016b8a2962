import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { cases, tasks } from '../../db/schema/index.ts';
import type { OnQuarantine } from '../alerts/fire.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { OnMessageTrouble } from '../messages/message-types.ts';
import type { Instant } from '../platform/clock.ts';
import { closeTasks, openTasks, type Assignment } from './store.ts';
import { lastMomentOf, type TaskDraft } from './task-draft.ts';

/** An alert that could not be carried out three times is for a person: nothing else waits for it. */
export const onQuarantine: OnQuarantine = async (tx, alert) => {
  await openTrouble(tx, alert.caseId, {
    kind: 'quarantined-alert',
    title: 'An alert could not be carried out: look at this case now',
    source: `quarantined:${alert.id}`,
    why: [
      `The step ${alert.step} of an obligation of this case failed three times and was put aside`,
      'Check what was due and do it by hand; an administrator can see why it failed',
    ],
    consequence: 'limit',
    danger: alert.class === 'deadlines',
  });
};

const troubles = {
  failed: {
    kind: 'message-in-doubt',
    title: 'A message was refused: tell them another way',
    what: 'was refused for good',
    todo: 'Find out, and tell them another way if they do not have it',
  },
  unknown: {
    kind: 'message-in-doubt',
    title: 'A message may not have arrived',
    what: 'left, and nobody said whether it arrived',
    todo: 'Find out, and tell them another way if they do not have it',
  },
  bounced: {
    kind: 'message-bounced',
    title: 'A message came back: the address may be wrong',
    what: 'came back as undeliverable',
    todo: 'Find the right address and have it put right, then send the message again or tell them another way',
  },
} as const;

/** A message that was refused for good or came back, or of which nobody knows whether it arrived, is for a person. */
export const onMessageTrouble: OnMessageTrouble = async (tx, message, trouble) => {
  const [caseId] = message.caseIds;
  const { kind, title, what, todo } = troubles[trouble.kind];
  await openTrouble(tx, caseId ?? null, {
    kind,
    title,
    source: `message:${message.id}`,
    why: [`The message to ${message.toId} ${what}`, todo],
    consequence:
      message.purpose === 'staff-alert' ? 'limit' : message.purpose === 'victim-update' ? 'victim' : 'chase',
    danger: false,
  });
};

type How = { outcome: string; by: string };

/** Closes the task that a message made, now that it is known what became of it. */
export function closeMessageTrouble(tx: Transaction, messageId: string, how: How, now: Instant) {
  return closeTrouble(tx, `message:${messageId}`, how, now);
}

/** Closes the task that an alert made when it was put aside, now that it is tried again or done without. */
export function closeQuarantineTrouble(tx: Transaction, alertId: string, how: How, now: Instant) {
  return closeTrouble(tx, `quarantined:${alertId}`, how, now);
}

async function closeTrouble(tx: Transaction, source: string, how: How, now: Instant): Promise<void> {
  const open = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.source, source), eq(tasks.state, 'open')));
  const taskIds = open.map(({ id }) => id);
  await closeTasks(tx, { taskIds }, { state: 'done', ...how }, now);
}

type Trouble = Pick<TaskDraft, 'kind' | 'title' | 'source' | 'why' | 'consequence' | 'danger'>;

async function openTrouble(tx: Transaction, caseId: string | null, trouble: Trouble): Promise<void> {
  const now = await readNow(tx);
  const draft: TaskDraft = {
    ...trouble,
    subject: {},
    alwaysCritical: false,
    dueAt: lastMomentOf(civilDateOf(now)),
    effortMinutes: 15,
  };
  await openTasks(tx, [{ assignment: await assignmentOf(tx, caseId), draft }], now);
}

/** The case's caseworker's or its team's; what belongs to no case is the administrators'. */
async function assignmentOf(tx: Transaction, caseId: string | null): Promise<Assignment> {
  const [row] = caseId === null ? [] : await tx.select().from(cases).where(eq(cases.id, caseId));
  if (!row) return { caseId: null, team: 'administration', assignee: null, visibleTo: [] };
  return {
    caseId: row.id,
    team: row.team,
    assignee: row.caseworker,
    visibleTo: row.restricted ? row.visibleTo : [],
  };
}
