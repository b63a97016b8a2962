import { afterTheTrialStories } from './after-the-trial.ts';
import { bailStories } from './bail.ts';
import { custodyTimeLimitStories } from './custody-time-limits.ts';
import { recordKeepingStories } from './record-keeping.ts';
import { singleJusticeAndRequisitionStories } from './single-justice-and-requisition.ts';
import { startingProceedingsStories } from './starting-proceedings.ts';
import { trafficHearingStories } from './traffic-hearings.ts';
import { applicationStories } from './applications.ts';
import { chargingDecisionStories } from './charging-decisions.ts';
import { correctedNewsStories } from './corrected-news.ts';
import { crownCourtStories } from './crown-court.ts';
import { disclosureStories } from './disclosure.ts';
import { evidenceAndWarrantStories } from './evidence-and-warrants.ts';
import { firstHearingStories } from './first-hearing.ts';
import { victimStories } from './victims.ts';
import type { Story } from './story.ts';

/** Every rule proved through a case. Each theme has a file of its own and one line here. */
export const stories: Story[] = [
  ...afterTheTrialStories,
  ...bailStories,
  ...custodyTimeLimitStories,
  ...singleJusticeAndRequisitionStories,
  ...startingProceedingsStories,
  ...trafficHearingStories,
  ...applicationStories,
  ...chargingDecisionStories,
  ...crownCourtStories,
  ...disclosureStories,
  ...evidenceAndWarrantStories,
  ...firstHearingStories,
  ...victimStories,
  ...recordKeepingStories,
  ...correctedNewsStories,
];
