import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { cases } from '../../db/schema/index.ts';
import type { OnQuarantine } from '../alerts/fire.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { OnMessageTrouble } from '../messages/message-types.ts';
import { openTasks, type Assignment } from './store.ts';
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

/** A message that was refused for good, or of which nobody knows whether it arrived, is for a person. */
export const onMessageTrouble: OnMessageTrouble = async (tx, message, trouble) => {
  const [caseId] = message.caseIds;
  await openTrouble(tx, caseId ?? null, {
    kind: 'message-in-doubt',
    title:
      trouble.kind === 'failed'
        ? 'A message was refused: tell them another way'
        : 'A message may not have arrived',
    source: `message:${message.id}`,
    why: [
      `The message to ${message.toId} ${trouble.kind === 'failed' ? 'was refused for good' : 'left, and nobody said whether it arrived'}`,
      'Find out, and tell them another way if they do not have it',
    ],
    consequence:
      message.purpose === 'staff-alert' ? 'limit' : message.purpose === 'victim-update' ? 'victim' : 'chase',
    danger: false,
  });
};

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
