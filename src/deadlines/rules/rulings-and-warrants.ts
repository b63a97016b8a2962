import { whereKnown } from '../combined-periods.ts';
import { happened, proceedingsOver, served } from '../conditions.ts';
import { crimPR2025, sinceCrimPR2020 } from '../instruments.ts';
import { businessDaysAfterService } from '../after-service-periods.ts';
import { businessDaysAfter, hoursAfter } from '../periods.ts';
import type { Rule } from '../rule.ts';
import { perServing, perEvent } from '../starts.ts';

const died = happened('the defendant has died', 'defendant-died');

export const rulingsAndWarrants: readonly Rule[] = [
  {
    id: 'pros-ruling-appeal',
    version: 1,
    title: 'Notice of a prosecution appeal against a ruling (s.58 CJA 2003)',
    authority: { instrument: crimPR2025, provision: 'r.38.3(2)', grade: 'A' },
    inForce: sinceCrimPR2020,
    owner: 'cps',
    about: 'case',
    consequence: 'limit',
    danger: true,
    starts: perEvent(
      'the judge is told that the prosecution will appeal',
      ['prosecution-appeal-announced'],
      (announced) => ({
        cause: announced,
        clock: announced.eventId,
        facts: {
          decisionOn: announced.on,
          ...(announced.data['expedited'] === true ? { expedited: true } : {}),
        },
      }),
    ),
    meets: [served('prosecution-appeal-notice')],
    ends: [proceedingsOver],
    period: whereKnown(
      'expedited',
      'where the judge expedites the appeal',
      businessDaysAfter(1, 'decisionOn'),
      businessDaysAfter(5, 'decisionOn'),
    ),
    warnings: [1],
    task: {
      kind: 'prosecution-appeal',
      title: 'Check with the CPS that the notice of appeal is served',
      when: 'at-once',
      effortMinutes: 15,
      meets: false,
    },
    ifMissed: 'The ruling stands, and the defendant is acquitted of the charges that it concerns.',
    examples: [
      { facts: { decisionOn: '2026-04-02' }, legalDue: '2026-04-13', why: 'five business days over Easter' },
      {
        facts: { decisionOn: '2026-04-02', expedited: true },
        legalDue: '2026-04-07',
        why: 'the next business day where the judge expedites, over Easter',
      },
    ],
  },
  {
    id: 'disc-notice-continue',
    version: 1,
    title: 'Defendant’s notice to continue after a notice of discontinuance',
    authority: {
      instrument: crimPR2025,
      provision: 'r.12.3(2); s.23 Prosecution of Offences Act 1985',
      grade: 'A',
    },
    inForce: sinceCrimPR2020,
    owner: 'defence',
    about: 'defendant',
    consequence: 'record',
    danger: false,
    starts: perServing('a notice of discontinuance is served', ['discontinuance-notice']),
    meets: [served('discontinuance-counter-notice')],
    ends: [died],
    period: businessDaysAfterService(25),
    warnings: [],
    task: {
      kind: 'defence-response',
      title: 'Check that no counter-notice came, and close the case',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The discontinuance stands, and the case is over.',
    examples: [
      {
        facts: { servedOn: '2026-03-16' },
        legalDue: '2026-04-22',
        why: 'five weeks and the two holidays of Easter',
      },
      {
        facts: { servedOn: '2026-11-30' },
        legalDue: '2027-01-07',
        why: 'five weeks and the three holidays of Christmas and New Year',
      },
    ],
  },
  {
    id: 'warrant-72h',
    version: 1,
    title: 'Lodge the papers of a warrant issued out of hours',
    authority: { instrument: crimPR2025, provision: 'r.13.7(2)', grade: 'A' },
    inForce: sinceCrimPR2020,
    owner: 'police',
    about: 'case',
    consequence: 'record',
    danger: false,
    starts: perEvent('a warrant is issued when the court office is closed', ['warrant-issued'], (warrant) =>
      warrant.data['outOfHours'] === true
        ? {
            cause: warrant,
            clock: warrant.eventId,
            facts: { issuedAt: warrant.at ?? warrant.receivedAt },
            ...(warrant.at === undefined
              ? {
                  assumed: ['Nobody gave the time of issue: the time at which the hub learned of it is used'],
                }
              : {}),
          }
        : null,
    ),
    meets: [served('warrant-papers')],
    ends: [],
    period: hoursAfter(72, 'issuedAt'),
    warnings: [1],
    task: {
      kind: 'warrant-papers',
      title: 'Check that the papers of the warrant have been lodged with the court',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The court has no record of the warrant, and its execution may be challenged.',
    examples: [
      {
        facts: { issuedAt: '2026-03-28T10:00:00.000Z' },
        legalDue: '2026-03-31T10:00:00.000Z',
        why: '72 elapsed hours: 10am to 11am, the clocks going forward between',
      },
      {
        facts: { issuedAt: '2026-10-24T12:00:00.000Z' },
        legalDue: '2026-10-27T12:00:00.000Z',
        why: '72 elapsed hours: 1pm to noon, the clocks going back between',
      },
    ],
  },
];
