import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { insertMany } from '../../db/many-rows.ts';
import { caseEvents, officers } from '../../db/schema/index.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { latest, sayDay } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { createBreather } from '../platform/breathe.ts';
import { invalid, invalidField, isFailure, type Failure } from '../platform/failure.ts';
import { newId } from '../platform/ids.ts';
import { recordHistory } from '../staff/history.ts';
import { readAddedCharge } from './add-charge.ts';
import { checkEvent } from './check-event.ts';
import { readEvent, type EventBody } from './event-body.ts';
import { ownEvents, recordableEvents } from './event-types.ts';
import type { CaseEvent } from './events.ts';
import { foldCase } from './fold.ts';
import { refuseFinalisation } from './refuse-finalisation.ts';
import { settleAll, type CaseRow, type Recording, type Settled, type Settling } from './settle.ts';
import { readEvents, touchCasesAs } from './store.ts';

export type Recorded = { event: CaseEvent; state: CaseState; settled: Settled };

/**
 * Records an event that a person or a feed tells of, and settles what follows from it. The caller holds the lock on
 * the case.
 * @returns `invalid` where a field is wrong or contradicts the case, `conflict` where the case is finalised, or cannot be
 *   finalised yet
 */
export async function recordEvent(
  tx: Transaction,
  row: CaseRow,
  body: EventBody,
  recording: Recording,
): Promise<Recorded | Failure> {
  const read = readEvent(body);
  if (read.kind === 'errors') return invalid(read.errors);
  const { event } = read;
  const events = await readEvents(tx, row.id);
  const superseded = events.find(({ id }) => id === event.supersedes);
  const state = foldCase(events);
  if (state.finalised !== undefined && superseded?.type !== 'finalised' && !reopens.includes(event.type))
    return {
      kind: 'conflict',
      detail: 'The case is finalised. To reopen it, record that it is reopened, and why.',
      errors: [{ path: 'type', message: 'cannot be recorded on a finalised case' }],
    };
  if (state.finalised === undefined && event.type === 'reopened')
    return invalidField('type', 'is of a case that is finalised, and this one is open');
  const errors = checkEvent(event, state, events, recording);
  if (errors.length > 0) return invalid(errors);
  if (event.type === 'officer-changed' && !(await isOfficer(tx, event.data['officer'] as string)))
    return invalidField('data.officer', 'is not the collar number of an officer that is known here');
  const charge = await readAddedCharge(tx, row, event, superseded);
  if (charge !== null && isFailure(charge)) return charge;
  const listsHearing = event.type === 'hearing-listed' || event.type === 'trial-listed';
  const appended = {
    id: newId(),
    type: event.type,
    on: event.on,
    at: event.at ?? null,
    receivedAt: event.receivedAt ?? recording.now,
    defendantId: event.defendant ?? null,
    offenceId: charge?.id ?? event.offence ?? null,
    hearingId: event.hearing ?? (listsHearing ? newId() : null),
    personId: event.person ?? null,
    data: charge?.data ?? event.data,
    supersedes: event.supersedes ?? null,
  };
  if (maybeCloses.includes(event.type) || superseded?.type === 'reopened') {
    const after = foldCase([...events, { ...appended, seq: Infinity, recordedBy: recording.actor.id }]);
    const refused = await refuseFinalisation(tx, row, { ...appended, before: state, after }, recording);
    if (refused !== null) return refused;
  }
  const late = event.type === 'appeal-lodged' ? reopening(state, 'An appeal was lodged', recording) : [];
  return appendAndSettle(tx, row, events, recording, [appended, ...late]);
}

/** After these, or when a reopening is taken back, the case may be closed. */
const maybeCloses = ['finalised', 'reopened'];

/** What brings a finalised case back: a person who says so, or an appeal, however late. */
const reopens = ['reopened', 'appeal-lodged'];

/** The reopening of a case that is finalised, of the day of recording; nothing where it is open. */
export function reopening(state: CaseState, why: string, recording: Recording): NewEvent[] {
  if (state.finalised === undefined) return [];
  const on = latest(state.finalised.on, civilDateOf(recording.now));
  return [ownEvent({ type: 'reopened', on, data: { why } }, recording)];
}

export type OwnEvent = Pick<CaseEvent, 'type' | 'on' | 'data'> & Partial<CaseEvent>;

/**
 * Records an event that one of the hub's own verbs makes, such as material received or a contact attempted, and
 * settles what follows. The caller holds the lock on the case and has checked that it may be done.
 */
export async function recordOwnEvent(
  tx: Transaction,
  row: CaseRow,
  event: OwnEvent,
  recording: Recording,
): Promise<Recorded> {
  return appendAndSettle(tx, row, await readEvents(tx, row.id), recording, [ownEvent(event, recording)]);
}

/** Records several of the hub's own events at once: what follows is settled when all are there. */
export async function recordOwnEvents(
  tx: Transaction,
  row: CaseRow,
  own: readonly [OwnEvent, ...OwnEvent[]],
  recording: Recording,
): Promise<Recorded> {
  const [first, ...rest] = own;
  return appendAndSettle(tx, row, await readEvents(tx, row.id), recording, [
    ownEvent(first, recording),
    ...rest.map((event) => ownEvent(event, recording)),
  ]);
}

/** A case with an event that one of the hub's own verbs makes of it. */
export type OwnEventOf = { row: CaseRow; before: readonly CaseEvent[]; event: OwnEvent };

/**
 * Records an event of its own in each of many cases: for one and for hundreds it takes the same few statements. The
 * caller holds the locks on the cases, and gives the events that each had before.
 */
export async function recordOwnEventOfEach(
  tx: Transaction,
  all: readonly OwnEventOf[],
  recording: Recording,
): Promise<void> {
  const appending = all.map(({ row, before, event }): Appending => ({
    ...{ row, before },
    bodies: [ownEvent(event, recording)],
  }));
  await appendAndSettleAll(tx, appending, recording);
}

type NewEvent = Omit<CaseEvent, 'id' | 'seq' | 'recordedBy'> & { id?: string };
type Appending = { row: CaseRow; before: readonly CaseEvent[]; bodies: readonly [NewEvent, ...NewEvent[]] };

function ownEvent(event: OwnEvent, recording: Recording): NewEvent {
  return {
    at: null,
    receivedAt: recording.now,
    defendantId: null,
    offenceId: null,
    hearingId: null,
    personId: null,
    supersedes: null,
    ...event,
  };
}

async function appendAndSettle(
  tx: Transaction,
  row: CaseRow,
  before: readonly CaseEvent[],
  recording: Recording,
  bodies: readonly [NewEvent, ...NewEvent[]],
): Promise<Recorded> {
  const [recorded] = await appendAndSettleAll(tx, [{ row, before, bodies }], recording);
  if (recorded === undefined) throw new Error('an event that was just recorded is gone');
  return recorded;
}

async function appendAndSettleAll(
  tx: Transaction,
  all: readonly Appending[],
  recording: Recording,
): Promise<Recorded[]> {
  if (all.length === 0) return [];
  const { now, actor } = recording;
  const breathe = createBreather(longestStretchMs);
  const appended: (Settling & { event: CaseEvent; events: CaseEvent[] })[] = [];
  for (const { row, before, bodies } of all) {
    const last = before.at(-1)?.seq ?? 0;
    const number = (body: NewEvent, i: number): CaseEvent => ({
      ...body,
      id: body.id ?? newId(),
      seq: last + 1 + i,
      recordedBy: actor.id,
    });
    const event = number(bodies[0], 0);
    const events = [event, ...bodies.slice(1).map((body, i) => number(body, i + 1))];
    const state = foldCase([...before, ...events]);
    const why = events.map((one) => sayCause(one, actor.id));
    const cause = recording.cause ?? { kind: 'event' as const, id: event.id, why };
    appended.push({ row: { ...row, officer: state.officer }, state, cause, event, events });
    await breathe();
  }
  await insertMany(
    tx,
    caseEvents,
    appended.flatMap(({ row, events }) => events.map((one) => ({ ...one, caseId: row.id, recordedAt: now }))),
  );
  await recordHistory(
    tx,
    actor,
    now,
    appended.flatMap(({ row, events }) =>
      events.map(({ id, type, on, at, supersedes }) => ({
        action: 'event-recorded',
        caseId: row.id,
        entity: 'event',
        entityId: id,
        detail: { type, on, at, supersedes },
      })),
    ),
  );
  const settled = await settleAll(tx, appended, recording);
  await touchCasesAs(
    tx,
    appended.map(({ row: { id, officer }, state }) => ({
      ...{ id, officer },
      state: state.finalised === undefined ? 'open' : 'finalised',
    })),
  );
  return appended.map(({ row, event, state }) => ({
    ...{ event, state },
    settled: settled.get(row.id) ?? { added: [], moved: [], met: [], withdrawn: [] },
  }));
}

/** How long other work of the process may have to wait for the events of many cases. */
const longestStretchMs = 10;

function sayCause({ type, on }: CaseEvent, by: string): string {
  const { title } = { ...recordableEvents, ...ownEvents }[type];
  return `${title}, ${sayDay(on)}, recorded by ${by}`;
}

async function isOfficer(tx: Transaction, collar: string): Promise<boolean> {
  const rows = await tx.select({ collar: officers.collar }).from(officers).where(eq(officers.collar, collar));
  return rows.length > 0;
}
