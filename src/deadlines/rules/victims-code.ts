import type { Occurrence, PersonState } from '../case-state.ts';
import { contactMade } from '../conditions.ts';
import { workingDaysFromReceipt } from '../periods.ts';
import type { Rule } from '../rule.ts';
import { perPersonAndEvent } from '../starts.ts';

const code = 'Code of Practice for Victims of Crime (in force 1 April 2021)';

const owed = {
  version: 1,
  inForce: { from: '2021-04-01' },
  owner: 'hub',
  about: 'person',
  consequence: 'victim',
  danger: false,
  meets: [contactMade],
  ends: [],
  warnings: [],
  ifMissed: 'The person was not told in time: a breach of the Victims’ Code, of which they may complain.',
} as const;

const toldOf = (title: string) =>
  ({ kind: 'victim-contact', title, when: 'at-once', effortMinutes: 20, meets: false }) as const;

const victims = (person: PersonState): boolean => person.role === 'victim';
/** The Witness Charter sets no number of days for witnesses; the hub applies the victims' periods to all. */
const victimsAndWitnesses = (person: PersonState, occurrence: Occurrence): boolean =>
  occurrence.personId === undefined || occurrence.personId === person.id;

export const victimsCode: readonly Rule[] = [
  {
    ...owed,
    id: 'vc-hearing-date',
    title: 'Tell them the time, date and place of the hearing',
    authority: { instrument: code, provision: 'Right 8', grade: 'B' },
    contact: { reason: 'hearing-date' },
    starts: perPersonAndEvent(
      'a hearing is listed or moved',
      ['hearing-listed', 'trial-listed', 'hearing-moved'],
      victimsAndWitnesses,
    ),
    period: workingDaysFromReceipt(1, 1),
    task: toldOf('Tell them the time, date and place of the hearing'),
    examples: [
      { facts: { receivedAt: '2026-12-18T16:50:00.000Z' }, legalDue: '2026-12-21', why: 'Friday to Monday' },
      { facts: { receivedAt: '2026-04-02T09:00:00.000Z' }, legalDue: '2026-04-07', why: 'over Easter' },
    ],
  },
  {
    ...owed,
    id: 'vc-bail-hearing',
    title: 'Tell the victim the outcome of the bail hearing, with conditions and reasons',
    authority: { instrument: code, provision: 'Right 6; court sends within 5 working days', grade: 'B' },
    contact: { reason: 'bail' },
    starts: perPersonAndEvent('bail is granted or refused', ['bailed', 'remanded'], victims),
    period: workingDaysFromReceipt(5, 1),
    task: toldOf('Tell the victim the outcome of the bail hearing'),
    examples: [
      { facts: { receivedAt: '2026-12-24T10:00:00.000Z' }, legalDue: '2027-01-05', why: 'over Christmas' },
      {
        facts: { receivedAt: '2026-12-24T10:00:00.000Z', enhancedRights: true },
        legalDue: '2026-12-29',
        why: 'one working day with enhanced rights; the 25th and 28th are bank holidays',
      },
    ],
  },
  {
    ...owed,
    id: 'vc-outcome',
    title: 'Tell them the outcome, with brief reasons',
    authority: { instrument: code, provision: 'Right 9', grade: 'B' },
    contact: { reason: 'outcome' },
    starts: perPersonAndEvent(
      'a verdict, or the case is dropped at court',
      ['convicted', 'acquitted', 'discontinued'],
      victims,
    ),
    period: workingDaysFromReceipt(1, 1),
    task: toldOf('Tell them the outcome of the case'),
    examples: [
      { facts: { receivedAt: '2026-12-18T16:50:00.000Z' }, legalDue: '2026-12-21', why: 'Friday to Monday' },
      {
        facts: { receivedAt: '2026-05-01T09:00:00.000Z' },
        legalDue: '2026-05-05',
        why: 'over the early May holiday',
      },
    ],
  },
];
