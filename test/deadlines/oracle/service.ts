import type { Facts } from '../../../src/deadlines/facts.ts';
import { isWorkingDay, workingDays, type Day, type Holidays } from './days.ts';
import { dayOf, isMoment, momentOf, shownInLondon } from './london.ts';

type Sent = NonNullable<Facts['service']>;

/** CrimPR 2025 r.4.11, as section 0.3 of the catalogue has it. */
export function deemedServed(method: Sent['method'], at: string, holidays: Holidays): Day {
  const day = dayOf(at);
  switch (method) {
    case 'handed-over':
      return day;
    case 'left-at-address':
      return workingDays(day, 1, holidays);
    case 'first-class-post':
    case 'document-exchange':
      return workingDays(day, 2, holidays);
    case 'computer-post':
      return workingDays(workingDays(day, 1, holidays), 2, holidays);
    case 'email':
      return isWorkingDay(day, holidays) && sentByHalfPastTwo(at) ? day : workingDays(day, 1, holidays);
  }
}

/** The catalogue does not say what a day without a time is: the earlier answer is the safe one for who must act. */
function sentByHalfPastTwo(at: string): boolean {
  return !isMoment(at) || shownInLondon(momentOf(at)).slice(11) <= '14:30:00';
}

/** The day of service that facts give: as said, or as deemed, or the day of an earlier response. */
export function served({ servedOn, service }: Facts, holidays: Holidays): Day {
  if (servedOn !== undefined) return servedOn;
  if (service === undefined) throw new Error('nothing says when it was served');
  const deemed = deemedServed(service.method, service.at, holidays);
  const { respondedOn } = service;
  return respondedOn !== undefined && respondedOn < deemed ? respondedOn : deemed;
}
