import {
  custodyRule,
  custodyStopped,
  inCustody,
  limitOn,
  regulations,
  voluntaryBill,
} from '../custody-limits.ts';
import { between, custodyDays, custodyDaysOutsideCrownCourt } from '../custody-limit-periods.ts';
import type { Rule } from '../rule.ts';
import { perOffence } from '../starts.ts';

export const crownCustodyTimeLimits: readonly Rule[] = [
  {
    ...custodyRule,
    id: 'ctl-crown-182',
    title: 'Custody time limit, Crown Court',
    authority: {
      instrument: regulations,
      provision: 'reg 5; note (c) to CrimPR 2020 r.14.18: 182 days less those in magistrates’ custody',
      grade: 'A',
    },
    starts: perOffence(
      'the first remand in custody for a charge that has been sent to the Crown Court',
      inCustody(
        (offence) => offence.sent !== undefined,
        (offence) => (offence.sent === undefined ? {} : { sentToCrownCourtOn: offence.sent.on }),
      ),
    ),
    ends: custodyStopped,
    period: custodyDays(182, ['sentToCrownCourtOn']),
    examples: [
      {
        facts: { custody: [{ from: '2026-06-26' }], sentToCrownCourtOn: '2026-06-26' },
        legalDue: '2026-12-24',
        why: 'Christmas Day is excluded, so it rolls back a day',
      },
      {
        facts: { custody: [{ from: '2026-06-01' }], sentToCrownCourtOn: '2026-06-26' },
        legalDue: '2026-11-30',
        why: 'days in magistrates’ custody come off the 182',
      },
    ],
  },
  {
    ...custodyRule,
    id: 'ctl-voluntary-bill-112',
    title: 'Custody time limit, voluntary bill or fresh indictment for a retrial',
    authority: { instrument: regulations, provision: 'reg 5(3)(b); CPS guidance, seen in part', grade: 'B' },
    starts: perOffence(
      'a voluntary bill (or a fresh indictment for a retrial) is served on a defendant in custody, or remanded later',
      (offence, defendant, state) => {
        const bill = voluntaryBill(state, offence);
        const custody = bill === undefined ? [] : between(defendant.custody, bill.on, undefined);
        if (bill === undefined || custody.length === 0) return null;
        const limit = limitOn(offence, defendant, { custody }, bill.on);
        return limit && { ...limit, cause: bill, on: bill.on };
      },
    ),
    ends: custodyStopped,
    period: custodyDays(112),
    examples: [
      {
        facts: { custody: [{ from: '2026-08-17' }] },
        legalDue: '2026-12-07',
        why: 'counted from the day of the bill, which is not counted itself; the clocks go back on the way',
      },
      {
        facts: { custody: [{ from: '2026-09-04' }] },
        legalDue: '2026-12-24',
        why: 'Christmas Day is excluded, so it rolls back a day',
      },
    ],
  },
  {
    ...custodyRule,
    id: 'ctl-remitted-70',
    title: 'Custody time limit, charge sent back to the magistrates’ court from the Crown Court',
    authority: {
      instrument: regulations,
      provision:
        'reg 4; DPP v Lewes Crown Court [2024] EWHC 1885 (Admin): days in Crown Court custody are not counted',
      grade: 'B',
    },
    starts: perOffence(
      'a charge is remitted to the magistrates’ court and the defendant is in custody',
      (offence, defendant) => {
        const { remitted, sent } = offence;
        if (remitted === undefined || sent !== undefined) return null;
        const facts = { sentToCrownCourtOn: remitted.sentOn, remittedOn: remitted.on };
        const limit = limitOn(offence, defendant, facts, remitted.on);
        return limit && { ...limit, cause: remitted, on: remitted.on };
      },
    ),
    ends: custodyStopped,
    period: custodyDaysOutsideCrownCourt(70),
    examples: [
      {
        facts: {
          custody: [{ from: '2026-03-02' }],
          sentToCrownCourtOn: '2026-03-24',
          remittedOn: '2026-06-01',
        },
        legalDue: '2026-07-17',
        why: '22 days were used before sending; the 48 left, the day of remittal included, end on Saturday 18 July',
      },
      {
        facts: {
          custody: [{ from: '2026-04-01' }],
          sentToCrownCourtOn: '2026-04-01',
          remittedOn: '2026-06-23',
        },
        legalDue: '2026-08-28',
        why: 'none used before sending; 70 days end on the summer bank holiday, Monday 31 August',
      },
    ],
  },
];
