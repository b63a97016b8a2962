import { and, eq } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { caseEvents } from '../../db/schema/index.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { correspondenceOf, type Correspondence } from '../correspondence/correspondence-of.ts';
import { readWords, type EventWords } from '../correspondence/store.ts';
import { decisionsOf, type Decision } from '../decisions/decisions-of.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { queriesOf, type Query } from '../queries/queries-of.ts';
import type { EventType } from './event-types.ts';
import type { CaseEvent } from './events.ts';
import { causeOf, foldCase } from './fold.ts';
import { readEvents } from './store.ts';

/** A question, a letter or a decision with all that was said of it. What was taken back is kept, and says so. */
export type Answerable<Entry> = {
  entry: Entry;
  isTakenBack: boolean;
  said: EventWords | undefined;
  /** The words by which it came to its end. */
  end: EventWords | undefined;
};

type Ended = { id: string; closedBy: { eventId: string } | null };
type Of<Entry> = (state: Pick<CaseState, 'decisions' | 'people'>, calendar: HolidayCalendar) => Entry[];

/** Every question of a case, the newest first. */
export function readQueries(db: Database | Transaction, caseId: string, calendar: HolidayCalendar) {
  return readAll<Query>(db, caseId, calendar, 'query-asked', queriesOf, ({ askedAt }) => askedAt);
}

/** All correspondence of a case, the newest first. */
export function readCorrespondence(db: Database | Transaction, caseId: string, calendar: HolidayCalendar) {
  return readAll<Correspondence>(
    db,
    caseId,
    calendar,
    'correspondence-logged',
    correspondenceOf,
    ({ at }) => at,
  );
}

/** Every decision of a case, the newest first. */
export function readDecisions(db: Database | Transaction, caseId: string, calendar: HolidayCalendar) {
  return readAll<Decision>(db, caseId, calendar, 'decision-recorded', decisionsOf, ({ at }) => at);
}

/** The case of the event by which a question was asked or a letter logged, or undefined. */
export async function caseOfEvent(
  db: Database | Transaction,
  id: string,
  type: EventType,
): Promise<string | undefined> {
  const [row] = await db
    .select({ caseId: caseEvents.caseId })
    .from(caseEvents)
    .where(and(eq(caseEvents.id, id), eq(caseEvents.type, type)));
  return row?.caseId;
}

async function readAll<Entry extends Ended>(
  db: Database | Transaction,
  caseId: string,
  calendar: HolidayCalendar,
  type: EventType,
  of: Of<Entry>,
  atOf: (entry: Entry) => string,
): Promise<Answerable<Entry>[]> {
  const events = await readEvents(db, caseId);
  const words = await readWords(db, caseId);
  const state = foldCase(events);
  const superseded = new Set(events.map(({ supersedes }) => supersedes));
  const takenBack = events.filter((event) => event.type === type && superseded.has(event.id));
  const decisions = takenBack.map((event) => occurrence(event));
  const entries = [
    ...of(state, calendar).map((entry) => ({ entry, isTakenBack: false })),
    ...of({ decisions, people: state.people }, calendar).map((entry) => ({ entry, isTakenBack: true })),
  ];
  return entries
    .map(({ entry, isTakenBack }) => ({
      entry,
      isTakenBack,
      said: words.get(entry.id),
      end: entry.closedBy === null ? undefined : words.get(entry.closedBy.eventId),
    }))
    .sort(
      (one, other) => compare(atOf(other.entry), atOf(one.entry)) || compare(other.entry.id, one.entry.id),
    );
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

function occurrence(event: CaseEvent): CaseState['decisions'][number] {
  return {
    ...causeOf(event),
    type: event.type,
    data: event.data,
    ...(event.personId === null ? {} : { personId: event.personId }),
    ...(event.defendantId === null ? {} : { defendantId: event.defendantId }),
  };
}
