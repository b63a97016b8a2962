import { isCivilDate } from '../calendar/civil-date.ts';
import { countCalendarDays } from '../calendar/counting.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { deemedService, type ServiceMethod } from '../calendar/service.ts';
import { required } from './facts.ts';
import type { Period } from './rule.ts';

/** The day on which a document sent by one method is taken to be served. */
export const servedBy = (method: ServiceMethod, says: string): Period => ({
  says,
  needs: [['at']],
  count: (facts, calendar) => deemedService(calendar, { method, at: required(facts, 'at') }),
});

/** The day on which a document is taken to be served, earlier where its addressee responded earlier. */
export const servedOrAnswered: Period = {
  says: 'the day on which the addressee responded, where that is before the day of deemed service',
  needs: [['service']],
  count: (facts, calendar) => deemedService(calendar, required(facts, 'service')),
};

/** Calendar days after a document was posted or sent, whenever it was served. */
export const calendarDaysAfterSending = (days: number): Period => ({
  says: `${days} days after sending`,
  needs: [['at']],
  count: (facts) => {
    const at = required(facts, 'at');
    return countCalendarDays(isCivilDate(at) ? at : civilDateOf(at), days, 'The day of sending');
  },
});
