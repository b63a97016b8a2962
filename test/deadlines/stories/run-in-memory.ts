import { readFileSync } from 'node:fs';
import { ENGLAND_AND_WALES } from '../../../src/calendar/bank-holidays-data.ts';
import { civilDateOf, instantAt } from '../../../src/calendar/london-time.ts';
import { caseBody } from '../../../src/cases/case-body.ts';
import { checkCase } from '../../../src/cases/check-case.ts';
import { checkEvent } from '../../../src/cases/check-event.ts';
import { eventBody, readEvent } from '../../../src/cases/event-body.ts';
import type { CaseEvent } from '../../../src/cases/events.ts';
import { foldCase } from '../../../src/cases/fold.ts';
import { registrationOf } from '../../../src/cases/registration.ts';
import { compareDeadlines, type DeadlineState } from '../../../src/deadlines/compare.ts';
import { computeDeadlines, type ComputedDeadline } from '../../../src/deadlines/compute.ts';
import { rules } from '../../../src/deadlines/rules/register.ts';
import { offenceClass } from '../../../src/reference/offence-class.ts';
import type { ReferenceOffence } from '../../../src/reference/types.ts';
import { ordinaryCase } from './ordinary-case.ts';
import type { Story, StoryEvent } from './story.ts';

/** A deadline of a story's case, and what the hub would make of it. */
export type Outcome = ComputedDeadline & { state: DeadlineState };

/** After all that the stories tell of, so that nothing in them is still to come. */
const now = '2027-12-31T10:00:00.000Z';

/** The story's case as the API would hold it, with no database: parse, check, fold, compute, compare. */
export function tell(story: Story, ...more: readonly NonNullable<Story['meets']>[]): Outcome[] {
  const { events, personIds } = receive(story);
  for (const event of story.events) {
    if ('reached' in event) attempt(events, 'reached', outcomes(events), event.reached);
    else if ('entered' in event) enter(events, event.entered);
    else if ('givenOn' in event) handOver(events, event.givenOn);
    else record(events, event, personIds);
  }
  for (const one of more) {
    if ('attempt' in one) attempt(events, one.attempt, outcomes(events), story.rule);
    else record(events, one, personIds);
  }
  return outcomes(events).filter(({ rule }) => rule === story.rule);
}

function outcomes(events: readonly CaseEvent[]): Outcome[] {
  const computed = computeDeadlines(foldCase(events), rules, ENGLAND_AND_WALES);
  const added = compareDeadlines([], computed, '1900-01-01T00:00:00.000Z');
  return computed.map((one) => {
    const change = added.find((candidate) => candidate.computed === one);
    return { ...one, state: change?.kind === 'added' ? change.state : 'withdrawn' };
  });
}

let lastId = 0;
const newId = (): string => `00000000-0000-4000-8000-${String((lastId += 1)).padStart(12, '0')}`;

function receive(story: Story): { events: CaseEvent[]; personIds: string[] } {
  const body = caseBody.parse({ ...ordinaryCase, ...story.case, urn: '21AB1234526' });
  const known = { offences: referenceOffences(), officerExists: true, unknownStaff: new Set<string>(), now };
  const errors = checkCase(body, known);
  if (errors.length > 0) throw new Error(`the case is refused: ${JSON.stringify(errors)}`);
  const registration = registrationOf(body, known);
  const { people } = registration;
  const received: CaseEvent = {
    id: newId(),
    seq: 1,
    type: 'case-received',
    on: civilDateOf(body.receivedAt),
    at: body.receivedAt,
    receivedAt: body.receivedAt,
    recordedBy: 'feed-1',
    defendantId: null,
    offenceId: null,
    hearingId: null,
    personId: null,
    data: registration,
    supersedes: null,
  };
  return { events: [received], personIds: people.map(({ id }) => id) };
}

/** Records an event as `POST /api/cases/:urn/events` would; one that it would refuse fails the story. */
function record(events: CaseEvent[], told: StoryEvent, personIds: readonly string[]): void {
  const state = foldCase(events);
  const { defendant, offence, hearing, person, takesBack, ...rest } = told;
  const hearingOf = hearing === 'last' ? state.hearings.at(-1) : state.hearings[hearing ?? -1];
  const body = eventBody.parse({
    ...rest,
    ...(defendant === undefined ? {} : { defendant: state.defendants[defendant]?.id }),
    ...(offence === undefined ? {} : { offence: state.defendants[offence[0]]?.offences[offence[1]]?.id }),
    ...(hearing === undefined ? {} : { hearing: hearingOf?.id }),
    ...(person === undefined ? {} : { person: personIds[person] }),
    ...(takesBack === undefined ? {} : { supersedes: events[takesBack + 1]?.id }),
  });
  const read = readEvent(body);
  const errors =
    read.kind === 'errors'
      ? read.errors
      : checkEvent(read.event, state, events, { now, calendar: ENGLAND_AND_WALES });
  if (read.kind === 'errors' || errors.length > 0)
    throw new Error(`the event ${told.type} is refused: ${JSON.stringify(errors)}`);
  const { event } = read;
  const listsHearing = event.type === 'hearing-listed' || event.type === 'trial-listed';
  events.push({
    id: newId(),
    seq: events.length + 1,
    type: event.type,
    on: event.on,
    at: event.at ?? null,
    receivedAt: event.receivedAt ?? event.at ?? instantAt(event.on, '09:00'),
    recordedBy: 'cw-1',
    defendantId: event.defendant ?? null,
    offenceId: event.offence ?? (event.type === 'charge-added' ? newId() : null),
    hearingId: event.hearing ?? (listsHearing ? newId() : null),
    personId: event.person ?? null,
    data: event.data,
    supersedes: event.supersedes ?? null,
  });
}

/** Gives the case to another caseworker, as `POST /api/cases/:urn/caseworker` would. */
function handOver(events: CaseEvent[], on: string): void {
  events.push({
    ...{ id: newId(), seq: events.length + 1, type: 'caseworker-changed', on },
    ...{ at: instantAt(on, '10:00'), receivedAt: instantAt(on, '10:00'), recordedBy: 'sr-1' },
    ...{ defendantId: null, offenceId: null, hearingId: null, personId: null, supersedes: null },
    data: { from: 'cw-1', to: 'cw-2', kind: 'single', summary: [] },
  });
}

/** A contact with the person of the first update that the rule owes, on the day it is due. */
function attempt(
  events: CaseEvent[],
  result: 'reached' | 'declined',
  owed: readonly Outcome[],
  rule: string,
): void {
  const update = owed.find((one) => one.rule === rule && one.state === 'pending');
  if (!update?.subject.personId) throw new Error('nobody is owed an update');
  const on = update.actionDue ?? civilDateOf(events[0]?.receivedAt ?? '');
  const at = instantAt(on, '10:00');
  events.push({
    id: newId(),
    seq: events.length + 1,
    type: 'contact-attempted',
    on,
    at,
    receivedAt: at,
    recordedBy: 'cw-1',
    defendantId: null,
    offenceId: null,
    hearingId: null,
    personId: update.subject.personId,
    data: { rule, clock: update.clock, result },
    supersedes: null,
  });
}

/** What a rule asks to be entered is entered, an hour after the hub learned of it. */
function enter(events: CaseEvent[], rule: string): void {
  const owed = outcomes(events).find((one) => one.rule === rule && one.state === 'pending');
  const last = events.at(-1);
  if (!owed || !last) throw new Error(`nothing is to be entered by ${rule}`);
  events.push({
    ...last,
    id: newId(),
    seq: events.length + 1,
    type: 'record-entered',
    at: null,
    receivedAt: instantAt(last.on, '10:00'),
    data: { rule, subject: owed.subjectKey, clock: owed.clock },
    supersedes: null,
  });
}

let reference: ReadonlyMap<string, ReferenceOffence> | undefined;

/** The offence list as it is shipped, so that a story's code and class cannot contradict it. */
function referenceOffences(): ReadonlyMap<string, ReferenceOffence> {
  reference ??= new Map(
    readFileSync(new URL('../../../db/reference/data/offences.tsv', import.meta.url), 'utf8')
      .split('\n')
      .map((line) => line.split('\t'))
      .filter((fields) => fields.length >= 4)
      .map(([code = '', title = '', category = '', recordable = '']) => [
        code,
        { code, title, category, class: offenceClass(category), recordableOnPnc: recordable === 't' },
      ]),
  );
  return reference;
}
