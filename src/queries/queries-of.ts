import type { CivilDate } from '../calendar/civil-date.ts';
import { addBusinessDays, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { CaseState, Occurrence } from '../deadlines/case-state.ts';
import type { Instant } from '../platform/clock.ts';
import { answerPeriod, type AnswerPeriod, type Asker, type Matter } from './answer-periods.ts';

export const queryChannels = ['phone', 'email', 'letter', 'in-person', 'portal'] as const;
export type QueryChannel = (typeof queryChannels)[number];

/** `data` of `query-asked`: ids and facts. The words stand apart. */
export type QueryAsked = {
  asker: Asker;
  about: Matter;
  how: QueryChannel;
  /** The collar number, where an officer asks. */
  officer?: string;
  /** The day by which an answer was promised; counted from the period where nobody gave one. */
  dueOn?: CivilDate;
};

/** A question of a case as its events in force have it. The id is that of the event by which it was asked. */
export type Query = QueryAsked & {
  id: string;
  askedAt: Instant;
  personId: string | null;
  defendantId: string | null;
  dueOn: CivilDate;
  /** From what the day was counted; null where it was given. */
  period: { workingDays: number; from: AnswerPeriod } | null;
  state: 'open' | 'answered' | 'withdrawn';
  /** The event by which it was answered or withdrawn. */
  closedBy: Occurrence | null;
};

/** The questions of a case, in the order in which they were asked. Pure: also a proclaimed holiday moves the days. */
export function queriesOf(
  state: Pick<CaseState, 'decisions' | 'people'>,
  calendar: HolidayCalendar,
): Query[] {
  return state.decisions
    .filter(({ type }) => type === 'query-asked')
    .map((asked): Query => {
      const data = asked.data as QueryAsked;
      const closings = state.decisions.filter(
        ({ type, data: closing }) =>
          (type === 'query-answered' || type === 'query-withdrawn') && closing['query'] === asked.eventId,
      );
      const closedBy = closings[0] ?? null;
      return {
        ...data,
        id: asked.eventId,
        askedAt: asked.at ?? asked.receivedAt,
        personId: asked.personId ?? null,
        defendantId: asked.defendantId ?? null,
        ...due(asked, data, state, calendar),
        state: closedBy === null ? 'open' : closedBy.type === 'query-answered' ? 'answered' : 'withdrawn',
        closedBy,
      };
    });
}

function due(
  asked: Occurrence,
  data: QueryAsked,
  state: Pick<CaseState, 'people'>,
  calendar: HolidayCalendar,
): Pick<Query, 'dueOn' | 'period'> {
  if (data.dueOn !== undefined) return { dueOn: data.dueOn, period: null };
  const from = answerPeriod(data.asker, data.about);
  const isEnhanced = state.people.some(({ id, enhanced }) => id === asked.personId && enhanced);
  const workingDays = isEnhanced ? (from.enhancedDays ?? from.workingDays) : from.workingDays;
  return { dueOn: workingDayAfter(calendar, asked, workingDays), period: { workingDays, from } };
}

/** Beyond the loaded bank holidays a question is due on the day itself: the safe side, and nobody's legal limit. */
function workingDayAfter(calendar: HolidayCalendar, asked: Occurrence, days: number): CivilDate {
  const from = civilDateOf(asked.at ?? asked.receivedAt);
  const day = addBusinessDays(calendar, from, days);
  return typeof day === 'string' ? day : from;
}
