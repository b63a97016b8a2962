import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { alerts, chasers, materialRequests, messages } from '../../db/schema/index.ts';
import type { FollowUp } from '../../db/schema/alerts.ts';
import { earliest, type CivilDate } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { ruleAsStored } from '../deadlines/apply-settings.ts';
import type { DefendantState, OffenceState } from '../deadlines/case-state.ts';
import { limitDaysUsed } from '../deadlines/custody-limit-periods.ts';
import { isCustodyLimit } from '../deadlines/is-custody-limit.ts';
import { readDeadlines, type DeadlineRow } from '../deadlines/store.ts';
import type { Instant } from '../platform/clock.ts';
import { readTasks } from '../tasks/store.ts';
import type { CaseRow } from './case-row.ts';
import { eventsInForce } from './events.ts';
import { foldCase } from './fold.ts';
import { readEvents, readPeople, type EventRow } from './store.ts';

export type CustodyLog = Awaited<ReturnType<typeof readCustodyLog>>;

/**
 * Everything that bears on the custody time limits of a case: the stays and what is used of each limit, extensions and
 * refusals, warnings, confirmations, and how the police were chased, with times. A court extends a limit only where the
 * prosecution acted with all due diligence and expedition (s.22(3) Prosecution of Offences Act 1985), so lateness with
 * a file is in issue, and what was done about it.
 */
export async function readCustodyLog(db: Database, row: CaseRow, now: Instant) {
  const events = await readEvents(db, row.id);
  const state = foldCase(events);
  const names = await readPeople(db, row.id);
  const inForce = new Set(eventsInForce(events).map(({ id }) => id));
  const standing = events.filter(({ id }) => inForce.has(id));
  const limits = (await readDeadlines(db, row.id)).filter(({ rule }) => isCustodyLimit(rule));
  const warnings = await readWarnings(
    db,
    limits.map(({ id }) => id),
  );
  const today = civilDateOf(now);
  const charge = (offence: OffenceState) => ({
    id: offence.id,
    code: offence.code,
    title: names.offences.find(({ id }) => id === offence.id)?.title ?? offence.code,
    class: offence.class,
    limits: limits
      .filter(({ offenceId }) => offenceId === offence.id)
      .map((deadline) => limitOf(deadline, warnings.get(deadline.id) ?? [], today)),
    extensions: standing
      .filter(({ type }) => type === 'custody-limit-extended' || type === 'custody-limit-extension-refused')
      .filter((event) => concerns(event, offence))
      .map(extensionOf),
  });
  const defendant = (one: DefendantState) => ({
    id: one.id,
    name: names.defendants.find(({ id }) => id === one.id)?.name ?? '',
    remand: one.remand,
    custody: one.custody.map(({ from, to, recordedBy, startedBy, assumed }) => ({
      from,
      to: to ?? null,
      recordedBy,
      recordedAt: events.find(({ id }) => id === startedBy.eventId)?.recordedAt ?? null,
      assumed: assumed ?? null,
    })),
    charges: one.offences.map(charge),
    confirmations: standing
      .filter(({ type }) => type === 'custody-limit-confirmed' || type === 'custody-limit-disputed')
      .filter(({ defendantId }) => defendantId === one.id)
      .map(judgementOf),
  });
  return {
    urn: row.urn,
    at: now,
    officer: state.officer,
    caseworker: row.caseworker,
    defendants: state.defendants.map(defendant),
    chases: await readChases(db, row.id),
    answers: answersOf(standing, await readMaterials(db, row.id)),
    tasks: (await readTasks(db, row.id))
      .filter(({ kind, danger, deadlineId }) => isOnLimit(kind, danger) || isOf(limits, deadlineId))
      .map(({ id, kind, title, createdAt, state: is, assignee, closedAt, closedBy, outcome, note }) => ({
        ...{ id, kind, title, createdAt, state: is, assignee, closedAt, closedBy, outcome, note },
      })),
  };
}

const isOnLimit = (kind: string, danger: boolean): boolean => danger && kind.includes('custody');
const isOf = (limits: readonly DeadlineRow[], id: string | null): boolean =>
  id !== null && limits.some((limit) => limit.id === id);

function concerns(event: EventRow, { id, defendantId }: OffenceState): boolean {
  return event.offenceId === null
    ? event.defendantId === null || event.defendantId === defendantId
    : event.offenceId === id;
}

function extensionOf({ type, on, data, recordedBy, recordedAt }: EventRow) {
  const { until, expiresOn } = data as { until?: CivilDate; expiresOn?: CivilDate };
  return {
    decision: type === 'custody-limit-extended' ? ('granted' as const) : ('refused' as const),
    on,
    until: until ?? null,
    expiresOn: expiresOn ?? null,
    recordedBy,
    recordedAt,
  };
}

type Figure = { by: string; dueOn: CivilDate | null; method?: string; note?: string };

function judgementOf({ type, data, recordedAt }: EventRow) {
  const { dueOn, by, figures } = data as { dueOn: CivilDate; by: string; figures?: Figure[] };
  return {
    result: type === 'custody-limit-confirmed' ? ('confirmed' as const) : ('differs' as const),
    dueOn,
    by,
    at: recordedAt,
    figures: (figures ?? []).map((figure) => ({
      by: figure.by,
      dueOn: figure.dueOn,
      method: figure.method ?? null,
      note: figure.note ?? null,
    })),
  };
}

function limitOf(deadline: DeadlineRow, warnings: readonly Warning[], today: CivilDate) {
  const rule = ruleAsStored(deadline);
  const upTo = deadline.legalDue === null ? today : earliest(today, deadline.legalDue);
  const limitDays = rule.period.adjust?.amount ?? null;
  return {
    deadlineId: deadline.id,
    rule: deadline.rule,
    title: rule.title,
    authority: `${rule.authority.instrument}, ${rule.authority.provision}`,
    state: deadline.state,
    endedWhy: deadline.endedWhy,
    limitDays,
    daysUsed: limitDaysUsed(deadline.facts, upTo),
    expiresOn: deadline.legalDue,
    explanation: deadline.explanation,
    warnings,
  };
}

type Warning = { step: string; at: Instant | null; to: string[] };

/** Warnings that fired, and to whom each was written. */
async function readWarnings(db: Database, ids: readonly string[]): Promise<Map<string, Warning[]>> {
  const found = new Map<string, Warning[]>();
  if (ids.length === 0) return found;
  const fired = await db
    .select()
    .from(alerts)
    .where(and(inArray(alerts.obligationId, [...ids]), eq(alerts.state, 'fired')))
    .orderBy(alerts.firedAt, alerts.id);
  const written = new Map(
    (
      await db
        .select({ id: messages.id, to: messages.toId })
        .from(messages)
        .where(inArray(messages.id, fired.flatMap(messageIds)))
    ).map(({ id, to }) => [id, to]),
  );
  for (const alert of fired) {
    const to = messageIds(alert).flatMap((id) => written.get(id) ?? []);
    const before = found.get(alert.obligationId) ?? [];
    found.set(alert.obligationId, [...before, { step: alert.step, at: alert.firedAt, to }]);
  }
  return found;
}

function messageIds({ followUps }: { followUps: FollowUp[] | null }): string[] {
  return (followUps ?? []).flatMap(({ kind, id }) => (kind === 'message' && id !== undefined ? [id] : []));
}

/** Every time an officer or a supervisor was chased for something, and what was asked for, in order. */
async function readChases(db: Database, caseId: string) {
  return db
    .select({
      at: chasers.at,
      material: materialRequests.material,
      why: materialRequests.why,
      dueOn: materialRequests.dueOn,
      askedAt: materialRequests.createdAt,
      state: materialRequests.state,
      step: chasers.step,
      level: chasers.level,
      recipient: chasers.recipient,
      sentAt: messages.sentAt,
    })
    .from(chasers)
    .innerJoin(materialRequests, eq(materialRequests.id, chasers.requestId))
    .leftJoin(messages, eq(messages.id, chasers.messageId))
    .where(eq(materialRequests.caseId, caseId))
    .orderBy(chasers.at, sql`${chasers.id}`);
}

async function readMaterials(db: Database, caseId: string): Promise<Map<string, string>> {
  const { key, material } = materialRequests;
  const rows = await db
    .select({ key, material })
    .from(materialRequests)
    .where(eq(materialRequests.caseId, caseId));
  return new Map(rows.map((row) => [row.key, row.material]));
}

/** What officers answered and supplied, with times. */
function answersOf(events: readonly EventRow[], materials: ReadonlyMap<string, string>) {
  const told = ['officer-answered', 'material-received', 'material-rejected', 'material-not-required'];
  return events
    .filter(({ type }) => told.includes(type))
    .map(({ type, on, data, recordedBy, recordedAt }) => {
      const { request, answer, until, reason } = data as Record<string, string | undefined>;
      return {
        at: recordedAt,
        on,
        by: recordedBy,
        material: materials.get(request ?? '') ?? null,
        what: type === 'officer-answered' ? (answer ?? '') : type.replace('material-', ''),
        until: until ?? null,
        reason: reason ?? null,
      };
    });
}
