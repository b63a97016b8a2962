import type { Rule } from '../rule.ts';
import { afterSentence } from './after-sentence.ts';
import { appeals } from './appeals.ts';
import { bail } from './bail.ts';
import { custodyLimitExpiry } from './custody-limit-expiry.ts';
import { custodyLimitExtensionNotices } from './custody-limit-extension-notices.ts';
import { custodyTimeLimits } from './custody-time-limits.ts';
import { crownCustodyTimeLimits } from './custody-time-limits-crown.ts';
import { recordKeeping } from './record-keeping.ts';
import { remand } from './remand.ts';
import { requisition } from './requisition.ts';
import { results } from './results.ts';
import { retention } from './retention.ts';
import { service } from './service.ts';
import { singleJusticeProcedure } from './single-justice-procedure.ts';
import { startingProceedings } from './starting-proceedings.ts';
import { trafficHearings } from './traffic-hearings.ts';
import { trafficNotices } from './traffic-notices.ts';
import { applicationResponses } from './application-responses.ts';
import { applications } from './applications.ts';
import { careOfPeople } from './care-of-people.ts';
import { contactPerson } from './contact-person.ts';
import { chargingDecisions } from './charging-decisions.ts';
import { crownCourtStages } from './crown-court-stages.ts';
import { disclosure } from './disclosure.ts';
import { evidenceNotices } from './evidence-notices.ts';
import { firstHearing } from './first-hearing.ts';
import { hearingsForPeople } from './hearings-for-people.ts';
import { rulingsAndWarrants } from './rulings-and-warrants.ts';
import { stageDates } from './stage-dates.ts';
import { actionPlans } from './action-plans.ts';
import { firstFile } from './first-file.ts';
import { pleaHearing } from './plea-hearing.ts';
import { victimsCode } from './victims-code.ts';
import { victimsCodeCorrections } from './victims-code-corrections.ts';
import { witnesses } from './witnesses.ts';

/** Every rule in every version; a test fails where a file of this folder is not in it. */
export const rules: readonly Rule[] = [
  ...custodyTimeLimits,
  ...afterSentence,
  ...appeals,
  ...bail,
  ...custodyLimitExpiry,
  ...custodyLimitExtensionNotices,
  ...crownCustodyTimeLimits,
  ...remand,
  ...requisition,
  ...results,
  ...recordKeeping,
  ...retention,
  ...service,
  ...singleJusticeProcedure,
  ...startingProceedings,
  ...trafficHearings,
  ...trafficNotices,
  ...victimsCode,
  ...victimsCodeCorrections,
  ...witnesses,
  ...applicationResponses,
  ...applications,
  ...careOfPeople,
  ...contactPerson,
  ...chargingDecisions,
  ...crownCourtStages,
  ...disclosure,
  ...evidenceNotices,
  ...firstHearing,
  ...hearingsForPeople,
  ...rulingsAndWarrants,
  ...actionPlans,
  ...firstFile,
  ...pleaHearing,
  ...stageDates,
];

const byIdAndVersion = new Map(rules.map((rule) => [`${rule.id} ${rule.version}`, rule]));

/** One version of a rule, or undefined where there is none. */
export function findRule(id: string, version: number): Rule | undefined {
  return byIdAndVersion.get(`${id} ${version}`);
}

/** The latest version of a rule, or the one in force on a day. */
export function currentRule(id: string, on?: string): Rule | undefined {
  return rules
    .filter((rule) => rule.id === id)
    .filter(
      (rule) =>
        on === undefined ||
        (on >= rule.inForce.from && (rule.inForce.to === undefined || on <= rule.inForce.to)),
    )
    .sort((a, b) => b.version - a.version)[0];
}
