import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import type { CaseEvent, Registration } from '../../src/cases/events.ts';
import { foldCase } from '../../src/cases/fold.ts';
import type { CaseState } from '../../src/deadlines/case-state.ts';
import { computeDeadlines } from '../../src/deadlines/compute.ts';
import { rules } from '../../src/deadlines/rules/register.ts';
import { desiredRequests, type DesiredRequest } from '../../src/materials/checklist.ts';

export const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const [defendant, offence] = [idOf(1), idOf(2)];

const charge = {
  id: offence,
  code: 'TH68006',
  class: 'either-way',
  committedOn: '2026-05-30',
  chargedOn: '2026-06-01',
  domesticAbuse: false,
} as const;

/** A crime case on bail, charged on Monday 1 June 2026 and received the day after, in which a denial is expected. */
export const registration = (
  over: Partial<Registration> = {},
  charged: Partial<Registration['defendants'][number]['offences'][number]> = {},
): Registration => ({
  kind: 'crime',
  initiation: 'charge',
  anticipatedPlea: 'not-guilty',
  officer: 'PC1001',
  domesticAbuse: false,
  hateCrime: false,
  sexualOffence: false,
  defendants: [{ id: defendant, remand: 'unconditional-bail', offences: [{ ...charge, ...charged }] }],
  hearings: [],
  people: [],
  ...over,
});

export type Told = {
  type: CaseEvent['type'];
  on: string;
  at?: string;
  data?: Record<string, unknown>;
  /** The place in the story of the event that it takes back, from 1. */
  supersedes?: number;
};

/** The events of a case: its receipt, then what is told, numbered from 1. */
export function eventsOf(
  received: Registration,
  story: readonly Told[],
  receivedOn = '2026-06-02',
): CaseEvent[] {
  const event = (seq: number, told: Told): CaseEvent => ({
    id: idOf(100 + seq),
    seq: seq + 1,
    type: told.type,
    on: told.on,
    at: told.at ?? null,
    receivedAt: told.at ?? `${told.on}T09:00:00.000Z`,
    recordedBy: 'cw-1',
    defendantId: null,
    offenceId: null,
    hearingId: null,
    personId: null,
    data: told.data ?? {},
    supersedes: told.supersedes === undefined ? null : idOf(100 + told.supersedes),
  });
  const first = event(0, { type: 'case-received', on: receivedOn, data: received });
  return [first, ...story.map((told, i) => event(i + 1, told))];
}

/** The id that the event at a place of the story has. */
export const eventId = (place: number): string => idOf(100 + place);

export const stateOf = (received: Registration, story: readonly Told[] = [], on?: string): CaseState =>
  foldCase(eventsOf(received, story, on));

/** What is asked for in a case to which these things have happened. */
export function askedIn(received: Registration, story: readonly Told[] = [], on?: string): DesiredRequest[] {
  const state = stateOf(received, story, on);
  return desiredRequests(state, ENGLAND_AND_WALES, computeDeadlines(state, rules, ENGLAND_AND_WALES));
}

export const outstanding = (requests: readonly DesiredRequest[]): string[] =>
  requests.filter(({ state }) => state === 'outstanding').map(({ key }) => key);

/** The one with a key. */
export function ofKey(requests: readonly DesiredRequest[], key: string): DesiredRequest {
  const found = requests.find((request) => request.key === key);
  if (!found) throw new Error(`nobody asks for ${key} among ${requests.map((one) => one.key).join()}`);
  return found;
}
