import {
  everyOffence,
  finding,
  happened,
  offencesOf,
  proceedingsOver,
  served,
  within,
} from '../conditions.ts';
import {
  isDrinkOrDrugDriving,
  isDrivingUninsured,
  isFailureToNameDriver,
} from '../../reference/offence-families.ts';
import { daysBeginningWithService } from '../after-service-periods.ts';
import { calendarDaysAfter } from '../periods.ts';
import type { Condition, Rule } from '../rule.ts';
import { perDocument, perOffence } from '../starts.ts';

const noticePeriod = calendarDaysAfter(14, 'offenceCommittedOn');

/** A charge in person within the period does what a summons served within it does. */
const chargedInPerson: Condition = {
  says: 'charged in person',
  find: (state, start) => {
    const offence = offencesOf(state, start)[0]?.offence;
    if (offence?.chargedOn === undefined || state.initiation !== 'charge') return null;
    return finding({ ...offence.chargedBy, on: offence.chargedOn });
  },
};

/** Known not to need a notice; Schedule 1 was not read, so that every other traffic offence is taken to need one. */
const needsNoNotice = (code: string): boolean =>
  isDrinkOrDrugDriving(code) || isDrivingUninsured(code) || isFailureToNameDriver(code);

export const trafficNotices: readonly Rule[] = [
  {
    id: 'nip-14',
    version: 1,
    title: 'Notice of intended prosecution',
    authority: {
      instrument: 'Road Traffic Offenders Act 1988',
      provision: 's.1(1); exceptions in s.2; the list of offences in Schedule 1 was not read',
      grade: 'B',
    },
    inForce: { from: '1989-05-15' },
    owner: 'police',
    about: 'offence',
    consequence: 'limit',
    danger: true,
    starts: perOffence(
      'an offence was committed in a traffic case (not of drink, drugs, insurance or naming the driver)',
      (offence, _defendant, state) =>
        state.kind === 'traffic' && !needsNoNotice(offence.code)
          ? {
              cause: offence.chargedBy,
              on: offence.committedOn,
              facts: { offenceCommittedOn: offence.committedOn },
            }
          : null,
    ),
    meets: [
      within(
        noticePeriod,
        served(
          'notice-of-intended-prosecution',
          'written-charge-and-requisition',
          'single-justice-procedure-notice',
        ),
      ),
      within(noticePeriod, chargedInPerson),
      within(noticePeriod, happened('charged', 'charged')),
    ],
    ends: [
      proceedingsOver,
      everyOffence('a plea of guilty', ({ plea }) => (plea?.plea === 'guilty' ? plea : undefined)),
    ],
    period: noticePeriod,
    warnings: [4],
    task: {
      kind: 'notice-of-intended-prosecution',
      title:
        'Check that the driver was warned or the notice served within 14 days, or which exception of s.2 applies',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'No conviction, unless an exception of s.2 applies (such as an accident caused at the time).',
    examples: [
      {
        facts: { offenceCommittedOn: '2026-06-01' },
        legalDue: '2026-06-15',
        why: 'ignore the day of the offence, count 14',
      },
      {
        facts: { offenceCommittedOn: '2026-12-14' },
        legalDue: '2026-12-28',
        actionDue: '2026-12-24',
        why: 'a bank holiday moves nothing; act before Christmas',
      },
    ],
  },
  {
    id: 's172-28',
    version: 1,
    title: 'Keeper or driver names the driver (section 172)',
    authority: {
      instrument: 'Road Traffic Act 1988',
      provision: 's.172(7)(a); "beginning with the day" of service is believed, not read',
      grade: 'C',
    },
    inForce: { from: '1989-05-15' },
    owner: 'defence',
    about: 'case',
    consequence: 'chase',
    danger: false,
    starts: perDocument('a section 172 notice is served', 'section-172-notice'),
    meets: [served('section-172-reply')],
    ends: [proceedingsOver],
    period: daysBeginningWithService(28),
    /** The reminder of day 14 (P); that of day 29 is the overdue alert. */
    warnings: [14],
    task: {
      kind: 'section-172',
      title: 'Chase the reply to the section 172 notice',
      when: 'on-alert',
      effortMinutes: 10,
      meets: false,
    },
    ifMissed: 'A new offence of the keeper, with six months of its own from the end of the 28 days.',
    examples: [
      {
        facts: { service: { method: 'first-class-post', at: '2026-06-11' } },
        legalDue: '2026-07-12',
        actionDue: '2026-07-10',
        why: 'posted Thursday, served Monday 15 June, which is day 1; day 28 is a Sunday',
      },
      {
        facts: { servedOn: '2026-12-01' },
        legalDue: '2026-12-28',
        actionDue: '2026-12-24',
        why: 'day 28 is a bank holiday, which moves nothing',
      },
    ],
  },
];
