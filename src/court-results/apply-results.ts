import type { Transaction } from '../../db/connect.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { foldCase } from '../cases/fold.ts';
import { recordOwnEvents, reopening, type OwnEvent } from '../cases/record-event.ts';
import { assignmentOf, type CaseRow, type Recording, type Settled } from '../cases/settle.ts';
import { readEvents, readPeople } from '../cases/store.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { ruleOf, type DeadlineRow } from '../deadlines/store.ts';
import { newId } from '../platform/ids.ts';
import { openTasks, readTasks } from '../tasks/store.ts';
import { addedLater } from './added-later.ts';
import { closeCourtTasks } from './close-court-tasks.ts';
import { compareEvents, saysOf, type EventChange, type StandingEvent } from './compare-events.ts';
import { takenBack, triggerSource, triggerTask } from './court-tasks.ts';
import type { Effect } from './effects.ts';
import { eventsOfResults } from './events-of-results.ts';
import { foldResults } from './fold-results.ts';
import { matchResults } from './match-results.ts';
import { saveExceptions } from './save-exceptions.ts';
import { readStandingData, readTriggers } from './standing-data.ts';
import {
  choicesOf,
  readCourtEvents,
  readExceptions,
  readResults,
  readSpokenPeople,
  saveCourtEvents,
} from './store.ts';
import { triggersOf } from './triggers.ts';
import { triggersOfCase } from './triggers-of-case.ts';

/**
 * Makes what a case has from its court results what they now call for: events, and with them deadlines, custody
 * clocks and contacts; tasks by triggers; exceptions. Everything is worked out anew from all the results, so that
 * their order and number make no difference. The caller holds the lock on the case.
 * @returns what changed; nothing where the results say nothing new
 */
export async function applyResults(tx: Transaction, row: CaseRow, recording: Recording): Promise<Effect[]> {
  const { now, calendar } = recording;
  const caseUrn = row.urn;
  const stored = await readResults(tx, { caseId: row.id });
  const exceptions = await readExceptions(tx, { caseId: row.id });
  const choices = choicesOf(exceptions);
  const standing = await readStandingData(tx, stored, choices);
  const events = await readEvents(tx, row.id);
  const state = foldCase(events);
  const folded = foldResults(stored, choices);
  const spoken = await readSpokenPeople(tx, refsOf(folded.sittings));
  const matched = matchResults(folded.sittings, spoken, await knownPeople(tx, row, state), state, choices);
  const court = await readCourtEvents(tx, row.id);
  const desired = eventsOfResults(
    matched.sittings,
    events.filter(({ id }) => !court.made.has(id)),
    choices,
    standing,
  );
  const changes = compareEvents(court.standing, desired.events);

  const before = await readTasks(tx, row.id);
  const triggers = [
    ...folded.sittings.flatMap((sitting) => triggersOf(sitting, standing)),
    ...triggersOfCase(matched.sittings, state, choices, standing),
  ];
  const known = new Set(before.filter(({ outcome }) => outcome !== takenBack).map(({ source }) => source));
  const fresh = triggers.filter((trigger) => !known.has(triggerSource(trigger)));
  const isLate = changes.length > 0 || fresh.length > 0;
  const late = isLate ? reopening(state, 'A court result came after the case was finalised', recording) : [];
  const effects = await recordChanges(tx, row, changes, {
    events,
    late,
    recording,
    standing: court.standing,
  });

  const wanted = new Set(triggers.map(triggerSource));
  const needless = before.filter(({ kind, source }) => kind === 'court-trigger' && !wanted.has(source));
  await closeCourtTasks(
    tx,
    row.id,
    needless.map(({ source }) => source),
    { state: 'cancelled', outcome: takenBack },
    recording,
  );
  const about = await readTriggers(tx, [...new Set(fresh.map(({ code }) => code))]);
  const assignment = assignmentOf(row);
  const drafts = fresh.map((trigger) => {
    const defendantId = matched.defendants.get(trigger.ref);
    const found = {
      urn: caseUrn,
      defendantId,
      offenceId: [...matched.offences].find(([key]) =>
        key.startsWith(`${trigger.ref} ${trigger.offence} `),
      )?.[1],
    };
    return triggerTask(trigger, about.get(trigger.code), standing, found, calendar, civilDateOf(now));
  });
  await openTasks(
    tx,
    drafts.map((draft) => ({ assignment, draft })),
    now,
  );
  const had = new Set(before.filter((task) => task.state === 'open').map(({ id }) => id));
  for (const task of await readTasks(tx, row.id)) {
    if (task.state !== 'open' || had.has(task.id)) continue;
    const { trigger } = task.subject;
    effects.push({
      ...{ kind: 'task', id: task.id, what: task.kind, caseUrn, dueOn: civilDateOf(task.dueAt) },
      ...(trigger === undefined ? {} : { trigger }),
    });
  }
  const doubts = [
    ...folded.doubts,
    ...matched.doubts,
    ...desired.doubts,
    ...addedLater(matched.sittings, state, choices),
  ];
  const place = { urn: row.urn, caseId: row.id, assignment, caseUrn };
  effects.push(...(await saveExceptions(tx, place, doubts, exceptions, recording)));
  return effects;
}

export function refsOf(sittings: readonly { defendants: readonly { ref: string }[] }[]): string[] {
  return [...new Set(sittings.flatMap(({ defendants }) => defendants.map(({ ref }) => ref)))];
}

async function knownPeople(tx: Transaction, row: CaseRow, state: CaseState) {
  const { defendants } = await readPeople(tx, row.id);
  return defendants.map(({ id, name, dateOfBirth }) => ({
    id,
    name,
    dateOfBirth: state.defendants.find((one) => one.id === id)?.dateOfBirth ?? dateOfBirth,
  }));
}

type Around = {
  events: readonly { id: string; supersedes: string | null }[];
  late: readonly OwnEvent[];
  standing: readonly StandingEvent[];
  recording: Recording;
};

/** Records the changes in one settling; corrections take back what a newer result no longer says. */
async function recordChanges(
  tx: Transaction,
  row: CaseRow,
  changes: readonly EventChange[],
  { events, late, standing, recording }: Around,
): Promise<Effect[]> {
  const superseded = new Set(events.flatMap(({ supersedes }) => supersedes ?? []));
  const hearingIds = new Map(
    standing.flatMap(({ key, hearingId }) => (hearingId === null ? [] : [[key, hearingId]])),
  );
  const own: OwnEvent[] = [];
  const made: Parameters<typeof saveCourtEvents>[2][number][] = [];
  const effects: Effect[] = [];
  const caseUrn = row.urn;
  for (const change of changes) {
    const id = newId();
    const over = change.kind === 'add' ? undefined : change.standing;
    // What a person has taken back already cannot be taken back again.
    const supersedes = over === undefined || superseded.has(over.eventId) ? null : over.eventId;
    if (change.kind === 'take-back') {
      if (supersedes === null) continue;
      const why = 'A newer result of the court no longer says this';
      own.push({ id, type: 'correction', on: civilDateOf(recording.now), data: { why }, supersedes });
      made.push({ key: null, eventId: id, hearingId: null, says: '' });
      effects.push({
        kind: 'event',
        id: supersedes,
        what: over?.key.split(':')[0] ?? '',
        caseUrn,
        change: 'withdrawn',
      });
      continue;
    }
    const { desired } = change;
    const { key, type, on, at, receivedAt, data, defendantId, offenceId, hearing } = desired;
    const listed = type === 'hearing-listed' ? (over?.hearingId ?? newId()) : null;
    const hearingId =
      listed ??
      (hearing === null ? null : 'id' in hearing ? hearing.id : (hearingIds.get(hearing.key) ?? null));
    if (hearingId !== null) hearingIds.set(key, hearingId);
    own.push({ id, type, on, at, receivedAt, data, defendantId, offenceId, hearingId, supersedes });
    made.push({ key, eventId: id, hearingId, says: saysOf(desired) });
    effects.push({
      ...{ kind: 'event', id, what: type, caseUrn, on },
      change: supersedes === null ? 'added' : 'superseded',
    });
  }
  const [first, ...rest] = [...own, ...late];
  if (first === undefined) return [];
  const { settled } = await recordOwnEvents(tx, row, [first, ...rest], recording);
  const over = changes.flatMap((change) => (change.kind === 'add' ? [] : [change.standing.eventId]));
  await saveCourtEvents(tx, row.id, made, over);
  return [...effects, ...deadlineEffects(settled, caseUrn)];
}

/** The deadlines and contacts that a change touched, as the answer lists them. */
export function deadlineEffects({ added, moved, met, withdrawn }: Settled, caseUrn: string): Effect[] {
  const one = (row: DeadlineRow, change: Effect['change']): Effect => ({
    kind: ruleOf(row).contact === undefined ? 'deadline' : 'contact',
    id: row.id,
    what: row.rule,
    caseUrn,
    change,
    dueOn: row.legalDueAt ?? row.legalDue,
  });
  return [
    ...added.map((row) => one(row, 'added')),
    ...moved.map(({ deadline }) => one(deadline, 'moved')),
    ...met.map((row) => one(row, 'met')),
    ...withdrawn.map((row) => one(row, 'withdrawn')),
  ];
}
