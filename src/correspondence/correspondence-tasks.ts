import { sayDate } from '../calendar/civil-date.ts';
import { addBusinessDays, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf, instantAt } from '../calendar/london-time.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import type { Consequence } from '../deadlines/rule.ts';
import { lastMomentOf, type TaskDraft } from '../tasks/task-draft.ts';
import { correspondentTitles, type Correspondent } from './answer-periods.ts';
import { correspondenceOf, type Correspondence } from './correspondence-of.ts';

export const correspondenceTaskKinds = ['answer-correspondence', 'chase-answer'] as const;

/**
 * The work that letters without an answer make: what came in is to be answered; what went out is asked after, from the
 * day on which its answer is due and not before. It outlasts the case, as the letter does. Pure.
 */
export function correspondenceTasks(
  state: Pick<CaseState, 'decisions'>,
  calendar: HolidayCalendar,
): TaskDraft[] {
  return correspondenceOf(state, calendar).flatMap((letter) => {
    if (letter.state !== 'awaiting-answer' || letter.dueOn === null) return [];
    const draft =
      letter.direction === 'in' ? answer(letter, letter.dueOn) : chase(letter, letter.dueOn, calendar);
    return [
      {
        ...draft,
        source: `${draft.kind}:${letter.id}`,
        subject: { correspondenceId: letter.id },
        consequence: consequenceOf(letter.with),
        danger: false,
        alwaysCritical: false,
      },
    ];
  });
}

type Words = Pick<TaskDraft, 'kind' | 'title' | 'why' | 'dueAt' | 'effortMinutes' | 'notBefore'>;

function answer(letter: Correspondence, dueOn: string): Words {
  return {
    kind: 'answer-correspondence',
    title: `Answer ${correspondentTitles[letter.with]}`,
    why: [
      `It came on ${sayDate(civilDateOf(letter.at))} and is to be answered by ${sayDate(dueOn)}${counted(letter)}`,
      'Recording the answer on the case completes this task',
    ],
    dueAt: lastMomentOf(dueOn),
    effortMinutes: 20,
  };
}

function chase(letter: Correspondence, dueOn: string, calendar: HolidayCalendar): Words {
  const next = addBusinessDays(calendar, dueOn, 1);
  return {
    kind: 'chase-answer',
    title: `Ask ${correspondentTitles[letter.with]} for the answer that is due`,
    why: [
      `The hub wrote on ${sayDate(civilDateOf(letter.at))}; the answer is due on ${sayDate(dueOn)}${counted(letter)} and none is logged`,
      'Recording the answer on the case completes this task',
    ],
    notBefore: instantAt(dueOn, '08:00'),
    dueAt: lastMomentOf(typeof next === 'string' ? next : dueOn),
    effortMinutes: 10,
  };
}

function counted({ workingDays }: Correspondence): string {
  return workingDays === null ? '' : ` (${workingDays} working days, a default of the hub, grade P)`;
}

/** A hearing hangs on what the court, the prosecutor and the defence are told. */
function consequenceOf(correspondent: Correspondent): Consequence {
  return correspondent === 'cps' || correspondent === 'court' || correspondent === 'defence'
    ? 'hearing'
    : 'record';
}
