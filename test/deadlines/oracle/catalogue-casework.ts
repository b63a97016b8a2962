import {
  businessDaysAfter,
  calendarDaysAfter,
  calendarDaysThenForward,
  hours,
  monthsAfter,
  onTheDay,
  workingDaysAfterReceipt,
  type Entry,
} from './conventions.ts';
import { earlier, later, months, step, walk, workingDayForward, workingDays } from './days.ts';
import { served } from './service.ts';

/** Sections 4 to 9 of the catalogue: hearings, files, case management, notices, the Victims' Code, after conviction. */

/** A stage of Better Case Management: the day that the judge set, else so many days after the one before. */
const stage = (days: number): Entry => ({
  says: `the day that was set, else ${days} CD after the stage before`,
  due: ({ dueOn, previousStageOn = '' }) => dueOn ?? walk(previousStageOn, days),
});

const notGuilty = (n: number): Entry => businessDaysAfter(n, 'notGuiltyPleaOn');

export const casework: Record<string, Entry> = {
  'tsj-gap-14': calendarDaysAfter(14, 'chargedOn'),
  'tsj-ngap-28': calendarDaysAfter(28, 'chargedOn'),
  'idpc-serve': onTheDay('hearingOn'),
  'file-to-cps-post-charge': {
    says: '5 WD after charge and never less than 5 before the hearing; custody: same shift',
    due: ({ chargedOn = '', hearingOn, custody }, holidays) => {
      if (custody !== undefined) return chargedOn;
      const afterCharge = workingDays(chargedOn, 5, holidays);
      return hearingOn === undefined
        ? afterCharge
        : earlier(afterCharge, workingDays(hearingOn, -5, holidays));
    },
  },
  'pcd-red-3h': hours(3, 'submittedAt'),
  'pcd-5d': calendarDaysAfter(5, 'submittedAt'),
  'pcd-28d': calendarDaysAfter(28, 'submittedAt'),
  'pcd-chase-1m': monthsAfter(1, 'decisionOn'),
  'pcd-chase-2m': monthsAfter(2, 'decisionOn'),
  'dga-outcome': {
    says: 'end of the month and 6 weeks',
    due: ({ decisionOn = '' }) => walk(step(months(`${decisionOn.slice(0, 7)}-01`, 1), -1), 42),
  },
  'action-plan-response': onTheDay('dueOn'),

  'upgrade-file': {
    says: 'as directed, else 10 WD after the plea',
    due: ({ dueOn, notGuiltyPleaOn = '' }, holidays) => dueOn ?? workingDays(notGuiltyPleaOn, 10, holidays),
  },
  'defence-statement-mags': calendarDaysThenForward(14, 'initialDisclosureOn'),
  'defence-statement-crown': {
    says: '28 CD>BD from initial disclosure, and only once the evidence is served',
    due: (facts, holidays) => {
      const { initialDisclosureOn = '', servedOn, service } = facts;
      const evidence = (servedOn ?? service) ? served(facts, holidays) : initialDisclosureOn;
      return workingDayForward(walk(later(initialDisclosureOn, evidence), 28), holidays);
    },
  },
  'defence-statement-response': businessDaysAfter(5),
  's8-application-response': businessDaysAfter(10),
  'pros-evidence-50': calendarDaysAfter(50, 'sentToCrownCourtOn'),
  'pros-evidence-70': calendarDaysAfter(70, 'sentToCrownCourtOn'),
  'evidence-ext-response': calendarDaysAfter(3),
  'dismiss-application': businessDaysAfter(20),
  'dismiss-application-response': businessDaysAfter(10),
  'ptph-28': calendarDaysAfter(28, 'sentToCrownCourtOn'),
  'ptph-serve-7d': calendarDaysAfter(-7, 'hearingOn'),
  'arraignment-window': businessDaysAfter(80, 'sentToCrownCourtOn'),
  'bcm-stage-1': onTheDay('dueOn'),
  'bcm-stage-2': stage(28),
  'bcm-stage-3': stage(14),
  'bcm-stage-4': stage(14),
  'disc-notice-continue': businessDaysAfter(25),
  'warrant-72h': hours(72, 'issuedAt'),

  'special-measures-mags': notGuilty(20),
  'special-measures-crown': notGuilty(10),
  'special-measures-response': businessDaysAfter(10),
  'hearsay-pros': {
    says: '20 BD in the magistrates’ court, 10 in the Crown Court',
    due: ({ notGuiltyPleaOn = '', court }, holidays) =>
      workingDays(notGuiltyPleaOn, court === 'crown' ? 10 : 20, holidays),
  },
  'hearsay-oppose': {
    says: '10 BD from the later of notice and plea',
    due: (facts, holidays) =>
      workingDays(later(served(facts, holidays), facts.notGuiltyPleaOn ?? ''), 10, holidays),
  },
  'bad-character-mags': notGuilty(20),
  'bad-character-crown': notGuilty(10),
  'bad-character-object': businessDaysAfter(10),
  'bad-character-nondef': businessDaysAfter(10),
  'bad-character-nondef-object': businessDaysAfter(10),
  's41-represent': businessDaysAfter(10),
  's9-objection': businessDaysAfter(5),
  'expert-summary-response': businessDaysAfter(10),
  'witness-summons-thirdparty': businessDaysAfter(10),
  'bank-order': calendarDaysAfter(3),
  'abuse-response': businessDaysAfter(10),
  'severance-response': businessDaysAfter(10),
  'prep-hearing': notGuilty(10),
  'pros-ruling-appeal': {
    says: 'next BD (expedited) or 5 BD',
    due: ({ decisionOn = '', expedited }, holidays) =>
      workingDays(decisionOn, expedited === true ? 1 : 5, holidays),
  },

  'vc-support-referral': workingDaysAfterReceipt(2, 2),
  'vc-suspect-events': workingDaysAfterReceipt(5, 1),
  'vc-charge': workingDaysAfterReceipt(5, 1),
  'vc-nfa-not-charge': workingDaysAfterReceipt(5, 1),
  'vc-hearing-date': workingDaysAfterReceipt(1, 1),
  'vc-bail-hearing': workingDaysAfterReceipt(5, 1),
  'vc-warrant': workingDaysAfterReceipt(5, 1),
  'vc-give-evidence': workingDaysAfterReceipt(1, 1),
  'vc-trial-needs': workingDaysAfterReceipt(5, 1),
  'vc-outcome': workingDaysAfterReceipt(1, 1),
  'vc-sentence': workingDaysAfterReceipt(1, 1),
  'vc-appeal': workingDaysAfterReceipt(1, 1),
  'vc-expenses': workingDaysAfterReceipt(10, 10),
  'vc-probation-contact': workingDaysAfterReceipt(20, 20),
  'vc-vps-offer': businessDaysAfter(-10, 'hearingOn'),
  'vrr-cps': businessDaysAfter(10, 'learnedOn'),
  'court-result-chase': businessDaysAfter(5, 'hearingOn'),

  'appeal-crown-court': businessDaysAfter(15, 'sentencedOn'),
  'appeal-respondent-notice': businessDaysAfter(15),
  'appeal-renew-materials': businessDaysAfter(15),
  'case-stated-21': calendarDaysAfter(21, 'decisionOn'),
  'case-stated-reps': businessDaysAfter(10),
  'case-stated-decision': businessDaysAfter(10 + 15),
  'appeal-coa-28': {
    says: '28 CD from conviction or sentence',
    due: ({ convictedOn, sentencedOn = '' }) => walk(convictedOn ?? sentencedOn, 28),
  },
  'uls-28': calendarDaysAfter(28, 'sentencedOn'),
  'statutory-declaration-21': calendarDaysAfter(21, 'learnedOn'),
  'statdec-effect': onTheDay('servedOn'),
  'sentence-deferred': monthsAfter(6, 'decisionOn'),
  'exhibit-6-weeks': calendarDaysThenForward(42, 'concludedOn'),
  'cpia-retention': {
    says: '6 months FLOOR, forward',
    due: ({ convictedOn = '' }, holidays) => workingDayForward(months(convictedOn, 6), holidays),
  },
  'pnc-as-24h': hours(24, 'arrestedAt'),
  'pnc-disposal-7d': calendarDaysAfter(7, 'receivedAt'),
  'results-chase': businessDaysAfter(1, 'hearingOn'),
  'results-chase-court': businessDaysAfter(3, 'hearingOn'),
  'finalise-case': businessDaysAfter(10, 'concludedOn'),
  'finalise-case-appeal-check': businessDaysAfter(15 + 5, 'sentencedOn'),
};
