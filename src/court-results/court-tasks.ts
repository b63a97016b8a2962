import { addDays, sayDate, type CivilDate } from '../calendar/civil-date.ts';
import { addBusinessDays, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import type { ReferenceTrigger } from '../reference/types.ts';
import { lastMomentOf, type TaskDraft } from '../tasks/task-draft.ts';
import type { StandingData } from './case-results.ts';
import { doubtKinds, type Doubt } from './doubts.ts';
import type { Trigger } from './triggers.ts';

/**
 * Somebody wanted, held or on new conditions has to be on the police systems by the next working day; the rest within
 * five. Defaults of the hub: no published figure was found for single triggers.
 */
const urgent = ['TRPR0002', 'TRPR0005', 'TRPR0006', 'TRPR0008', 'TRPR0010', 'TRPR0012', 'TRPR0019'];

/** The outcome of a trigger’s task that a newer result took back. */
export const takenBack = 'the court’s newer result no longer says so';

export function triggerSource({ code, sitting, ref, offence }: Trigger): string {
  return `court-trigger:${code}:${sitting}:${ref}:${offence ?? ''}`;
}

/** What a trigger asks a caseworker to do, in the words of the standing data. */
export function triggerTask(
  trigger: Trigger,
  about: ReferenceTrigger | undefined,
  standing: StandingData,
  found: { urn: string; defendantId?: string | undefined; offenceId?: string | undefined },
  calendar: HolidayCalendar,
  today: CivilDate,
): TaskDraft {
  const { code, on, offence, results } = trigger;
  const said = results.map((result) => `${result} ${standing.result(result)?.description ?? ''}`.trim());
  const which = offence === null ? '' : `, offence ${offence}`;
  return {
    kind: 'court-trigger',
    title: about === undefined ? code : `${code} ${about.name}`,
    source: triggerSource(trigger),
    subject: {
      trigger: code,
      urn: found.urn,
      hearingOn: on,
      ...(found.defendantId === undefined ? {} : { defendantId: found.defendantId }),
      ...(found.offenceId === undefined ? {} : { offenceId: found.offenceId }),
      ...(offence === null ? {} : { offence }),
    },
    why: [
      about?.description ?? `The court’s result raises ${code}`,
      `The result of the hearing of ${sayDate(on)}${which}${said.length === 0 ? '' : `: ${said.join(', ')}`}`,
      ...(about?.screen ? [`Where: ${about.screen}`] : []),
    ],
    consequence: 'record',
    danger: false,
    alwaysCritical: false,
    dueAt: lastMomentOf(workingDay(calendar, today, urgent.includes(code) ? 1 : 5)),
    effortMinutes: 10,
  };
}

/** What can be done about what is in doubt, as a person is told. */
export const sayChoice: Record<string, string> = {
  create: 'create the case',
  link: 'say which it is',
  correct: 'give the right value',
  add: 'add the charge to the case',
  keep: 'say which of them stands',
  accept: 'record it as a message of its own',
  reject: 'reject it, with the reason',
};

export function doubtSource({ source }: Doubt): string {
  return `court-exception:${source}`;
}

/** What somebody has to settle before the rest of a result can take effect. */
export function doubtTask(
  { id, urn }: { id: string; urn: string },
  doubt: Doubt,
  calendar: HolidayCalendar,
  today: CivilDate,
): TaskDraft {
  const { title, code, choices } = doubtKinds[doubt.kind];
  const { facts } = doubt;
  const hearing = facts.hearingOn === undefined ? [] : [`The hearing was on ${sayDate(facts.hearingOn)}`];
  return {
    kind: 'court-exception',
    title: code === null ? title : `${code} ${title}`,
    source: doubtSource(doubt),
    subject: { exception: id, urn, about: doubt.kind, ...(code === null ? {} : { code }) },
    why: [
      facts.why,
      ...hearing,
      `You can: ${choices.map((choice) => sayChoice[choice] ?? choice).join('; ')}`,
    ],
    consequence: facts.danger ? 'limit' : 'hearing',
    danger: facts.danger === true,
    alwaysCritical: false,
    dueAt: lastMomentOf(workingDay(calendar, today, 1)),
    effortMinutes: 15,
  };
}

/** Past the last list of holidays only weekends are known: too early is better than not at all. */
function workingDay(calendar: HolidayCalendar, from: CivilDate, days: number): CivilDate {
  const day = addBusinessDays(calendar, from, days);
  return typeof day === 'string' ? day : addDays(from, days);
}
