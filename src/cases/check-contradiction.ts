import type { CaseState, DefendantState, HearingState, OffenceState } from '../deadlines/case-state.ts';
import { concerns } from '../deadlines/pleas.ts';
import type { ReadEvent } from './event-body.ts';

type Problem = (path: string, message: string) => void;

/** Types of what happens to one defendant, which say so where a case has several. */
const ofOneDefendant = [
  'remanded',
  'bailed',
  'plea-entered',
  'convicted',
  'acquitted',
  'sentenced',
  'defendant-died',
  'warrant-issued',
  'custody-limit-extended',
  'custody-limit-extension-refused',
];

/**
 * What a person cannot say of a case as it stands, though a court might: its results come in any order, and what they
 * contradict is put before a person. A correction of what stands is the way. Each problem names its field.
 */
export function checkContradiction(event: ReadEvent, state: CaseState, problem: Problem): void {
  const { type, defendant, offence } = event;
  const isOfOne = ofOneDefendant.includes(type) && state.defendants.length > 1;
  if (isOfOne && defendant === undefined && offence === undefined)
    problem('defendant', 'is needed: the case has several defendants');
  checkOutcome(event, state, problem);
  checkListing(event, state.hearings, problem);
}

function checkOutcome(event: ReadEvent, state: CaseState, problem: Problem): void {
  const about = { ...named('defendantId', event.defendant), ...named('offenceId', event.offence) };
  const offences = state.defendants
    .flatMap((defendant) => defendant.offences.map((offence) => ({ defendant, offence })))
    .filter(({ offence }) => concerns(about, offence));
  const convicted = offences.filter(({ offence }) => offence.convicted !== undefined);
  if (event.type === 'acquitted' && convicted.length > 0 && !isSetAside(state, convicted))
    problem(
      'type',
      convicted.length < offences.length
        ? 'contradicts the conviction of one of these charges: name the offence, or take the conviction back first'
        : 'contradicts the conviction: take that back first',
    );
  // What the hub has not heard of may have been: only a plea of not guilty contradicts a sentence.
  const isDenied = ({ offence: { plea, convicted: found } }: (typeof offences)[number]) =>
    plea?.plea === 'not-guilty' && found === undefined;
  if (event.type === 'sentenced' && offences.length > 0 && offences.every(isDenied))
    problem('type', 'contradicts the plea of not guilty: record the conviction, or another plea, first');
}

/** After an appeal, a statutory declaration or a reopening the charge may be tried again. */
function isSetAside(
  { decisions, documents }: CaseState,
  convicted: readonly { defendant: DefendantState; offence: OffenceState }[],
): boolean {
  const since = convicted.map(({ offence }) => offence.convicted?.on ?? '').sort()[0] ?? '';
  return (
    documents.some(({ document, on }) => document === 'statutory-declaration' && on >= since) ||
    decisions.some(
      ({ type, on, data }) =>
        on >= since && (type === 'reopened' || (type === 'appeal-decided' && data['outcome'] === 'allowed')),
    )
  );
}

function checkListing(event: ReadEvent, hearings: readonly HearingState[], problem: Problem): void {
  const data = event.data as { on: string; at?: string; court: string; courtName: string; type?: string };
  if (event.type === 'hearing-moved') {
    const moved = hearings.find(({ id }) => id === event.hearing);
    if (moved?.state === 'vacated') problem('hearing', 'was vacated: list a hearing anew');
  }
  if (event.type === 'trial-listed' && data.type !== undefined && data.type !== 'trial')
    problem('data.type', 'is not of a trial: record hearing-listed');
  else if (event.type === 'hearing-listed' || event.type === 'trial-listed') {
    const { on, at, court, courtName, type = 'trial' } = data;
    const isSame = (one: HearingState) =>
      one.state === 'listed' &&
      one.on === on &&
      one.court === court &&
      one.courtName === courtName &&
      one.type === type &&
      (at === undefined || one.time === undefined || one.time === at);
    if (hearings.some(isSame)) problem('data.on', 'is of a hearing that is listed already');
  }
}

function named<Name extends string>(name: Name, id: string | undefined) {
  return (id === undefined ? {} : { [name]: id }) as { [Field in Name]?: string };
}
