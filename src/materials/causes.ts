import type { CaseState, Cause, CustodyPeriod, DefendantState } from '../deadlines/case-state.ts';
import { isDomesticAbuse } from './standards/needs.ts';

/** The event by which somebody came to be held who is held still: the first of them. */
export function custodyCause(state: CaseState): Cause | undefined {
  return first(
    state.defendants
      .filter((defendant) => defendant.remand === 'custody')
      .map((defendant) => stay(defendant)?.startedBy ?? state.registered),
  );
}

function stay({ custody }: DefendantState): CustodyPeriod | undefined {
  return custody.findLast(({ to }) => to === undefined);
}

/** The first plea of not guilty among those that stand. */
export function denialCause(state: CaseState): Cause | undefined {
  return first(
    state.defendants
      .flatMap(({ offences }) => offences.map(({ plea }) => plea))
      .filter((plea) => plea?.plea === 'not-guilty')
      .filter((plea) => plea !== undefined),
  );
}

/** The event by which a case is one of domestic abuse: its receipt, or the correction that says so. */
export function domesticAbuseCause(state: CaseState): Cause | undefined {
  if (!isDomesticAbuse(state)) return undefined;
  if (state.domesticAbuse) return state.registered;
  const corrections = state.decisions.filter(
    ({ type, data }) => type === 'correction' && data['domesticAbuse'] === true,
  );
  const causes = state.defendants
    .flatMap(({ offences }) => offences)
    .filter(({ domesticAbuse }) => domesticAbuse)
    .map(
      (offence) =>
        corrections.find(({ offenceId }) => offenceId === undefined || offenceId === offence.id) ??
        state.registered,
    );
  return first(causes);
}

function first<T extends Cause>(causes: readonly T[]): T | undefined {
  return [...causes].sort((a, b) => order(a, b))[0];
}

/** The last of several events. */
export function last(causes: readonly [Cause, ...Cause[]]): Cause {
  return [...causes].sort((a, b) => order(b, a))[0] ?? causes[0];
}

function order(a: Cause, b: Cause): number {
  if (a.on !== b.on) return a.on < b.on ? -1 : 1;
  return a.receivedAt < b.receivedAt ? -1 : Number(a.receivedAt > b.receivedAt);
}
