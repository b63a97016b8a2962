import { checkOrder } from '../cases/check-order.ts';
import type { ReadEvent } from '../cases/event-body.ts';
import { eventsInForce, type CaseEvent } from '../cases/events.ts';
import { foldCase } from '../cases/fold.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import type { CaseSitting, DesiredEvent, StandingData, Work } from './case-results.ts';
import type { Choices, Doubt } from './doubts.ts';
import { custodyEvents } from './custody-of-results.ts';
import { hearingEvents } from './hearings-of-results.ts';
import { offenceEvents } from './offences-of-results.ts';
import { appealResults, diedResults, warrantResults } from './result-codes.ts';

/**
 * The events that the results of a case call for, in order of the hearings: what a hearing changed against what the
 * case was before it. A plea, a conviction or bail that a later message only repeats is no event. Pure.
 * @param own every event of the case that results have not made
 */
export function eventsOfResults(
  sittings: readonly CaseSitting[],
  own: readonly CaseEvent[],
  choices: Choices,
  standing: StandingData,
): { events: DesiredEvent[]; doubts: Doubt[] } {
  const inForce = eventsInForce(own).map((event) => ({ ...event, supersedes: null }));
  const whole = foldCase(inForce);
  const events: DesiredEvent[] = [];
  const doubts: Doubt[] = [];
  for (const sitting of sittings) {
    const work: Work = { sitting, choices, standing, doubts };
    const before = foldCase([
      ...inForce.filter((event) => event.type === 'case-received' || isBefore(event, sitting)),
      ...events.filter((event) => isBefore(event, sitting)).map(asCaseEvent),
    ]);
    const seen = { whole, before, desired: events };
    const found = [
      received(work, before),
      ...sitting.defendants.flatMap((defendant) => {
        const of = { defendant, before };
        const ofOffences = offenceEvents(work, of);
        return [...ofOffences, ...custodyEvents(work, of, ofOffences), ...personEvents(work, of)];
      }),
      ...hearingEvents(work, seen),
    ];
    for (const event of found) if (fits(event, before, work)) events.push(event);
  }
  return { events, doubts };
}

function isBefore(event: Pick<CaseEvent, 'on' | 'at'>, sitting: CaseSitting): boolean {
  if (event.on !== sitting.on) return event.on < sitting.on;
  return event.at === null || sitting.at === null || event.at <= sitting.at;
}

/** That the result of a hearing has come, whatever it changed: nobody needs to chase it. */
function received({ sitting, standing }: Work, before: CaseState): DesiredEvent {
  const held = before.hearings.find(({ on, state }) => on === sitting.on && state === 'listed');
  return {
    ...eventOf(sitting, `received:${sitting.key}`, 'court-result-received'),
    hearing: held === undefined || held.id.startsWith('next:') ? null : { id: held.id },
    data: { court: standing.court(sitting.court)?.name ?? sitting.court },
  };
}

type Of = { defendant: CaseSitting['defendants'][number]; before: CaseState };

/** What is said of a defendant as a person: an appeal, a warrant, a death. */
function personEvents({ sitting }: Work, { defendant, before }: Of): DesiredEvent[] {
  const { defendantId, ref, offences } = defendant;
  const known = before.defendants.find(({ id }) => id === defendantId);
  const has = (codes: ReadonlySet<string>) =>
    offences.some(({ results }) => results.some(({ code }) => code !== null && codes.has(code)));
  const one = (type: DesiredEvent['type']): DesiredEvent => ({
    ...eventOf(sitting, `${type}:${sitting.key}:${ref}`, type),
    defendantId,
  });
  return [
    ...(has(diedResults) && known?.died === undefined ? [one('defendant-died')] : []),
    ...(has(warrantResults) ? [one('warrant-issued')] : []),
    ...(has(appealResults) ? [one('appeal-lodged')] : []),
  ];
}

/** An event of a sitting that concerns the whole case, at the time of the sitting. */
export function eventOf(sitting: CaseSitting, key: string, type: DesiredEvent['type']): DesiredEvent {
  const { on, at, receivedAt } = sitting;
  return { key, type, on, at, receivedAt, data: {}, defendantId: null, offenceId: null, hearing: null };
}

/** What contradicts the case is not recorded: a person is told. */
function fits(event: DesiredEvent, before: CaseState, { sitting, choices, doubts }: Work): boolean {
  const problems: string[] = [];
  checkOrder(asReadEvent(event), before, (_path, message) => problems.push(message));
  const [problem] = problems;
  if (problem === undefined) return true;
  const source = `contradicts:${event.key}`;
  if (!choices.has(source))
    doubts.push({
      kind: 'contradicts',
      source,
      facts: {
        why: `What the court says (${event.type}, ${event.on}) ${problem}.`,
        ...{ hearingOn: sitting.on, court: sitting.court },
        ...(event.type === 'remanded' || event.type === 'bailed' ? { danger: true as const } : {}),
      },
    });
  return false;
}

function asReadEvent({ type, on, defendantId, offenceId, data, receivedAt }: DesiredEvent): ReadEvent {
  return {
    type: type as ReadEvent['type'],
    on,
    receivedAt,
    data,
    ...(defendantId === null ? {} : { defendant: defendantId }),
    ...(offenceId === null ? {} : { offence: offenceId }),
  };
}

/** A desired event as the fold reads it: known by its key, recorded after all that is there. */
export function asCaseEvent(event: DesiredEvent, i: number): CaseEvent {
  const { hearing } = event;
  return {
    ...event,
    id: event.key,
    seq: 1_000_000 + i,
    recordedBy: 'court',
    hearingId: hearing === null ? null : 'id' in hearing ? hearing.id : hearing.key,
    personId: null,
    supersedes: null,
  };
}
