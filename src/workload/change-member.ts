import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { calendarLinks } from '../../db/schema/calendar-links.ts';
import { staff } from '../../db/schema/people.ts';
import { sessions } from '../../db/schema/sessions.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import { invalid, type Failure } from '../platform/failure.ts';
import type { Actor } from '../staff/history.ts';
import { isGivenCases, memberErrors, noteMember, type Member, type MemberGiven } from '../staff/member.ts';
import { givenToSeniors } from '../tasks/given-to-seniors.ts';
import { openTasks } from '../tasks/store.ts';
import { lastMomentOf, type TaskDraft } from '../tasks/task-draft.ts';

type By = { actor: Actor; now: Instant };

/**
 * Changes somebody of the list of staff. Who leaves is signed out everywhere. Who is given no more work, or works for
 * another team, gives their open tasks back to the pool at once; their cases stay with them, where a rebalance finds
 * them, and a senior of the team has a task to share them out.
 * @param member as they are, locked
 */
export async function changeMember(
  tx: Transaction,
  member: Member,
  given: Partial<MemberGiven>,
  by: By,
): Promise<Member | Failure> {
  const after = { ...member, ...given };
  const fields = (Object.keys(given) as (keyof MemberGiven)[]).filter((name) => member[name] !== after[name]);
  if (fields.length === 0) return member;
  const errors = memberErrors(after);
  if (errors.length > 0) return invalid(errors);
  if (member.id === by.actor.id && (fields.includes('role') || fields.includes('active')))
    return {
      kind: 'not-allowed',
      detail: 'Another administrator changes your own role, and when you leave.',
    };
  const [changed] = await tx
    .update(staff)
    .set({ ...given, version: sql`${staff.version} + 1` })
    .where(eq(staff.id, member.id))
    .returning();
  if (!changed) throw new Error('somebody who was locked is gone');
  await noteMember(tx, changed, 'staff-changed', fields, by);
  if (!changed.active) await shutOut(tx, member.id);
  if (isGivenCases(member) && (!isGivenCases(changed) || changed.team !== member.team))
    await handBack(tx, member, by.now);
  return changed;
}

async function shutOut(tx: Transaction, staffId: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.staffId, staffId));
  await tx.delete(calendarLinks).where(eq(calendarLinks.staffId, staffId));
}

/** Cases are locked before their tasks, in one order, as everywhere. */
async function handBack(tx: Transaction, { id, team }: Member, now: Instant): Promise<void> {
  const held = sql`t.state = 'open' and (t.assignee = ${id} or t.claimed_by = ${id})`;
  const owned = await tx.execute<{ team: string; isOwn: boolean }>(sql`
    select c.team, c.caseworker = ${id} and c.state = 'open' as "isOwn" from cases c
    where (c.caseworker = ${id} and c.state = 'open') or c.id in (select t.case_id from tasks t where ${held})
    order by c.id for update`);
  await tx.execute(sql`
    with freed as (
      update tasks t set assignee = null, claimed_by = null, claim_token = null, claim_until = null,
        version = t.version + 1
      where t.id in (select t.id from tasks t where ${held} order by t.id for update) returning t.id
    )
    update claims set ended_at = clock_timestamp(), how = 'reassigned' from freed
    where task_id = freed.id and ended_at is null`);
  const cases = owned.filter(({ isOwn }) => isOwn);
  const [first] = cases;
  if (first === undefined) return;
  const assignment = { caseId: null, team: team ?? first.team, assignee: null, visibleTo: [] };
  await openTasks(
    tx,
    await givenToSeniors(tx, [{ assignment, draft: shareOut(id, cases.length, now) }]),
    now,
  );
}

function shareOut(id: string, count: number, now: Instant): TaskDraft {
  return {
    kind: 'share-out-cases',
    title: 'Somebody is given no more work here: share out their cases',
    source: `share-out:${id}`,
    subject: {},
    why: [
      `${id} had ${count === 1 ? 'one open case' : `${count} open cases`}, whose open tasks are in the team’s pool`,
      'What falls due of a case until it has somebody else is still given to them: propose a rebalance and apply it',
    ],
    consequence: 'limit',
    danger: true,
    alwaysCritical: false,
    dueAt: lastMomentOf(civilDateOf(now)),
    effortMinutes: 20,
    forSenior: true,
  };
}
