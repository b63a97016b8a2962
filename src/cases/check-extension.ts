import { sayDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { computeDeadlines, dayOf } from '../deadlines/compute.ts';
import { isCustodyLimit } from '../deadlines/is-custody-limit.ts';
import { concerns } from '../deadlines/pleas.ts';
import { rules } from '../deadlines/rules/register.ts';
import type { ReadEvent } from './event-body.ts';

type Problem = (path: string, message: string) => void;

/**
 * An extension comes before the limit expires (s.22(3) Prosecution of Offences Act 1985), and makes it longer. Judged by
 * the limits as they run in the case on the day of the extension. Each problem names its field.
 */
export function checkExtension(
  event: ReadEvent,
  state: CaseState,
  calendar: HolidayCalendar,
  problem: Problem,
): void {
  if (event.type !== 'custody-limit-extended') return;
  const about = {
    ...(event.defendant === undefined ? {} : { defendantId: event.defendant }),
    ...(event.offence === undefined ? {} : { offenceId: event.offence }),
  };
  const limits = computeDeadlines(state, custodyLimitRules, calendar)
    .filter(({ subject: { offenceId = '', defendantId = '' } }) =>
      concerns(about, { id: offenceId, defendantId }),
    )
    .filter(({ ended }) => ended === null || ended.on > event.on)
    .flatMap(({ legalDue }) => (legalDue === null ? [] : [dayOf(legalDue)]))
    .sort();
  const until = event.data['until'] as string;
  const last = limits.at(-1);
  if (last === undefined) return;
  const running = limits.find((due) => due >= event.on);
  if (running === undefined)
    problem(
      'on',
      `is after the limit had expired on ${sayDate(last)}: an expired limit cannot be extended (s.22(3) Prosecution of Offences Act 1985)`,
    );
  else if (until >= event.on && until < running)
    problem('data.until', `is before ${sayDate(running)}, on which the limit expires as it is`);
}

const custodyLimitRules = rules.filter(({ id }) => isCustodyLimit(id));
