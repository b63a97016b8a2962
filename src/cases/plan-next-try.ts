import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { deadlines, tasks } from '../../db/schema/index.ts';
import { sayInstant } from '../calendar/london-time.ts';
import { recordHistory } from '../staff/history.ts';
import { conversationSource } from '../tasks/conversation-task.ts';
import { givenToSeniors } from '../tasks/given-to-seniors.ts';
import { endClaims, openTasks, type TaskRow } from '../tasks/store.ts';
import { readContactView, type PersonView } from '../victims/contact-view.ts';
import type { NextStep } from '../victims/next-try.ts';
import { unreachedKind, unreachedSource } from './contact-tasks.ts';
import { assignmentOf, type CaseRow, type Recording } from './settle.ts';

/**
 * After a try that did not reach a person: their task is put off until the next try, says that a letter is to be
 * written, or makes a senior decide. The caller holds the lock on the case.
 */
export async function planNextTry(
  tx: Transaction,
  row: CaseRow,
  personId: string,
  { now, actor }: Pick<Recording, 'now' | 'actor'>,
): Promise<void> {
  const view = (await readContactView(tx, [personId])).people.get(personId);
  const [task] = await tx
    .select()
    .from(tasks)
    .where(
      and(eq(tasks.caseId, row.id), eq(tasks.source, conversationSource(personId)), eq(tasks.state, 'open')),
    );
  if (!view?.next || !task) return;
  if (view.next.step === 'senior') await askSenior(tx, row, view, view.next, task, now);
  const until = view.next.step === 'try' && view.next.at > now ? view.next.at : null;
  const isHeldByTrier = task.claimedBy === actor.id && until !== null;
  if (isHeldByTrier) await endClaims(tx, [task.id], 'deferred');
  await tx
    .update(tasks)
    .set({
      why: [...task.why.filter((line) => !line.startsWith(nextPrefix)), sayNext(view.next)],
      version: task.version + 1,
      ...(until === null ? {} : { deferredUntil: until, deferredWhy: 'until the next try' }),
      ...(isHeldByTrier ? { claimedBy: null, claimToken: null, claimUntil: null } : {}),
    })
    .where(eq(tasks.id, task.id));
  if (until === null) return;
  const { kind } = task;
  const detail = { kind, until, reason: 'until the next try' };
  await recordHistory(tx, actor, now, [
    { action: 'task-deferred', caseId: row.id, entity: 'task', entityId: task.id, detail },
  ]);
}

const nextPrefix = 'Next: ';

function sayNext({ step, channel, at, why }: NextStep): string {
  const what = {
    try: `by ${channel ?? 'phone'}, from ${sayInstant(at)}`,
    letter: 'print the letter, send it, and record that',
    senior: 'a senior decides',
  }[step];
  return `${nextPrefix}${what}. ${why.join('. ')}`;
}

/** Nothing more is tried by itself: a senior decides how the person is to be told, or records why they are not. */
async function askSenior(
  tx: Transaction,
  row: CaseRow,
  view: PersonView,
  next: NextStep,
  task: TaskRow,
  now: string,
): Promise<void> {
  const personId = task.source.split(':')[1] ?? '';
  const [head] = view.talk;
  const [deadline] =
    head === undefined ? [] : await tx.select().from(deadlines).where(eq(deadlines.id, head.id));
  const draft = {
    kind: unreachedKind,
    title: 'A person who is owed an update cannot be reached: decide what to do',
    source: unreachedSource(personId),
    subject: { personId },
    why: [
      ...next.why,
      `They are owed ${view.talk.length === 1 ? 'an update' : `${view.talk.length} updates`}`,
    ],
    consequence: 'victim',
    danger: false,
    alwaysCritical: false,
    dueAt: deadline?.expiresAt ?? task.dueAt,
    effortMinutes: 15,
    forSenior: true,
  } as const;
  await openTasks(
    tx,
    await givenToSeniors(tx, [{ assignment: assignmentOf(row), draft: { ...draft, why: [...draft.why] } }]),
    now,
  );
}
