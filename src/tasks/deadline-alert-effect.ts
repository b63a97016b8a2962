import { and, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { FollowUp } from '../../db/schema/alerts.ts';
import { cases, deadlines, staff } from '../../db/schema/index.ts';
import type { Effect, FiredAlert } from '../alerts/fire.ts';
import { ruleOf, type DeadlineRow } from '../deadlines/store.ts';
import type { Rule } from '../deadlines/rule.ts';
import { putMessage, type NewMessage } from '../messages/outbox.ts';
import { conversationsOf, isContact } from '../victims/conversation.ts';
import { conversationTask } from './conversation-task.ts';
import { deadlineTask, sayDue } from './deadline-task.ts';
import { replaceConfirmations } from './deadline-limit-expired.ts';
import { openTasks, type Assignment } from './store.ts';
import type { TaskDraft } from './task-draft.ts';

/**
 * What an alert of a deadline prescribes. A warning or the due date opens its task; the end of the legal date marks it
 * missed. Where missing it ends a case or frees someone, people are written to as well: the caseworker at every
 * step, the seniors once it is due. Of what a victim is owed the seniors hear when it is overdue.
 */
export function prescribed(rule: Pick<Rule, 'danger' | 'contact' | 'task'>, step: string) {
  const overdue = step === 'overdue';
  const grave = rule.danger || (rule.contact !== undefined && overdue);
  return {
    task: rule.task.when !== 'never',
    missed: overdue,
    writeToCaseworker: rule.danger,
    writeToSeniors: grave && (overdue || step === 'due'),
  };
}

type CaseForAlert = Pick<
  typeof cases.$inferSelect,
  'id' | 'urn' | 'team' | 'caseworker' | 'restricted' | 'visibleTo'
>;
type StaffForAlert = Pick<typeof staff.$inferSelect, 'id' | 'role' | 'team' | 'email'>;

/**
 * The effect of alerts of deadlines, for those of victims and witnesses too.
 * @param publicUrl the base of links in messages
 */
export function deadlineEffect(publicUrl: string): Effect {
  return async (tx, fired, now) => {
    const rows = await readDeadlinesOf(tx, fired);
    const ofCases = await readCasesOf(tx, fired);
    const everyone = await tx
      .select()
      .from(staff)
      .where(sql`${staff.active} and ${staff.role} in ('caseworker','senior')`);
    const followUps = new Map<string, FollowUp[]>(fired.map(({ id }) => [id, []]));
    await markMissed(tx, fired, rows, now);
    const stopped = await stoppedContacts(tx, rows);
    const talks = await talksOf(tx, rows, stopped, now);
    const assignmentOf = ({ id, team, caseworker, restricted, visibleTo }: CaseForAlert): Assignment => ({
      caseId: id,
      team,
      assignee: caseworker,
      visibleTo: restricted ? visibleTo : [],
    });
    const missed = fired.flatMap(({ obligationId, caseId, step }) => {
      const [deadline, row] = [rows.get(obligationId), ofCases.get(caseId)];
      return step === 'overdue' && deadline && row ? [{ deadline, assignment: assignmentOf(row) }] : [];
    });
    await replaceConfirmations(tx, missed, now);
    const work = fired.flatMap((alert) => {
      const deadline = rows.get(alert.obligationId);
      const row = ofCases.get(alert.caseId);
      if (!deadline || !row || !prescribed(ruleOf(deadline), alert.step).task) return [];
      const draft = talks.has(alert.obligationId) ? talks.get(alert.obligationId) : deadlineTask(deadline);
      if (!draft) return [];
      return [{ alert, assignment: assignmentOf(row), draft }];
    });
    const all = work.filter(({ alert }) => !stopped.has(alert.obligationId));
    const wanted = latestOfEach(all);
    const taskIds = await openTasks(tx, wanted, now);
    const taskOf = new Map(wanted.map((one, i) => [taskKey(one), taskIds[i]]));
    for (const one of all) {
      const taskId = taskOf.get(taskKey(one));
      if (taskId !== undefined) followUps.get(one.alert.id)?.push({ kind: 'task', id: taskId });
    }
    const letters: { alert: FiredAlert; message: NewMessage }[] = [];
    for (const alert of fired) {
      const deadline = rows.get(alert.obligationId);
      const row = ofCases.get(alert.caseId);
      if (!deadline || !row) continue;
      const { missed } = prescribed(ruleOf(deadline), alert.step);
      if (missed) followUps.get(alert.id)?.push({ kind: 'state', id: deadline.id, why: 'missed' });
      for (const message of staffAlerts(alert, deadline, row, everyone, publicUrl))
        letters.push({ alert, message });
    }
    letters.sort((a, b) => (a.message.key < b.message.key ? -1 : 1));
    for (const { alert, message } of letters) {
      const { id } = await putMessage(tx, message);
      followUps.get(alert.id)?.push({ kind: 'message', id });
    }
    return followUps;
  };
}

type Wanted = { alert: FiredAlert; draft: TaskDraft };

const taskKey = ({ alert, draft }: Wanted) => `${alert.caseId} ${draft.source}`;

/** Steps in one batch that open the same task open it once: `on conflict` cannot touch a row twice in a statement. */
function latestOfEach<T extends Wanted>(work: readonly T[]): T[] {
  return [...new Map(work.map((one) => [taskKey(one), one])).values()];
}

/**
 * Of the updates that are owed to people, the task of the talk in which each is told: all that the person is to be
 * told now. Null where it has no date.
 */
async function talksOf(
  tx: Transaction,
  rows: ReadonlyMap<string, DeadlineRow>,
  stopped: ReadonlySet<string>,
  now: string,
): Promise<Map<string, TaskDraft | null>> {
  const fired = [...rows.values()].filter((row) => isContact(row) && !stopped.has(row.id));
  const people = [...new Set(fired.flatMap(({ personId }) => personId ?? []))];
  const caseIds = [...new Set(fired.map(({ caseId }) => caseId))];
  if (people.length === 0) return new Map();
  const owed = await tx
    .select()
    .from(deadlines)
    .where(
      and(
        inArray(deadlines.caseId, caseIds),
        inArray(deadlines.personId, people),
        inArray(deadlines.state, ['pending', 'missed']),
      ),
    );
  const talks = conversationsOf(owed, () => false, now);
  return new Map(
    talks.flatMap((talk) => talk.contacts.map(({ id }) => [id, conversationTask(talk)] as const)),
  );
}

async function readDeadlinesOf(
  tx: Transaction,
  fired: readonly FiredAlert[],
): Promise<Map<string, DeadlineRow>> {
  const ids = fired.map(({ obligationId }) => obligationId);
  const rows = await tx.select().from(deadlines).where(inArray(deadlines.id, ids));
  return new Map(rows.map((row) => [row.id, row]));
}

async function readCasesOf(
  tx: Transaction,
  fired: readonly FiredAlert[],
): Promise<Map<string, CaseForAlert>> {
  const ids = [...new Set(fired.map(({ caseId }) => caseId))];
  const rows = await tx
    .select({
      id: cases.id,
      urn: cases.urn,
      team: cases.team,
      caseworker: cases.caseworker,
      restricted: cases.restricted,
      visibleTo: cases.visibleTo,
    })
    .from(cases)
    .where(inArray(cases.id, ids));
  return new Map(rows.map((row) => [row.id, row]));
}

async function markMissed(
  tx: Transaction,
  fired: readonly FiredAlert[],
  rows: ReadonlyMap<string, DeadlineRow>,
  now: string,
): Promise<void> {
  const ids = fired.filter(({ step, obligationId }) => step === 'overdue' && rows.has(obligationId));
  if (ids.length === 0) return;
  await tx
    .update(deadlines)
    .set({ state: 'missed', changedAt: now })
    .where(
      inArray(
        deadlines.id,
        ids.map(({ obligationId }) => obligationId),
      ),
    );
}

/** Who asked not to be contacted, or was given up, is not called: their deadline runs, but makes no task. */
async function stoppedContacts(
  tx: Transaction,
  rows: ReadonlyMap<string, DeadlineRow>,
): Promise<Set<string>> {
  const ids = [...rows.values()].filter((row) => ruleOf(row).contact !== undefined).map(({ id }) => id);
  if (ids.length === 0) return new Set();
  const stopped = await tx.execute<{ id: string }>(
    sql`select id from contacts where state in ('stopped', 'not-made') and id in ${ids}`,
  );
  return new Set(stopped.map(({ id }) => id));
}

/** Messages to staff name the URN, the rule and the date: no defendant, no victim. */
function staffAlerts(
  alert: FiredAlert,
  deadline: DeadlineRow,
  row: CaseForAlert,
  everyone: readonly StaffForAlert[],
  publicUrl: string,
): NewMessage[] {
  const rule = ruleOf(deadline);
  const { writeToCaseworker, writeToSeniors } = prescribed(rule, alert.step);
  const maySee = ({ id }: StaffForAlert) => !row.restricted || row.visibleTo.includes(id);
  const to = everyone
    .filter(maySee)
    .filter(
      (person) =>
        (writeToCaseworker && person.id === row.caseworker) ||
        (writeToSeniors && person.role === 'senior' && (person.team === null || person.team === row.team)),
    );
  const head = alert.step === 'overdue' ? 'Missed' : alert.step === 'due' ? 'Due today' : 'Coming up';
  return to.map((person) => ({
    key: `staff-alert:${alert.id}:${person.id}`,
    purpose: 'staff-alert',
    toId: person.id,
    toAddress: person.email,
    caseIds: [row.id],
    subject: `${head}: ${rule.title}, ${row.urn}`,
    body: [
      `${row.urn}: ${rule.title}, ${sayDue(deadline)}.`,
      `${rule.authority.instrument}, ${rule.authority.provision}.`,
      `If it is missed: ${rule.ifMissed}`,
      // Two defendants, or two charges, can have the same limit: the link says which, as no name may stand here.
      `${publicUrl}/cases/${row.urn}#deadline-${deadline.id}`,
    ].join('\n\n'),
    facts: { alertId: alert.id, thread: deadline.id },
    dueAt: alert.firedAt,
  }));
}
