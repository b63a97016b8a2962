import { addDays } from '../../calendar/civil-date.ts';
import { finding, offencesOf } from '../conditions.ts';
import {
  custodyRule,
  custodyStopped,
  inCustody,
  inMagistratesCourt,
  regulations,
} from '../custody-limits.ts';
import { custodyDays } from '../custody-limit-periods.ts';
import type { Condition, Rule } from '../rule.ts';
import { isUnder, perOffence } from '../starts.ts';

/** Reg 4(3): the 70 days give way to 56 where summary trial is chosen before 56 days have gone. */
const summaryTrialInTime: Condition = {
  says: 'summary trial is chosen within 56 days of the first remand, so that the limit is 56 days',
  find: (state, start) => {
    const chosen = offencesOf(state, start)[0]?.offence.summaryTrialChosen;
    return chosen !== undefined && chosen.on <= addDays(start.on, 56) ? finding(chosen) : null;
  },
};

export const custodyTimeLimits: readonly Rule[] = [
  {
    ...custodyRule,
    id: 'ctl-summary-56',
    title: 'Custody time limit, summary-only offence',
    authority: { instrument: regulations, provision: 'note (a) to CrimPR 2020 r.14.18', grade: 'A' },
    starts: perOffence(
      'the first remand in custody for a summary-only charge that has not been sent',
      inCustody((offence) => offence.class === 'summary-only' && inMagistratesCourt(offence)),
    ),
    ends: custodyStopped,
    period: custodyDays(56),
    examples: [
      {
        facts: { custody: [{ from: '2026-01-10' }] },
        legalDue: '2026-03-06',
        why: 'Saturday 7 March rolls back',
      },
      {
        facts: { custody: [{ from: '2026-08-23' }] },
        legalDue: '2026-10-16',
        why: 'Sunday 18 October rolls back',
      },
      {
        facts: { custody: [{ from: '2026-02-13', to: '2026-02-23' }, { from: '2026-03-16' }] },
        legalDue: '2026-04-30',
        why: '10 days used by the day of bail, which counts; the day of the second remand counts as the 11th',
      },
    ],
  },
  {
    ...custodyRule,
    id: 'ctl-eitherway-56',
    title: 'Custody time limit, either-way offence, working limit',
    authority: { instrument: regulations, provision: 'reg 4(3)', grade: 'A' },
    starts: perOffence(
      'the first remand in custody for an either-way charge that has not been sent',
      inCustody((offence) => offence.class === 'either-way' && inMagistratesCourt(offence)),
    ),
    ends: custodyStopped,
    period: custodyDays(56),
    examples: [
      {
        facts: { custody: [{ from: '2017-01-02' }] },
        legalDue: '2017-02-27',
        why: 'the first day is not counted',
      },
      {
        facts: { custody: [{ from: '2026-03-02' }] },
        legalDue: '2026-04-27',
        why: 'the clock change moves no date',
      },
    ],
  },
  {
    ...custodyRule,
    id: 'ctl-eitherway-70',
    title: 'Custody time limit, either-way offence, outer limit until summary trial is chosen',
    authority: { instrument: regulations, provision: 'reg 4(2)', grade: 'A' },
    starts: perOffence(
      'the first remand in custody for an either-way charge that has not been sent',
      inCustody((offence) => offence.class === 'either-way' && inMagistratesCourt(offence)),
    ),
    ends: [...custodyStopped, summaryTrialInTime],
    period: custodyDays(70),
    task: { ...custodyRule.task, title: 'Check the outer custody time limit of 70 days' },
    examples: [
      {
        facts: { custody: [{ from: '2026-02-02' }] },
        legalDue: '2026-04-13',
        why: 'Monday 13 April, over Easter and the clock change, which move nothing',
      },
      {
        facts: { custody: [{ from: '2026-01-23' }] },
        legalDue: '2026-04-02',
        why: 'Good Friday 3 April rolls back to Thursday',
      },
    ],
  },
  {
    ...custodyRule,
    id: 'ctl-indictable-70',
    title: 'Custody time limit, indictable-only offence still in the magistrates’ court',
    authority: { instrument: regulations, provision: 'reg 4(4)', grade: 'A' },
    starts: perOffence(
      'the first remand in custody for an indictable-only charge that has not been sent',
      inCustody((offence) => offence.class === 'indictable-only' && inMagistratesCourt(offence)),
    ),
    ends: custodyStopped,
    period: custodyDays(70),
    examples: [
      {
        facts: { custody: [{ from: '2026-02-23' }] },
        legalDue: '2026-05-01',
        why: 'the early May bank holiday, Monday 4 May, rolls back over the weekend to Friday',
      },
      {
        facts: { custody: [{ from: '2026-06-01' }] },
        legalDue: '2026-08-10',
        why: 'the first day is not counted',
      },
    ],
  },
  {
    ...custodyRule,
    id: 'ctl-youth',
    title: 'Custody time limit, under 18 and charged with an indictable-only offence, working limit',
    authority: {
      instrument: regulations,
      provision: 'as either-way where tried summarily: HMCTS practice, the text for youths was not seen',
      grade: 'C',
    },
    starts: perOffence(
      'the first remand in custody, under 18, for an indictable-only charge that has not been sent',
      inCustody(
        (offence, defendant) =>
          offence.class === 'indictable-only' &&
          inMagistratesCourt(offence) &&
          defendant.custody[0] !== undefined &&
          isUnder(18, defendant, defendant.custody[0].from),
      ),
    ),
    ends: custodyStopped,
    period: custodyDays(56),
    examples: [
      {
        facts: { custody: [{ from: '2026-03-30' }] },
        legalDue: '2026-05-22',
        why: 'the spring bank holiday, Monday 25 May, rolls back to Friday',
      },
      {
        facts: { custody: [{ from: '2026-06-01' }] },
        legalDue: '2026-07-27',
        why: 'the first day is not counted',
      },
    ],
  },
];
