import { ENGLAND_AND_WALES } from '../../../src/calendar/bank-holidays-data.ts';
import { civilDateOf } from '../../../src/calendar/london-time.ts';
import { caseBody } from '../../../src/cases/case-body.ts';
import { checkCase } from '../../../src/cases/check-case.ts';
import { checkEvent } from '../../../src/cases/check-event.ts';
import { eventBody, readEvent } from '../../../src/cases/event-body.ts';
import type { CaseEvent, Registration } from '../../../src/cases/events.ts';
import { foldCase } from '../../../src/cases/fold.ts';
import { compareDeadlines } from '../../../src/deadlines/compare.ts';
import { computeDeadlines } from '../../../src/deadlines/compute.ts';
import { rules } from '../../../src/deadlines/rules/register.ts';
import type { Plan, Told } from './case-plans.ts';

/** After all that the plans tell of. */
const now = '2099-01-01T00:00:00.000Z';

/** Ids say what they are of and where it stands in the case, so that two tellings can be compared. */
const kinds = { event: 0, defendant: 1, offence: 2, hearing: 3, victim: 4, witness: 5 } as const;
type Kind = keyof typeof kinds;

export const idOf = (kind: Kind, first: number, second = 0): string =>
  `0000000${kinds[kind]}-0000-4000-8${String(first).padStart(3, '0')}-${String(second).padStart(12, '0')}`;

export const personId = ({ body }: Plan, position: number): string =>
  position < body.victims.length ? idOf('victim', position) : idOf('witness', position - body.victims.length);

/** What the hub would hold of a plan: its events, and those of the plan that it would not refuse. */
export type Held = { events: CaseEvent[]; accepted: Told[] };

/** A case as `POST /api/cases` and its events would hold it, with no database: parsed, checked and folded. */
export function hold(plan: Plan): Held {
  const held: Held = { events: [received(plan)], accepted: [] };
  for (const told of plan.events) {
    const event = read(plan, told, held);
    if (event === null) continue;
    held.events.push(event);
    held.accepted.push(told);
  }
  return held;
}

function received(plan: Plan): CaseEvent {
  const body = caseBody.parse({ ...plan.body, urn: '21AB1234526' });
  const known = { offences: new Map(), officerExists: true, unknownStaff: new Set<string>(), now };
  const errors = checkCase(body, known);
  if (errors.length > 0) throw new Error(`the case is refused: ${JSON.stringify(errors)}`);
  const { kind, initiation, anticipatedPlea, officer, domesticAbuse, hateCrime, sexualOffence } = body;
  const registration: Registration = {
    ...{ kind, initiation, anticipatedPlea, officer, domesticAbuse, hateCrime, sexualOffence },
    defendants: body.defendants.map(({ name: _, ...defendant }, d) => ({
      ...defendant,
      id: idOf('defendant', d),
      offences: defendant.offences.map(({ title: __, ...offence }, o) => ({
        ...offence,
        class: offence.class ?? 'either-way',
        id: idOf('offence', d, o),
      })),
    })),
    hearings: body.hearings.map((hearing, h) => ({ ...hearing, id: idOf('hearing', h) })),
    people: (['victims', 'witnesses'] as const).flatMap((group) =>
      body[group].map(({ dateOfBirth, enhancedRights, reasons, preferred }, p) => ({
        id: idOf(group === 'victims' ? 'victim' : 'witness', p),
        role: group === 'victims' ? ('victim' as const) : ('witness' as const),
        ...{ dateOfBirth, enhancedRights, reasons, preferred },
      })),
    ),
  };
  return {
    ...nobody,
    id: idOf('event', 0),
    seq: 1,
    type: 'case-received',
    on: civilDateOf(body.receivedAt),
    at: body.receivedAt,
    receivedAt: body.receivedAt,
    data: registration,
  };
}

const nobody = {
  recordedBy: 'cw-1',
  defendantId: null,
  offenceId: null,
  hearingId: null,
  personId: null,
  supersedes: null,
};

/** The event as it would be stored, or null where the hub would refuse it. */
function read(plan: Plan, told: Told, { events }: Held): CaseEvent | null {
  const { defendant, offence, hearing, person, supersedes, ...rest } = told;
  const body = eventBody.parse({
    ...rest,
    ...(defendant === undefined ? {} : { defendant: idOf('defendant', defendant) }),
    ...(offence === undefined ? {} : { offence: idOf('offence', ...offence) }),
    ...(hearing === undefined ? {} : { hearing: idOf('hearing', hearing) }),
    ...(person === undefined ? {} : { person: personId(plan, person) }),
    ...(supersedes === undefined ? {} : { supersedes: idOf('event', supersedes) }),
  });
  const answer = readEvent(body);
  if (answer.kind === 'errors') throw new Error(`${told.type}: ${JSON.stringify(answer.errors)}`);
  const { event } = answer;
  if (checkEvent(event, foldCase(events), events, { now, calendar: ENGLAND_AND_WALES }).length > 0)
    return null;
  const listings = events.filter(({ type }) => type === 'hearing-listed' || type === 'trial-listed').length;
  const lists = event.type === 'hearing-listed' || event.type === 'trial-listed';
  return {
    id: idOf('event', events.length),
    seq: events.length + 1,
    type: event.type,
    on: event.on,
    at: event.at ?? null,
    receivedAt: event.receivedAt ?? event.at ?? '',
    recordedBy: 'cw-1',
    defendantId: event.defendant ?? null,
    offenceId: event.offence ?? null,
    hearingId: event.hearing ?? (lists ? idOf('hearing', plan.body.hearings.length + listings) : null),
    personId: event.person ?? null,
    data: event.data,
    supersedes: event.supersedes ?? null,
  };
}

/** Every deadline that stands: rule, whom it is about, due date and state, sorted. */
export function standing(events: readonly CaseEvent[]): string[] {
  const computed = computeDeadlines(foldCase(events), rules, ENGLAND_AND_WALES);
  return compareDeadlines([], computed, '1900-01-01T00:00:00.000Z')
    .map((change) =>
      change.kind === 'added'
        ? line(change.computed.rule, change.computed.subjectKey, change.computed.legalDue, change.state)
        : '',
    )
    .sort();
}

export const line = (rule: string, subject: string, due: string | null, state: string): string =>
  `${rule} | ${subject} | ${due} | ${state}`;
