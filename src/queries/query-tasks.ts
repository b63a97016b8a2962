import { sayDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import type { Consequence } from '../deadlines/rule.ts';
import { lastMomentOf, type TaskDraft } from '../tasks/task-draft.ts';
import type { Asker } from './answer-periods.ts';
import { queriesOf, type Query } from './queries-of.ts';

export const queryTaskKind = 'answer-query';

/** The work that questions without an answer make: one task each. It outlasts the case, as the question does. Pure. */
export function queryTasks(
  state: Pick<CaseState, 'decisions' | 'people'>,
  calendar: HolidayCalendar,
): TaskDraft[] {
  return queriesOf(state, calendar)
    .filter((query) => query.state === 'open')
    .map((query) => ({
      kind: queryTaskKind,
      title: `Answer the ${query.about} of ${whose[query.asker]}`,
      source: querySource(query.id),
      subject: {
        queryId: query.id,
        ...(query.personId === null ? {} : { personId: query.personId }),
        ...(query.defendantId === null ? {} : { defendantId: query.defendantId }),
      },
      why: [
        `It was asked on ${sayDate(civilDateOf(query.askedAt))} and is to be answered by ${sayDate(query.dueOn)}: ${sayPeriod(query)}`,
        'Read the question on the case. Recording the answer completes this task',
      ],
      consequence: consequence[query.asker],
      danger: false,
      alwaysCritical: false,
      dueAt: lastMomentOf(query.dueOn),
      effortMinutes: query.about === 'complaint' ? 30 : 15,
    }));
}

export const querySource = (id: string): string => `${queryTaskKind}:${id}`;

/** From what the day was counted, in words. */
export function sayPeriod({ period }: Query): string {
  if (period === null) return 'the day that was given';
  const days = period.workingDays === 1 ? '1 working day' : `${period.workingDays} working days`;
  const { instrument, provision, grade } = period.from.authority;
  return `${days} (${instrument}, ${provision}; grade ${grade})`;
}

const whose: Record<Asker, string> = {
  officer: 'an officer',
  victim: 'a victim',
  witness: 'a witness',
  defendant: 'a defendant',
  agency: 'another agency',
};

const consequence: Record<Asker, Consequence> = {
  officer: 'chase',
  victim: 'victim',
  witness: 'victim',
  defendant: 'record',
  agency: 'record',
};
