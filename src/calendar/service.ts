import type { CivilDate } from './civil-date.ts';
import { compare, isCivilDate, sayDate, sayDay, yearOf } from './civil-date.ts';
import { countBusinessDays } from './count-business-days.ts';
import type { Counted, CountResult } from './counted.ts';
import type { HolidayCalendar } from './holiday-calendar.ts';
import { isBusinessDay, isWithinCalendar } from './holiday-calendar.ts';
import type { DateOrInstant } from './london-time.ts';
import { civilDateOf, instantAt, sayTime } from './london-time.ts';

export const SERVICE_METHODS = [
  'handed-over',
  'left-at-address',
  'first-class-post',
  'document-exchange',
  'email',
  'computer-post',
] as const;
export type ServiceMethod = (typeof SERVICE_METHODS)[number];

export type Service = {
  method: ServiceMethod;
  /** When it was handed over, left, posted, sent or (computer-post) produced. */
  at: DateOrInstant;
  /** The day on which the addressee responded; it counts where it is earlier than the rule would have it. */
  respondedOn?: CivilDate | undefined;
};

/**
 * The day on which a document is taken to be served, unless something different is shown: CrimPR 2025 (SI
 * 2025/909) r.4.11(2) and (3). Where the addressee responds earlier, the day of the response.
 */
export function deemedService(cal: HolidayCalendar, service: Service): CountResult<CivilDate> {
  const dispatchedOn = dateOf(service.at);
  const byRule = servedByRule(cal, service.method, service.at, dispatchedOn);
  return service.respondedOn === undefined
    ? byRule
    : unlessResponded(cal, byRule, dispatchedOn, service.respondedOn);
}

function servedByRule(
  cal: HolidayCalendar,
  method: ServiceMethod,
  at: DateOrInstant,
  on: CivilDate,
): CountResult<CivilDate> {
  switch (method) {
    case 'handed-over':
      return counted(on, `Handed over on ${sayDay(on)}: served that day`);
    case 'left-at-address':
      return later(cal, on, 1, 'Left at the address');
    case 'first-class-post':
      return later(cal, on, 2, 'Posted first class');
    case 'document-exchange':
      return later(cal, on, 2, 'Left at the document exchange');
    case 'email':
      return emailed(cal, at, on);
    case 'computer-post':
      return computerPosted(cal, on);
  }
}

/** CrimPR 2025 r.4.11(2)(a) to (c): the next or second business day after. */
function later(cal: HolidayCalendar, on: CivilDate, days: number, what: string): CountResult<CivilDate> {
  const result = countBusinessDays(cal, on, days);
  if (result.kind !== 'counted') return result;
  const which = days === 1 ? 'the next business day after' : 'the second business day after';
  const holidays = result.steps.slice(1, -1);
  return counted(
    result.due,
    `${what} on ${sayDay(on)}`,
    ...holidays,
    `Served on ${which}, ${sayDay(result.due)}`,
  );
}

/** CrimPR 2025 r.4.11(2)(d): sent by 2.30pm on a business day, that day; otherwise the next business day. */
function emailed(cal: HolidayCalendar, at: DateOrInstant, on: CivilDate): CountResult<CivilDate> {
  const openDay = isBusinessDay(cal, on);
  if (typeof openDay !== 'boolean') return openDay;
  const timed = !isCivilDate(at);
  const inTime = !timed || compare(at, instantAt(on, '14:30')) <= 0;
  const what = timed ? `E-mailed at ${sayTime(at)}` : 'E-mailed';
  const isSameMinute = timed && sayTime(at) === sayTime(instantAt(on, '14:30'));
  if (!openDay) return later(cal, on, 1, `${what}, not on a business day,`);
  if (!inTime)
    return later(
      cal,
      on,
      1,
      isSameMinute ? 'E-mailed within a minute after 2:30pm' : `${what}, after 2:30pm,`,
    );
  const assumed = timed ? [] : ['No time was given, so it is taken to have been sent by 2:30pm'];
  return counted(on, `${what} on ${sayDay(on)}`, ...assumed, 'Served that day: a business day, by 2:30pm');
}

/** CrimPR 2025 r.4.11(3): taken as posted on the business day after it was produced; then r.4.11(2)(b). */
function computerPosted(cal: HolidayCalendar, on: CivilDate): CountResult<CivilDate> {
  const posted = countBusinessDays(cal, on, 1);
  if (posted.kind !== 'counted') return posted;
  const served = later(cal, posted.due, 2, 'Taken as posted the next business day,');
  if (served.kind !== 'counted') return served;
  const holidays = posted.steps.slice(1, -1);
  return counted(served.due, `Produced by computer on ${sayDay(on)}`, ...holidays, ...served.steps);
}

/** CrimPR 2025 r.4.11(2): the day on which the addressee responds, if that is earlier. */
function unlessResponded(
  cal: HolidayCalendar,
  byRule: CountResult<CivilDate>,
  dispatchedOn: CivilDate,
  respondedOn: CivilDate,
): CountResult<CivilDate> {
  if (respondedOn < dispatchedOn)
    return noting(byRule, `A response on ${sayDate(respondedOn)}, before it was sent, is left out`);
  const response = `The addressee responded on ${sayDay(respondedOn)}`;
  if (byRule.kind !== 'counted') {
    const before = isWithinCalendar(cal, respondedOn) && yearOf(respondedOn) < byRule.year;
    return before ? counted(respondedOn, `${response}: served that day at the latest`) : byRule;
  }
  if (respondedOn < byRule.due)
    return counted(respondedOn, ...byRule.steps, `${response}, earlier: served that day`);
  return byRule;
}

function noting(result: CountResult<CivilDate>, step: string): CountResult<CivilDate> {
  return result.kind === 'counted' ? counted(result.due, ...result.steps, step) : result;
}

function dateOf(at: DateOrInstant): CivilDate {
  return isCivilDate(at) ? at : civilDateOf(at);
}

function counted(due: CivilDate, ...steps: string[]): Counted<CivilDate> {
  return { kind: 'counted', due, steps };
}
