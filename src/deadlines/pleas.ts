import type { CaseState, DefendantState, Occurrence, OffenceState } from './case-state.ts';
import { finding } from './conditions.ts';
import type { Condition, Starter } from './rule.ts';
import { perDefendant } from './starts.ts';

type Court = 'magistrates' | 'crown';
export type NotGuiltyPlea = { occurrence: Occurrence; offence: OffenceState; court: Court };

/** Whether an event concerns a charge: one that names nobody concerns them all. */
export function concerns(
  event: { defendantId?: string; offenceId?: string },
  offence: Pick<OffenceState, 'id' | 'defendantId'>,
): boolean {
  if (event.offenceId !== undefined) return event.offenceId === offence.id;
  return event.defendantId === undefined || event.defendantId === offence.defendantId;
}

/** Every plea of not guilty that a defendant has entered, earliest first, with the court in which it was. */
export function notGuiltyPleas(state: CaseState, defendant: DefendantState): NotGuiltyPlea[] {
  return state.decisions
    .filter((event) => event.type === 'plea-entered' && event.data['plea'] === 'not-guilty')
    .flatMap((occurrence) =>
      defendant.offences
        .filter((offence) => concerns(occurrence, offence))
        .map((offence) => ({ occurrence, offence, court: courtOfPlea(state, occurrence, offence) })),
    );
}

/**
 * The court of the hearing that the plea names; without one, the Crown Court where the charge had been sent before.
 * A plea indicated before the sending is no plea in the Crown Court.
 */
function courtOfPlea(state: CaseState, plea: Occurrence, offence: OffenceState): Court {
  const hearing = state.hearings.find(({ id }) => id === plea.hearingId);
  if (hearing) return hearing.court === 'crown' ? 'crown' : 'magistrates';
  if (offence.sent === undefined) return 'magistrates';
  const order = (eventId: string) => state.decisions.findIndex((event) => event.eventId === eventId);
  return order(offence.sent.eventId) < order(plea.eventId) ? 'crown' : 'magistrates';
}

/** The first plea to a charge in the Crown Court: a later one changes the plea, and does not arraign again. */
export function enteredInCrownCourt(state: CaseState, offence: OffenceState): Occurrence | undefined {
  return state.decisions.find(
    (event) =>
      event.type === 'plea-entered' &&
      concerns(event, offence) &&
      courtOfPlea(state, event, offence) === 'crown',
  );
}

/** The court that has the defendant's case now. */
export function courtOf(defendant: DefendantState): Court {
  return defendant.offences.some((offence) => offence.sent !== undefined) ? 'crown' : 'magistrates';
}

/** Runs once for each defendant from the first plea of not guilty, in one court or in the one that has the case. */
export function notGuiltyPlea(
  court: Court | 'either',
  also: { says: string; applies: (state: CaseState, defendant: DefendantState) => boolean } = {
    says: '',
    applies: () => true,
  },
): Starter {
  const where = { magistrates: ' in the magistrates’ court', crown: ' in the Crown Court', either: '' };
  return perDefendant(`a plea of not guilty${where[court]}${also.says}`, (defendant, state) => {
    if (!also.applies(state, defendant)) return null;
    const wanted = court === 'either' ? courtOf(defendant) : court;
    const first = notGuiltyPleas(state, defendant).find((plea) => plea.court === wanted);
    if (first === undefined) return null;
    const facts = { notGuiltyPleaOn: first.occurrence.on };
    return {
      cause: first.occurrence,
      facts: court === 'either' ? { ...facts, court: wanted } : facts,
    };
  });
}

/** Ends a clock of the magistrates' court when every charge that was denied there has been sent. */
export const sentAfterPlea: Condition = {
  says: 'the charges that were denied are sent to the Crown Court',
  find: (state, start) => {
    const defendant = state.defendants.find(({ id }) => id === start.subject.defendantId);
    if (!defendant) return null;
    const denied = notGuiltyPleas(state, defendant).filter(({ court }) => court === 'magistrates');
    if (denied.length === 0 || denied.some(({ offence }) => offence.sent === undefined)) return null;
    return finding(denied.at(-1)?.offence.sent);
  },
};
