import type { RequestBasis } from '../../db/schema/materials.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { Cause } from '../deadlines/case-state.ts';

/** A material request as the events of a case make it; `key` tells those of one case apart. */
export type DesiredRequest = {
  key: string;
  material: string;
  /** What the officer is told of why it is needed. */
  why: string;
  /** What the caseworker wrote beside a rejection. */
  note: string | null;
  dueOn: CivilDate;
  /** How the day was come by, with the grade of the rule or default. */
  dueWhy: string;
  basis: RequestBasis;
  requestedBy: string;
  defectCode: string | null;
  /** How often what came was rejected. */
  rejections: number;
  state: 'outstanding' | 'received' | 'not-required' | 'withdrawn';
  closedBy: string | null;
  answer: 'sent' | 'late' | 'not-mine' | 'cannot' | null;
};

/** Something that is to be asked for, and the event from which on it is. */
export type Ask = Pick<DesiredRequest, 'key' | 'material' | 'why' | 'dueOn' | 'dueWhy' | 'basis'> & {
  cause: Cause;
};

/** A request that has just been made. */
export function newRequest({ cause, ...ask }: Ask): DesiredRequest {
  return {
    ...ask,
    note: null,
    requestedBy: cause.eventId,
    defectCode: null,
    rejections: 0,
    state: 'outstanding',
    closedBy: null,
    answer: null,
  };
}
