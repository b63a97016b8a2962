import { inArray } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { FollowUp } from '../../db/schema/alerts.ts';
import type { ChaserLevel } from '../../db/schema/materials.ts';
import { cases, chasers, materialRequests, officers } from '../../db/schema/index.ts';
import type { Effect, FiredAlert } from '../alerts/fire.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { sayMaterial } from '../materials/material-types.ts';
import { newId } from '../platform/ids.ts';
import { openTasks } from '../tasks/store.ts';
import { lastMomentOf, type TaskDraft } from '../tasks/task-draft.ts';
import { openLetter } from './open-letter.ts';
import { ordinaryLadder, urgentLadder } from './ladder.ts';

type Owed = typeof materialRequests.$inferSelect;
type Officer = typeof officers.$inferSelect;
type CaseForChaser = typeof cases.$inferSelect;

const levels = new Map([...urgentLadder, ...ordinaryLadder].map(({ step, level }) => [step, level]));

/**
 * The effect of a step of the ladder: everything an officer owes that is due goes into one message to the officer,
 * or to those above; the last step makes a task with the whole story.
 */
export const chaserEffect: Effect = async (tx, fired, now) => {
  const requests = await byId(
    tx,
    materialRequests,
    fired.map(({ obligationId }) => obligationId),
  );
  const ofCases = await byId(
    tx,
    cases,
    fired.map(({ caseId }) => caseId),
  );
  const everyone = new Map((await tx.select().from(officers)).map((officer) => [officer.collar, officer]));
  const followUps = new Map<string, FollowUp[]>();
  const planned = fired.flatMap((alert) => {
    const request = requests.get(alert.obligationId);
    const row = ofCases.get(alert.caseId);
    if (!request || !row) return [];
    const { level, recipient } = addressee(levels.get(alert.step) ?? 'caseworker', request.officer, everyone);
    return [{ alert, request, row, level, recipient }];
  });
  planned.sort((a, b) => (letterKey(a) < letterKey(b) ? -1 : 1));
  const rows: (typeof chasers.$inferInsert)[] = [];
  const letters = new Map<string, string>();
  for (const { alert, request, row, level, recipient } of planned) {
    const id = newId();
    const chaser = {
      id,
      alertId: alert.id,
      requestId: request.id,
      requestVersion: alert.version,
      step: alert.step,
      level,
    };
    if (recipient === null) {
      const [taskId] = await openTasks(
        tx,
        [{ assignment: assignment(row), draft: decision(request, row, alert) }],
        now,
      );
      rows.push({ ...chaser, recipient: null, messageId: null, at: now });
      followUps.set(alert.id, [
        { kind: 'chaser', id },
        { kind: 'task', id: taskId ?? '' },
      ]);
      continue;
    }
    const key = addressOf({ level, recipient });
    const messageId =
      letters.get(key) ?? (await openLetter(tx, level, recipient, casesOf(key, planned), alert));
    letters.set(key, messageId);
    rows.push({ ...chaser, recipient: recipient.collar, messageId, at: now });
    followUps.set(alert.id, [
      { kind: 'chaser', id },
      { kind: 'message', id: messageId },
    ]);
  }
  if (rows.length > 0) await tx.insert(chasers).values(rows);
  return followUps;
};

type Addressed = { level: ChaserLevel; recipient: Officer | null };

const addressOf = ({ level, recipient }: Addressed): string => `${level} ${recipient?.collar ?? ''}`;

/** The cases of all that goes to one address in this batch. */
function casesOf(address: string, planned: readonly (Addressed & { row: CaseForChaser })[]): string[] {
  return [...new Set(planned.filter((one) => addressOf(one) === address).map(({ row }) => row.id))];
}

function letterKey(planned: { level: ChaserLevel; recipient: Officer | null }): string {
  return `${planned.level === 'officer' ? 'chaser' : 'escalation'} ${planned.recipient?.collar ?? ''}`;
}

/**
 * Who a step goes to: the officer in the case, their sergeant, the inspector above. Where nobody stands at a level,
 * whoever is next above; where nobody does, a caseworker decides.
 */
function addressee(
  level: ChaserLevel,
  collar: string,
  everyone: ReadonlyMap<string, Officer>,
): { level: ChaserLevel; recipient: Officer | null } {
  const officer = everyone.get(collar);
  if (level === 'caseworker' || !officer) return { level: 'caseworker', recipient: null };
  if (level === 'officer') return { level, recipient: officer };
  const line: Officer[] = [];
  for (let above = officer.supervisor; above !== null;) {
    const next = everyone.get(above);
    if (!next || line.includes(next)) break;
    line.push(next);
    above = next.supervisor;
  }
  const wanted = level === 'sergeant' ? line[0] : (line.find(({ rank }) => rank === 'inspector') ?? line[1]);
  const recipient = wanted ?? line.at(-1) ?? null;
  return recipient === null ? { level: 'caseworker', recipient } : { level, recipient };
}

function assignment(row: CaseForChaser) {
  const { id, team, caseworker, restricted, visibleTo } = row;
  return { caseId: id, team, assignee: caseworker, visibleTo: restricted ? visibleTo : [] };
}

function decision(request: Owed, row: CaseForChaser, alert: FiredAlert): TaskDraft {
  return {
    kind: 'chasing-failed',
    title: `Decide: ${sayMaterial(request.material)} has not come`,
    source: `chasing-failed:${request.id}`,
    requestId: request.id,
    subject: {},
    why: [
      `The officer, the sergeant and the inspector have been asked for it, and it was due on ${request.dueOn}`,
      `Why it is needed: ${request.why}`,
      `Tell the CPS about ${row.urn} and decide whether to go on without it`,
    ],
    consequence: 'hearing',
    danger: false,
    alwaysCritical: false,
    dueAt: lastMomentOf(civilDateOf(alert.firedAt)),
    effortMinutes: 20,
  };
}

async function byId<T extends typeof materialRequests | typeof cases>(
  tx: Transaction,
  table: T,
  ids: readonly string[],
): Promise<Map<string, T['$inferSelect']>> {
  if (ids.length === 0) return new Map();
  const rows = (await tx
    .select()
    .from(table as typeof cases)
    .where(inArray((table as typeof cases).id, [...new Set(ids)]))) as T['$inferSelect'][];
  return new Map(rows.map((row) => [row.id, row]));
}
