import type { CaseState, DefendantState, Occurrence } from './case-state.ts';
import { recordEntries, type EntryScope, type PoliceSystem, type RecordEntry } from './record-entries.ts';
import { subjectKey, type Subject } from './rule.ts';
import { concernsDefendant } from './starts.ts';

/** An entry that is owed: about whom, and the events that it takes; the first of them is its clock. */
export type OwedRecord = { subject: Subject; events: readonly [Occurrence, ...Occurrence[]] };

/**
 * What a case owes to one row of the table. Of a defendant, events of one day that came before the entry was made are
 * one entry, and what came afterwards is another. Of a hearing or a person the last event is owed; an earlier one
 * stays where it was entered. Pure.
 */
export function owedRecords(entry: RecordEntry, state: CaseState): OwedRecord[] {
  const events = eventsOf(entry, state).filter(({ type }) => entry.owedBy.includes(type));
  if (events.length === 0) return [];
  if (entry.each === 'defendant')
    return state.defendants.flatMap((defendant) =>
      byDay(
        entry,
        state,
        defendant,
        events.filter(
          (event) => concernsDefendant(event, defendant) && isInScope(entry.only, event, state, defendant),
        ),
      ),
    );
  return entry.each === 'hearing'
    ? state.hearings.flatMap(({ id }) =>
        lastAndEntered(
          entry,
          state,
          { hearingId: id },
          events.filter((event) => event.hearingId === id && isInScope(entry.only, event, state)),
        ),
      )
    : state.people
        .filter(({ role }) => role === 'witness')
        .flatMap(({ id }) =>
          lastAndEntered(
            entry,
            state,
            { personId: id },
            events.filter(({ personId }) => personId === undefined || personId === id),
          ),
        );
}

/** An entry that was made for an event that has since been taken back, with nothing owed that takes its place. */
export type WrongRecord = { subject: Subject; entry: RecordEntry; by: Occurrence };

/** What was entered in a system and proved wrong. Pure. */
export function wrongRecords(system: PoliceSystem, state: CaseState): WrongRecord[] {
  return state.takenBack.flatMap(({ was, by }) =>
    recordEntries
      .filter((entry) => entry.system === system && entry.owedBy.includes(was.type))
      .filter(({ owedBy }) => !owedBy.includes(by.type))
      .flatMap((entry) =>
        subjectsOf(entry, was, state)
          .filter((subject) => wasEntered(entry, subject, was, by, state))
          .map((subject) => ({ subject, entry, by })),
      ),
  );
}

/** Whether what was entered before was taken back, so that this entry corrects it. */
export function correctsEntry(
  entry: RecordEntry,
  { subject, events }: OwedRecord,
  state: CaseState,
): boolean {
  return state.takenBack.some(
    ({ was, by }) =>
      events.some(({ eventId }) => eventId === by.eventId) && wasEntered(entry, subject, was, by, state),
  );
}

/** Recorded before: ids sort by when they were given. When the hub heard of something may be told long afterwards. */
function isBefore(one: { eventId: string }, other: { eventId: string }): boolean {
  return one.eventId < other.eventId;
}

function eventsOf({ owedBy }: RecordEntry, state: CaseState): readonly Occurrence[] {
  if (!owedBy.includes('case-received')) return state.decisions;
  return [{ ...state.registered, type: 'case-received', data: {} }, ...state.decisions];
}

function byDay(
  entry: RecordEntry,
  state: CaseState,
  { id }: DefendantState,
  events: readonly Occurrence[],
): OwedRecord[] {
  const subject = { defendantId: id };
  const all: [Occurrence, ...Occurrence[]][] = [];
  const inOrder = [...events].sort((a, b) => (isBefore(a, b) ? -1 : 1));
  for (const event of inOrder) {
    const open = all.find(
      ([first]) => first.on === event.on && !isEntered(entry, subject, first, state, event),
    );
    if (open) open.push(event);
    else all.push([event]);
  }
  return all.map((owed) => ({ subject, events: owed }));
}

function lastAndEntered(
  entry: RecordEntry,
  state: CaseState,
  subject: Subject,
  events: readonly Occurrence[],
): OwedRecord[] {
  return events.flatMap((event, i) => {
    const isLast = i === events.length - 1;
    const entered = isEntered(entry, subject, event, state);
    // A hearing that was never entered need not be entered as off.
    const isNeedless =
      isLast &&
      event.type === 'hearing-vacated' &&
      !events.slice(0, -1).some((before) => isEntered(entry, subject, before, state));
    return entered || (isLast && !isNeedless) ? [{ subject, events: [event] }] : [];
  });
}

function isEntered(
  { id, toldBy }: RecordEntry,
  subject: Subject,
  first: Occurrence,
  { metByHand, decisions }: CaseState,
  event?: Occurrence,
): boolean {
  const inTime = (entered: { eventId: string }) => event === undefined || isBefore(entered, event);
  const key = subjectKey(subject);
  return (
    metByHand.some(
      (met) => met.rule === id && met.subject === key && met.clock === first.eventId && inTime(met),
    ) ||
    decisions.some(
      (told) =>
        told.type === toldBy &&
        told.on >= first.on &&
        (told.defendantId === undefined || told.defendantId === subject.defendantId) &&
        inTime(told),
    )
  );
}

/** Entered between the event and its taking back: for itself, or with others of its day. */
function wasEntered(
  entry: RecordEntry,
  subject: Subject,
  was: Occurrence,
  by: { eventId: string },
  state: CaseState,
): boolean {
  const key = subjectKey(subject);
  const dayOf = (clock: string): string | undefined =>
    [...state.decisions, ...state.takenBack.map((one) => one.was)].find(({ eventId }) => eventId === clock)
      ?.on;
  const told = state.decisions.some(
    (one) =>
      one.type === entry.toldBy &&
      one.on >= was.on &&
      isBefore(one, by) &&
      (one.defendantId === undefined || one.defendantId === subject.defendantId),
  );
  return (
    told ||
    state.metByHand.some(
      (met) =>
        met.rule === entry.id &&
        met.subject === key &&
        (met.clock === was.eventId || (entry.each === 'defendant' && dayOf(met.clock) === was.on)) &&
        isBefore(was, met) &&
        isBefore(met, by),
    )
  );
}

function subjectsOf({ each }: RecordEntry, was: Occurrence, state: CaseState): Subject[] {
  if (each === 'hearing') return was.hearingId === undefined ? [] : [{ hearingId: was.hearingId }];
  if (each === 'person')
    return state.people
      .filter(({ id }) => was.personId === undefined || was.personId === id)
      .map(({ id }) => ({ personId: id }));
  // The charge that an event added is gone with it: then the defendant that it names tells whom it concerned.
  return state.defendants
    .filter((defendant) =>
      was.type === 'charge-added' ? was.defendantId === defendant.id : concernsDefendant(was, defendant),
    )
    .map(({ id }) => ({ defendantId: id }));
}

function isInScope(
  scope: EntryScope | undefined,
  event: Occurrence,
  state: CaseState,
  defendant?: DefendantState,
): boolean {
  switch (scope) {
    case undefined:
      return true;
    case 'traffic cases':
      return state.kind === 'traffic';
    case 'traffic collisions':
      return defendant?.offences.some(({ code }) => isCollision(code)) === true;
    case 'bail with conditions':
      return event.data['conditional'] !== false;
    case 'victims or witnesses':
      return state.people.length > 0;
    case 'trials':
      return (
        state.people.length > 0 && state.hearings.find(({ id }) => id === event.hearingId)?.type === 'trial'
      );
  }
}

/** Offences that cannot be without a collision: causing death or serious injury, failing to stop or report. */
const collisionOffences: readonly string[] = [
  ...['OF61089', 'RA88032', 'RA88042', 'RA88043', 'RA88044', 'RA88045', 'RA88046', 'RA88047', 'RA88048'],
  ...['RA88050', 'RT88025', 'RT88028', 'RT88029', 'RT88218', 'RT88220', 'RT88221', 'RT88337', 'RT88338'],
  ...['RT88500', 'RT88501', 'RT88502', 'RT88526', 'RT88527', 'RT88530', 'RT88531', 'RT88554', 'RT88564'],
  ...['RT88565', 'RT88583'],
];

function isCollision(code: string): boolean {
  return collisionOffences.includes(code.slice(0, 7));
}
