import type { Facts } from '../../../src/deadlines/facts.ts';
import {
  businessDaysAfter,
  calendarDaysAfter,
  clearBusinessDaysBefore,
  clearDaysBefore,
  hours,
  monthsAfter,
  onTheDay,
  triggerDay,
  type Entry,
} from './conventions.ts';
import { custodyLimit, NOT_RUNNING, remittedLimit } from './custody.ts';
import {
  earlier,
  goodFriday,
  later,
  months,
  step,
  walk,
  weekday,
  workingDays,
  type Holidays,
} from './days.ts';
import { deemedServed } from './service.ts';

/** Sections 0.3 to 3 and 5.1 and 10.3 of the catalogue: custody, time limits, service, bail, traffic. */

const custody = (days: number): Entry => ({
  says: `${days} d CTL, back`,
  due: (facts, holidays) => custodyLimit(facts, days, holidays),
});

const byMethod = (method: Parameters<typeof deemedServed>[0]): Entry => ({
  says: `r.4.11, ${method}`,
  due: ({ at = '' }, holidays) => deemedServed(method, at, holidays),
});

/** The Crown Court limit, as the day was given or as it follows from custody. */
const crownExpiry = (facts: Facts, holidays: Holidays): string =>
  facts.expiresOn ?? custodyLimit(facts, 182, holidays);

function beforeCrownExpiry(entry: (day: string) => Entry): Entry['due'] {
  return (facts, holidays) => {
    const expiry = crownExpiry(facts, holidays);
    return expiry === NOT_RUNNING ? NOT_RUNNING : entry(expiry).due(facts, holidays);
  };
}

export const proceedings: Record<string, Entry> = {
  'ctl-summary-56': custody(56),
  'ctl-eitherway-70': custody(70),
  'ctl-eitherway-56': custody(56),
  'ctl-indictable-70': custody(70),
  'ctl-crown-182': custody(182),
  'ctl-voluntary-bill-112': custody(112),
  'ctl-youth': custody(56),
  'ctl-remitted-70': { says: '70 d CTL without Crown Court days', due: remittedLimit },
  'ctl-extension-notice-crown': clearDaysBefore(5, ({ hearingOn = '' }) => hearingOn),
  'ctl-extension-notice-mags': clearDaysBefore(2, ({ hearingOn = '' }) => hearingOn),
  'ctl-bail-conditions-notice': {
    says: '5 CLR- before the limit expires',
    due: beforeCrownExpiry((day) => clearDaysBefore(5, () => day)),
  },
  'ctl-produce-defendant': {
    says: 'within the 2 days before the limit expires: no later than the day before',
    due: beforeCrownExpiry((day) => ({ says: '', due: () => step(day, -1) })),
  },
  'ctl-appeal-prosecution': onTheDay('expiresOn'),
  'ctl-appeal-hearing': businessDaysAfter(2),

  'stl-summary-6m': monthsAfter(6, 'offenceCommittedOn'),
  'stl-da-assault': {
    says: '6 MON from the statement and 2 years MON from the offence, the earlier',
    due: ({ statementOn = '', offenceCommittedOn = '' }) =>
      earlier(months(statementOn, 6), months(offenceCommittedOn, 24)),
  },
  'stl-rtoa-s6': {
    says: '6 MON from knowledge, never more than 3 years from the offence',
    due: ({ evidenceSufficientOn = '', offenceCommittedOn = '' }) =>
      earlier(months(evidenceSufficientOn, 6), months(offenceCommittedOn, 36)),
  },
  'nip-14': calendarDaysAfter(14, 'offenceCommittedOn'),
  'nip-service': byMethod('first-class-post'),
  's172-28': {
    says: '28 CD-INCL, the day of service being day 1',
    due: (facts, holidays) => walk(triggerDay('service', facts, holidays), 27),
  },

  'deemed-service': {
    says: 'r.4.11',
    due: ({ method = 'email', at = '' }, holidays) => deemedServed(method, at, holidays),
  },
  'service-handed': byMethod('handed-over'),
  'service-left': byMethod('left-at-address'),
  'service-post': byMethod('first-class-post'),
  'service-dx': byMethod('document-exchange'),
  'service-email-cutoff': byMethod('email'),
  'service-computer-post': byMethod('computer-post'),
  'service-response': onTheDay('service'),

  'sjp-response-15bd': businessDaysAfter(15),
  'sjp-aoc-withdraw-5bd': businessDaysAfter(5),
  'sjp-s9-objection-15bd': businessDaysAfter(15),
  'sjp-publication': businessDaysAfter(15 + 5),
  'sjp-cp-ready-28': calendarDaysAfter(28, 'at'),
  'sjp-cp-dates-10': calendarDaysAfter(10, 'notGuiltyPleaOn'),
  'requisition-youth-copy': onTheDay('servedOn'),
  'postal-plea-s12': businessDaysAfter(-1, 'hearingOn'),
  's12-s9-objection': {
    says: 'the later of 5 BD after service and 5 BD before the hearing',
    due: (facts, holidays) =>
      later(
        workingDays(triggerDay('service', facts, holidays), 5, holidays),
        workingDays(triggerDay('hearingOn', facts, holidays), -5, holidays),
      ),
  },
  'custody-next-court': {
    says: 'that day or the next that is not Christmas Day, Good Friday or Sunday',
    due: ({ chargedOn = '' }) => {
      let day = step(chargedOn, 1);
      while (weekday(day) === 0 || day.endsWith('-12-25') || day === goodFriday(day.slice(0, 4)))
        day = step(day, 1);
      return day;
    },
  },

  'bail-vary-notice': clearBusinessDaysBefore(2, 'hearingOn'),
  'bail-withdraw-hearing': businessDaysAfter(2),
  'bail-vary-hearing': businessDaysAfter(5),
  'bail-appeal-oral': onTheDay('decisionOn'),
  'bail-appeal-2h': hours(2, 'oralNoticeAt'),
  'bail-appeal-hearing': businessDaysAfter(2),
  'bail-defence-crown': businessDaysAfter(1),
  'bail-murder': businessDaysAfter(2, 'sentToCrownCourtOn'),
  'remand-8-28': {
    says: '8 clear days, or 28 days on a further remand',
    due: ({ decisionOn = '', furtherRemand }) => walk(decisionOn, furtherRemand === true ? 28 : 8 + 1),
  },

  'drink-drive-cert-7d': calendarDaysAfter(-7, 'hearingOn'),
  'drink-drive-cert-attend-3d': calendarDaysAfter(-3, 'hearingOn'),
  's11-cert-7d': calendarDaysAfter(-7, 'hearingOn'),
  's11-cert-3d': calendarDaysAfter(-3, 'hearingOn'),
  'prev-conviction-7d': clearDaysBefore(7, ({ hearingOn = '' }) => hearingOn),
  'licence-hearing': calendarDaysAfter(-1, 'hearingOn'),
};
