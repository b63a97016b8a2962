import { eq, inArray, sql } from 'drizzle-orm';
import type { FollowUp } from '../../db/schema/alerts.ts';
import {
  alerts,
  caseEvents,
  cases,
  chasers,
  contacts,
  deadlines,
  history,
  materialRequests,
  messages,
  officers,
  staff,
  tasks,
} from '../../db/schema/index.ts';
import { ruleOf, type DeadlineRow } from '../../src/deadlines/store.ts';
import { prescribed } from '../../src/tasks/deadline-alert-effect.ts';
import type { Asked } from './evidence.ts';
import { sentences } from './sentences.ts';

type Alert = typeof alerts.$inferSelect;
type Case = typeof cases.$inferSelect;
type Staff = typeof staff.$inferSelect;

/** Invariant 7: each firing has exactly the follow-ups that its rule, or the ladder, prescribes, and they are there. */
export async function followUpProblems(db: Asked): Promise<string[]> {
  const all = await db
    .select()
    .from(alerts)
    .where(inArray(alerts.state, ['fired', 'superseded']));
  const world = await readWorld(db);
  return [
    ...all.flatMap((alert) => {
      const say = (what: string) =>
        `7: alert ${alert.id} (${alert.step} of ${world.deadlines.get(alert.obligationId)?.rule ?? alert.class}) ${what}`;
      if (alert.state === 'superseded')
        return (alert.followUps ?? []).length > 0 ? [say('never fired, and has follow-ups')] : [];
      return (alert.class === 'chasers' ? ofChaser : ofDeadline)(alert, world).map(say);
    }),
    ...(await sentences(
      db,
      sql`select format('7: chaser %s follows from alert %s, which did not fire', c.id, c.alert_id)
          from chasers c left join alerts a on a.id = c.alert_id where a.state is distinct from 'fired'
          union all
          select format('7: message %s follows from alert %s, which did not fire', m.id, m.facts->>'alertId')
          from messages m left join alerts a on a.id::text = m.facts->>'alertId'
          where m.purpose = 'staff-alert' and a.state is distinct from 'fired'`,
    )),
  ];
}

type World = Awaited<ReturnType<typeof readWorld>>;

async function readWorld(db: Asked) {
  const byId = <T extends { id: string }>(rows: T[]) => new Map(rows.map((row) => [row.id, row]));
  const changed = await db
    .select({ personId: caseEvents.personId, data: caseEvents.data })
    .from(caseEvents)
    .where(eq(caseEvents.type, 'person-changed'));
  return {
    cases: byId(await db.select().from(cases)),
    deadlines: byId(await db.select().from(deadlines)),
    requests: byId(await db.select().from(materialRequests)),
    contacts: byId(await db.select().from(contacts)),
    tasks: byId(await db.select().from(tasks)),
    messages: byId(await db.select().from(messages)),
    chasers: await db.select().from(chasers),
    staff: await db.select().from(staff),
    officers: new Map((await db.select().from(officers)).map((row) => [row.collar, row])),
    /** Contacts that a senior gave up at some time. */
    givenUp: new Set(
      (
        await db.select({ id: history.entityId }).from(history).where(eq(history.action, 'contact-not-made'))
      ).map(({ id }) => id),
    ),
    /** People of whom it was said, at some time, whether they want to hear anything. */
    changedTheirMinds: new Set(
      changed
        .filter(({ data }) => (data as { preferred?: string }).preferred !== undefined)
        .map(({ personId }) => personId),
    ),
  };
}

function ofDeadline(alert: Alert, world: World): string[] {
  const deadline = world.deadlines.get(alert.obligationId);
  const row = world.cases.get(alert.caseId);
  if (!deadline || !row) return ['is of no deadline'];
  const rule = ruleOf(deadline);
  const expected = prescribed(rule, alert.step);
  const given = (kind: FollowUp['kind']) => (alert.followUps ?? []).filter((one) => one.kind === kind);
  const recipients = expectedRecipients(expected, row, world.staff);
  const [least, most] = expected.task ? tasksOf(deadline, world) : [0, 0];
  const made = given('task');
  const to = given('message').map(({ id }) => world.messages.get(id ?? '')?.toId ?? 'a message that is gone');
  const keys = given('message').map(({ id }) => world.messages.get(id ?? '')?.key);
  return [
    ...(made.length < least || made.length > most ? [`made ${made.length} tasks`] : []),
    ...(made.some(({ id }) => !isTaskOf(world.tasks.get(id ?? ''), deadline))
      ? ['made a task that is not there']
      : []),
    ...(sorted(to) === sorted(recipients)
      ? []
      : [`wrote to ${sorted(to) || 'nobody'} and not to ${sorted(recipients) || 'nobody'}`]),
    ...(keys.some((key, i) => key !== `staff-alert:${alert.id}:${to[i]}`)
      ? ['wrote under another’s key']
      : []),
    ...(given('state').length === (expected.missed ? 1 : 0) ? [] : ['marks it missed at another step']),
    ...(expected.missed && deadline.version === alert.version && deadline.state === 'pending'
      ? ['is over, and the deadline is not missed']
      : []),
  ];
}

/** What a person is to be told is told in one talk, whose task names the update that is due first. */
function isTaskOf(task: typeof tasks.$inferSelect | undefined, deadline: DeadlineRow): boolean {
  const isTalk = task?.source === `conversation:${deadline.personId}`;
  return task !== undefined && (isTalk || task.deadlineId === deadline.id);
}

/** A person who does not want to hear is not called: whether that stood when it fired is known only where it never changed. */
function tasksOf(deadline: DeadlineRow, world: World): [least: number, most: number] {
  const contact = world.contacts.get(deadline.id);
  if (contact === undefined) return [1, 1];
  if (world.changedTheirMinds.has(contact.personId) || world.givenUp.has(contact.id)) return [0, 1];
  return contact.stoppedWhy === null ? [1, 1] : [0, 0];
}

function expectedRecipients(
  { writeToCaseworker, writeToSeniors }: ReturnType<typeof prescribed>,
  row: Case,
  everyone: readonly Staff[],
): string[] {
  return everyone
    .filter(({ active, id }) => active && (!row.restricted || row.visibleTo.includes(id)))
    .filter(
      ({ id, role, team }) =>
        (writeToCaseworker && role !== 'feed' && id === row.caseworker) ||
        (writeToSeniors && role === 'senior' && (team === null || team === row.team)),
    )
    .map(({ id }) => id);
}

function ofChaser(alert: Alert, world: World): string[] {
  const request = world.requests.get(alert.obligationId);
  if (!request) return ['is of no request'];
  const made = world.chasers.filter(({ alertId }) => alertId === alert.id);
  const followUps = alert.followUps ?? [];
  const putOff = followUps.find(({ kind }) => kind === 'none');
  if (putOff !== undefined)
    return made.length > 0 || followUps.length > 1 ? [`is put off (${putOff.why}), and was carried out`] : [];
  const [chaser] = made;
  if (!chaser || made.length > 1) return [`made ${made.length} chasers`];
  const asked = followUps.map(({ kind, id }) => `${kind} ${id}`);
  const tasks = followUps.filter(({ kind }) => kind === 'task');
  const reached =
    chaser.messageId === null ? tasks.map(({ id }) => `task ${id}`) : [`message ${chaser.messageId}`];
  return [
    ...(sorted(asked) === sorted([`chaser ${chaser.id}`, ...reached])
      ? []
      : [`was followed by ${sorted(asked)} and not by what its chaser says`]),
    ...(chaser.step === alert.step ? [] : [`carried out ${chaser.step}`]),
    ...(chaser.level === levelOf(alert.step, request.plan) || chaser.requestVersion !== request.version
      ? []
      : [`went to the ${chaser.level}`]),
    ...(chaser.recipient === null
      ? tasks.length === 2 && tasks.every(({ id }) => world.tasks.get(id ?? '')?.caseId === request.caseId)
        ? []
        : ['made no tasks of its case for the caseworker and a senior']
      : world.messages.get(chaser.messageId ?? '')?.toId === chaser.recipient
        ? []
        : ['made no message to its recipient']),
    ...wrongRecipient(chaser, request, world).map((who) => `went to ${chaser.recipient} and not to ${who}`),
  ];
}

function levelOf(step: string, plan: string | null): string | undefined {
  if (step === 'critical') return 'officer';
  return new RegExp(`(?:^| )${step}/(\\w+)/`).exec(plan ?? '')?.[1];
}

/** Who else had to hear; nobody where a deputy or one above stood in, as they were away then. */
function wrongRecipient(
  chaser: World['chasers'][number],
  request: { officer: string; version: number },
  { officers: everyone }: World,
): string[] {
  if (chaser.recipient === null || chaser.requestVersion !== request.version) return [];
  if (chaser.standsIn === 'deputy' || chaser.standsIn === 'away') return [];
  const sergeant = everyone.get(request.officer)?.supervisor ?? '';
  const expected = {
    officer: request.officer,
    sergeant,
    inspector: everyone.get(sergeant)?.supervisor ?? sergeant,
    caseworker: '',
  }[chaser.level];
  return chaser.recipient === expected ? [] : [expected];
}

function sorted(texts: readonly string[]): string {
  return [...texts].sort().join(' and ');
}
