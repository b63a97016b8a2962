import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { checkPropertyDated } from '../finalisation/property.ts';
import type { Instant } from '../platform/clock.ts';
import type { FieldError } from '../platform/failure.ts';
import { checkContradiction } from './check-contradiction.ts';
import { checkExtension } from './check-extension.ts';
import { futureErrors } from './check-future.ts';
import { checkOrder } from './check-order.ts';
import type { ReadEvent } from './event-body.ts';
import type { CaseEvent } from './events.ts';
import { foldCase } from './fold.ts';

/** Types that say something of a hearing that is there already. */
const needHearing = ['hearing-moved', 'hearing-vacated'];
/**
 * Everything in an event that contradicts the case as its events in force have it, each naming its field. Pure.
 * @param events those of the case, to know what can be superseded
 * @param hub its time, which nothing that happened is after, and the calendar that limits are counted by
 */
export function checkEvent(
  event: ReadEvent,
  state: CaseState,
  events: readonly CaseEvent[],
  hub: { now: Instant; calendar: HolidayCalendar },
): FieldError[] {
  const errors: FieldError[] = futureErrors(event, hub.now);
  const problem = (path: string, message: string) => errors.push({ path, message });
  checkSubjects(event, state, problem);
  checkSuperseded(event, events, problem);
  if (needHearing.includes(event.type) && event.hearing === undefined)
    problem('hearing', 'is needed: which hearing');
  const before = stateWithout(event.supersedes, state, events);
  checkOrder(event, before, problem);
  checkContradiction(event, before, problem);
  checkExtension(event, before, hub.calendar, problem);
  checkCorrection(event, state, problem);
  checkActionPlan(event, problem);
  if (event.type === 'property-dated') errors.push(...checkPropertyDated(event.data, event.on));
  checkCharge(event, problem);
  return errors;
}

type Problem = (path: string, message: string) => void;

function checkSubjects(event: ReadEvent, state: CaseState, problem: Problem): void {
  const defendant = state.defendants.find(({ id }) => id === event.defendant);
  if (event.defendant !== undefined && !defendant) problem('defendant', 'is not a defendant of this case');
  const offences = (defendant === undefined ? state.defendants : [defendant]).flatMap((one) => one.offences);
  if (event.offence !== undefined && !offences.some(({ id }) => id === event.offence))
    problem('offence', defendant ? 'is not an offence of this defendant' : 'is not an offence of this case');
  if (event.hearing !== undefined && !state.hearings.some(({ id }) => id === event.hearing))
    problem('hearing', 'is not a hearing of this case');
  if (event.person !== undefined && !state.people.some(({ id }) => id === event.person))
    problem('person', 'is not a victim or witness of this case');
}

function checkSuperseded(event: ReadEvent, events: readonly CaseEvent[], problem: Problem): void {
  if (event.supersedes === undefined) {
    if (event.type === 'correction' && Object.keys(event.data).every((key) => key === 'why'))
      problem(
        'supersedes',
        'is needed: a correction names the event that it takes back, or the facts that it corrects',
      );
    return;
  }
  const target = events.find(({ id }) => id === event.supersedes);
  if (!target) problem('supersedes', 'is not an event of this case');
  else if (target.type === 'case-received')
    problem('supersedes', 'is the receipt of the case, which cannot be taken back');
  else if (events.some(({ supersedes }) => supersedes === target.id))
    problem('supersedes', 'has been superseded already');
}

/** The case as it is once the event that is taken back no longer counts. */
function stateWithout(
  supersedes: string | undefined,
  state: CaseState,
  events: readonly CaseEvent[],
): CaseState {
  const target = events.find(({ id }) => id === supersedes);
  if (target === undefined || target.type === 'case-received') return state;
  const takenBack: CaseEvent = { ...target, id: '', type: 'correction', data: {}, supersedes: target.id };
  return foldCase([...events, takenBack]);
}

function checkCorrection(event: ReadEvent, state: CaseState, problem: Problem): void {
  if (event.type !== 'correction') return;
  const { committedOn, chargedOn } = event.data as { committedOn?: string; chargedOn?: string };
  const offences = state.defendants
    .flatMap((defendant) => defendant.offences)
    .filter(({ id }) => event.offence === undefined || id === event.offence)
    .filter(({ defendantId }) => event.defendant === undefined || defendantId === event.defendant);
  const touchesOffence = ['committedOn', 'chargedOn', 'domesticAbuse'].some((field) => field in event.data);
  if (touchesOffence && event.offence === undefined && offences.length > 1)
    problem('offence', 'is needed: which offence is corrected');
  if ('dateOfBirth' in event.data && event.defendant === undefined && state.defendants.length > 1)
    problem('defendant', 'is needed: which defendant is corrected');
  for (const offence of offences) {
    const charged = chargedOn ?? offence.chargedOn;
    if (charged !== undefined && charged < (committedOn ?? offence.committedOn))
      problem(
        chargedOn === undefined ? 'data.committedOn' : 'data.chargedOn',
        'puts the charge before the offence',
      );
  }
}

/** A charge is added to somebody, and not before it was committed. */
function checkCharge({ type, on, defendant, offence, data }: ReadEvent, problem: Problem): void {
  if (type !== 'charge-added') return;
  const { committedOn, chargedOn = on } = data as { committedOn: string; chargedOn?: string };
  if (defendant === undefined) problem('defendant', 'is needed: who is charged');
  if (offence !== undefined)
    problem('offence', 'is not given: the charge that is added gets an id of its own');
  if (committedOn > on) problem('data.committedOn', 'is after the charge was added');
  else if (chargedOn < committedOn) problem('data.chargedOn', 'is before the offence was committed');
}

/** A plan cannot ask for what was due before it was made. */
function checkActionPlan({ type, on, data }: ReadEvent, problem: Problem): void {
  if (type !== 'action-plan-received') return;
  (data['items'] as { dueOn: string }[]).forEach(({ dueOn }, i) => {
    if (dueOn < on) problem(`data.items.${i}.dueOn`, 'is before the plan was received');
  });
}
