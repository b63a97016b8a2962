import type { CivilDate } from '../calendar/civil-date.ts';
import type { CaseState, HearingType, OffenceClass, StandingRequest } from '../deadlines/case-state.ts';
import type { Instant } from '../platform/clock.ts';
import type { EventType } from './event-types.ts';

/** One thing that happened in a case, as it is stored. `seq` counts from 1 in the order of recording. */
export type CaseEvent = {
  id: string;
  seq: number;
  type: EventType;
  on: CivilDate;
  at: Instant | null;
  receivedAt: Instant;
  /** Who recorded it: a member of staff, a feed, or an officer by their link. */
  recordedBy: string;
  defendantId: string | null;
  offenceId: string | null;
  hearingId: string | null;
  personId: string | null;
  data: Record<string, unknown>;
  supersedes: string | null;
};

/** `data` of `case-received`, the first event of every case: ids and facts, never names. */
export type Registration = {
  kind: CaseState['kind'];
  initiation: CaseState['initiation'];
  anticipatedPlea: CaseState['anticipatedPlea'];
  officer: string;
  domesticAbuse: boolean;
  hateCrime: boolean;
  sexualOffence: boolean;
  defendants: {
    id: string;
    dateOfBirth?: CivilDate;
    remand: 'custody' | 'conditional-bail' | 'unconditional-bail' | 'none';
    remandedOn?: CivilDate;
    offences: {
      id: string;
      code: string;
      class: OffenceClass;
      committedOn: CivilDate;
      chargedOn?: CivilDate;
      domesticAbuse: boolean;
    }[];
  }[];
  hearings: {
    id: string;
    on: CivilDate;
    at?: string;
    court: 'magistrates' | 'crown' | 'youth';
    courtName: string;
    type: HearingType;
  }[];
  people: {
    id: string;
    role: 'victim' | 'witness';
    dateOfBirth?: CivilDate;
    enhancedRights: boolean;
    reasons: string[];
    preferred: 'phone' | 'email' | 'sms' | 'letter' | 'none';
  }[];
  /** What prosecutors always want for a case that this one is, or may come to be. */
  standingRequests?: StandingRequest[];
};

/** `data` of `charge-added`, as it is stored: facts of the charge; its title stands with the charges of the case. */
export type AddedCharge = Registration['defendants'][number]['offences'][number];

/** `data` of `person-added`: what a victim or witness of whom the hub learned later is registered with. */
export type AddedPerson = Registration['people'][number];

/**
 * The events in force, in order of when they happened: superseded ones are left out; a day without a time comes
 * first on its day; what is recorded later comes later, but a charge that is added comes before what happened to it at the
 * same moment. The registration is always first.
 */
export function eventsInForce(events: readonly CaseEvent[]): CaseEvent[] {
  const superseded = new Set(events.map((event) => event.supersedes).filter((id) => id !== null));
  const inForce = events.filter((event) => !superseded.has(event.id));
  return inForce.sort((a, b) => {
    if (a.type === 'case-received') return -1;
    if (b.type === 'case-received') return 1;
    if (a.on !== b.on) return a.on < b.on ? -1 : 1;
    const atA = a.at ?? '';
    const atB = b.at ?? '';
    if (atA !== atB) return atA < atB ? -1 : 1;
    if (a.type !== b.type && a.type === 'charge-added') return -1;
    if (a.type !== b.type && b.type === 'charge-added') return 1;
    return a.seq - b.seq;
  });
}
