import type { CivilDate } from '../calendar/civil-date.ts';
import { addBusinessDays, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { CaseState, Occurrence } from '../deadlines/case-state.ts';
import { isOfResult } from '../deadlines/rules/results.ts';
import type { Instant } from '../platform/clock.ts';
import { answerWithinDays, type Correspondent } from './answer-periods.ts';

export const correspondenceChannels = [
  'email',
  'letter',
  'phone',
  'in-person',
  'case-system',
  'other',
] as const;
export const correspondenceSubjects = [
  'charging',
  'disclosure',
  'evidence',
  'listing',
  'bail',
  'custody-limit',
  'witnesses',
  'directions',
  'result',
  'appeal',
  'property',
  'administration',
  'other',
] as const;

/** `data` of `correspondence-logged`: facts. The summary stands apart. */
export type CorrespondenceLogged = {
  with: Correspondent;
  /** `in` was received by the hub, `out` was sent by it. */
  direction: 'in' | 'out';
  channel: (typeof correspondenceChannels)[number];
  subject: (typeof correspondenceSubjects)[number];
  needsAnswer: boolean;
  /** The day by which the answer is due; counted where it needs one and nobody gave a day. */
  dueOn?: CivilDate;
  /** For a letter about a hearing, which the event names: the day for which it was listed then. */
  hearingOn?: CivilDate;
};

/** A letter or message of a case as its events in force have it. The id is that of the event by which it was logged. */
export type Correspondence = Omit<CorrespondenceLogged, 'dueOn'> & {
  id: string;
  hearingId: string | null;
  at: Instant;
  dueOn: CivilDate | null;
  /** From how many working days the day was counted; null where it was given, or none is due. */
  workingDays: number | null;
  state: 'filed' | 'awaiting-answer' | 'answered' | 'closed';
  /** The event by which it was answered, or said to need no answer. */
  closedBy: Occurrence | null;
};

/** The correspondence of a case, in order of when it was sent or received. Pure. */
export function correspondenceOf(
  state: Pick<CaseState, 'decisions'>,
  calendar: HolidayCalendar,
): Correspondence[] {
  return state.decisions
    .filter(({ type }) => type === 'correspondence-logged')
    .map((logged): Correspondence => {
      const { dueOn, ...data } = logged.data as CorrespondenceLogged;
      const closings = state.decisions.filter(
        ({ type, data: closing }) =>
          (type === 'correspondence-answered' || type === 'correspondence-closed') &&
          closing['correspondence'] === logged.eventId,
      );
      const closedBy = closings[0] ?? resultAskedFor(state, logged, data) ?? null;
      const workingDays = data.needsAnswer && dueOn === undefined ? answerWithinDays[data.with] : null;
      const at = logged.at ?? logged.receivedAt;
      return {
        ...data,
        id: logged.eventId,
        hearingId: logged.hearingId ?? null,
        at,
        dueOn:
          dueOn ?? (workingDays === null ? null : workingDayAfter(calendar, civilDateOf(at), workingDays)),
        workingDays,
        state: stateOf(data.needsAnswer, closedBy),
        closedBy,
      };
    });
}

/** A court that is asked for the result of a hearing answers by the result, however that comes. */
function resultAskedFor(
  { decisions }: Pick<CaseState, 'decisions'>,
  { hearingId }: Occurrence,
  { direction, subject, hearingOn, with: whom }: CorrespondenceLogged,
): Occurrence | undefined {
  if (whom !== 'court' || direction !== 'out' || subject !== 'result' || hearingOn === undefined)
    return undefined;
  return decisions.find(
    (one) => isOfResult(one) && (one.on === hearingOn || (one.on > hearingOn && one.hearingId === hearingId)),
  );
}

function stateOf(needsAnswer: boolean, closedBy: Occurrence | null): Correspondence['state'] {
  if (closedBy !== null) return closedBy.type === 'correspondence-closed' ? 'closed' : 'answered';
  return needsAnswer ? 'awaiting-answer' : 'filed';
}

/** Beyond the loaded bank holidays an answer is due on the day itself: the safe side, and nobody's legal limit. */
function workingDayAfter(calendar: HolidayCalendar, from: CivilDate, days: number): CivilDate {
  const day = addBusinessDays(calendar, from, days);
  return typeof day === 'string' ? day : from;
}
