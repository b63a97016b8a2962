import type { CaseEvent, Registration } from '../../src/cases/events.ts';
import { foldCase } from '../../src/cases/fold.ts';
import { addedLater } from '../../src/court-results/added-later.ts';
import type { DesiredEvent, StandingData } from '../../src/court-results/case-results.ts';
import { saysOf } from '../../src/court-results/compare-events.ts';
import type { Choice } from '../../src/court-results/doubts.ts';
import { asCaseEvent, eventsOfResults } from '../../src/court-results/events-of-results.ts';
import { foldResults, type StoredResult } from '../../src/court-results/fold-results.ts';
import { matchResults } from '../../src/court-results/match-results.ts';
import { readSpi } from '../../src/court-results/read-spi.ts';
import { triggersOf } from '../../src/court-results/triggers.ts';
import { triggersOfCase } from '../../src/court-results/triggers-of-case.ts';
import { message, type MessageSaid } from './message.ts';

const descriptions: Record<string, [string, 'final' | 'interim' | 'other' | null]> = {
  1002: ['Imprisonment', 'final'],
  1015: ['Fine', 'final'],
  1116: ['Community Order', 'final'],
  2004: ['Not Guilty', 'final'],
  2051: ['Withdrawn', 'final'],
  2065: ['Defendant Deceased', 'final'],
  3052: ['Sex Offenders Notice', 'other'],
  3117: ['Victim Surcharge', 'other'],
};

/** Standing data as tests need it: every code of four digits below 9000 is one. */
export const standing: StandingData = {
  court: (code) =>
    ({
      B01EF01: { type: 'magistrates' as const, name: 'Croydon Magistrates’ Court' },
      C42AA00: { type: 'crown' as const, name: 'Crown Court at Fizzgig' },
    })[code] ?? null,
  result: (code) => {
    const [description, type] = descriptions[code] ?? [`Result ${code}`, 'interim' as const];
    return /^[1-8]\d{3}$/.test(code) ? { description, type } : null;
  },
  isRecordable: (code) => code !== 'RT88191',
  isForPnc: (code) => code !== 'LG72001',
};

const people = [
  { id: 'd1', name: 'Orsino Blenkhurst', dateOfBirth: '1990-04-12' },
  { id: 'd2', name: 'Perdita Squillhampton', dateOfBirth: '1995-06-30' },
];

/** A case of two defendants: two thefts of Blenkhurst, one of Squillhampton. */
export function registered(over: Partial<Registration> = {}): CaseEvent {
  const charge = (id: string) => ({
    ...{ id, code: 'TH68006', class: 'either-way' as const, committedOn: '2026-02-01' },
    ...{ chargedOn: '2026-02-10', domesticAbuse: false },
  });
  return happened('case-received', '2026-02-12', {
    ...{ kind: 'crime', initiation: 'charge', anticipatedPlea: 'not-guilty', officer: 'PC1001' },
    ...{ domesticAbuse: false, hateCrime: false, sexualOffence: false, hearings: [], people: [] },
    defendants: [
      { id: 'd1', remand: 'unconditional-bail', offences: [charge('o1'), charge('o2')] },
      { id: 'd2', remand: 'none', offences: [charge('o3')] },
    ],
    ...over,
  });
}

let seq = 0;
export function happened(
  type: CaseEvent['type'],
  on: string,
  data: Record<string, unknown> = {},
  over: Partial<CaseEvent> = {},
): CaseEvent {
  seq += 1;
  return {
    ...{ id: `own-${seq}`, seq, type, on, at: null, receivedAt: `${on}T18:00:00.000Z`, recordedBy: 'cw-1' },
    ...{ defendantId: null, offenceId: null, hearingId: null, personId: null, data, supersedes: null },
    ...over,
  };
}

/** A message as it is stored, of people known by their names. */
export function stored(id: string, said: MessageSaid, receivedAt = '2026-07-01T18:00:00.000Z'): StoredResult {
  const read = readSpi(message({ id, ...said }));
  const [one] = 'kind' in read ? [] : read.cases;
  if ('kind' in read || one === undefined) throw new Error('the message of a test cannot be read');
  const defendants = one.defendants.map(({ name, dateOfBirth, ...rest }) => ({
    ref: `${name}|${dateOfBirth}`,
    ...rest,
  }));
  return { id, content: { ...one, defendants }, sentAt: read.sentAt, receivedAt };
}

/** All that results call for. */
export function outcome(
  results: readonly StoredResult[],
  own: readonly CaseEvent[] = [registered()],
  choices: ReadonlyMap<string, Choice> = new Map(),
) {
  const folded = foldResults(results, choices);
  const refs = [...new Set(folded.sittings.flatMap(({ defendants }) => defendants.map(({ ref }) => ref)))];
  const spoken = refs.map((ref) => {
    const [name = '', dateOfBirth = ''] = ref.split('|');
    return { ref, name, dateOfBirth, linkedTo: null };
  });
  const matched = matchResults(folded.sittings, spoken, people, foldCase(own), choices);
  const { events, doubts } = eventsOfResults(matched.sittings, own, choices, standing);
  return {
    events,
    doubts: [
      ...folded.doubts,
      ...matched.doubts,
      ...doubts,
      ...addedLater(matched.sittings, foldCase(own), choices),
    ],
    triggers: [
      ...folded.sittings.flatMap((sitting) => triggersOf(sitting, standing)),
      ...triggersOfCase(matched.sittings, foldCase(own), choices, standing),
    ],
    state: foldCase([...own, ...events.map(asCaseEvent)]),
  };
}

/** Events in short: type, subject and what matters of the data. */
export function short(events: readonly DesiredEvent[]): string[] {
  return events
    .filter(({ type }) => type !== 'court-result-received')
    .map(({ type, on, defendantId, offenceId, data }) =>
      [type, on, offenceId ?? defendantId ?? '', ...Object.values(data)]
        .filter((part) => part !== '')
        .join(' '),
    );
}

/** What must not depend on the order or the number of messages: all but when the hub heard of it. */
export function essence({ events, doubts, triggers }: ReturnType<typeof outcome>) {
  return { events: events.map((one) => [one.key, saysOf(one)]), doubts, triggers };
}
