import type { CivilDate } from '../calendar/civil-date.ts';
import type { CaseState, DefendantState, Occurrence } from './case-state.ts';
import { finding } from './conditions.ts';
import { concerns } from './pleas.ts';
import type { Condition } from './rule.ts';

/** A day that the court set, and the event that says so. */
export type Directed = { by: CivilDate; cause: Occurrence };

/** The day that stands for something that a court directed: the last one set that concerns the defendant. */
export function directed(state: CaseState, what: string, defendant?: DefendantState): Directed | undefined {
  return state.decisions
    .filter((event) => event.type === 'court-directions-given')
    .filter((event) => !defendant || defendant.offences.some((offence) => concerns(event, offence)))
    .flatMap((cause) =>
      (cause.data['directions'] as { what: string; by: string }[])
        .filter((direction) => direction.what === what)
        .map(({ by }) => ({ by, cause })),
    )
    .at(-1);
}

/** Ends a usual or statutory day when the court has set one of its own for the same thing. */
export function courtSets(what: string, says: string): Condition {
  return {
    says,
    find: (state, start) => {
      const defendant = state.defendants.find(({ id }) => id === start.subject.defendantId);
      return finding(directed(state, what, defendant)?.cause);
    },
  };
}
