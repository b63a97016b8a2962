import { addDays } from '../../calendar/civil-date.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import type { CaseState, DefendantState } from '../case-state.ts';
import { cameInCustody, firstCharge, heardAlready, isFirstHearing } from '../charges.ts';
import { nextCourtDay, nextCourtDayAfter } from '../combined-periods.ts';
import { finding, happened, pleaOrFinding, served } from '../conditions.ts';
import { crimPR2025, sinceCrimPR2020 } from '../instruments.ts';
import { calendarDaysAfter, onTheDay } from '../periods.ts';
import type { Condition, Rule } from '../rule.ts';
import { perDefendant, perHearing, type Started } from '../starts.ts';

const summaryJustice = 'Transforming Summary Justice (2015)';

/** Met when a hearing is listed no later than a day reckoned from charge. */
function hearingBy(says: string, last: (chargedOn: string) => string): Condition {
  return {
    says,
    find: (state, start) => {
      const { chargedOn } = start.facts;
      const hearing = state.hearings.find(
        ({ state: listed, on }) => listed === 'listed' && chargedOn !== undefined && on <= last(chargedOn),
      );
      return finding(hearing?.listed);
    },
  };
}

const chargedAndBailed =
  (applies: (state: CaseState) => boolean) =>
  (defendant: DefendantState, state: CaseState): Started => {
    const charge = firstCharge(defendant.offences);
    if (!charge || state.initiation !== 'charge' || cameInCustody(state, defendant) || !applies(state))
      return null;
    return { cause: charge.chargedBy, on: charge.chargedOn, facts: { chargedOn: charge.chargedOn } };
  };

const firstHearingTarget = {
  version: 1,
  inForce: { from: '2015-05-01' },
  owner: 'police',
  about: 'defendant',
  consequence: 'record',
  danger: false,
  ends: [pleaOrFinding],
  warnings: [],
  task: {
    kind: 'first-hearing-target',
    title: 'Ask the court for a first hearing within the target, or note why it is later',
    when: 'never',
    effortMinutes: 10,
    meets: true,
  },
  ifMissed: 'The case does not meet the target of Transforming Summary Justice.',
} as const;

export const firstHearing: readonly Rule[] = [
  {
    ...firstHearingTarget,
    id: 'tsj-gap-14',
    title: 'First hearing within 14 days of charge, guilty plea expected',
    authority: { instrument: summaryJustice, provision: 'optimum bailing patterns', grade: 'B' },
    starts: perDefendant(
      'a defendant is charged and bailed, and a guilty plea is expected',
      chargedAndBailed((state) => state.anticipatedPlea === 'guilty'),
    ),
    meets: [hearingBy('a hearing is listed within the 14 days', (on) => addDays(on, 14))],
    period: calendarDaysAfter(14, 'chargedOn'),
    examples: [
      {
        facts: { chargedOn: '2026-11-21' },
        legalDue: '2026-12-05',
        actionDue: '2026-12-04',
        why: '14 calendar days is a Saturday',
      },
      {
        facts: { chargedOn: '2026-03-20' },
        legalDue: '2026-04-03',
        actionDue: '2026-04-02',
        why: 'Good Friday stands as the date, and the day before is the last to act',
      },
    ],
  },
  {
    ...firstHearingTarget,
    id: 'tsj-ngap-28',
    title: 'First hearing within 28 days of charge, not guilty plea or Crown Court expected',
    authority: { instrument: summaryJustice, provision: 'optimum bailing patterns', grade: 'B' },
    starts: perDefendant(
      'a defendant is charged and bailed, and no guilty plea is expected',
      chargedAndBailed((state) => state.anticipatedPlea !== 'guilty'),
    ),
    meets: [hearingBy('a hearing is listed within the 28 days', (on) => addDays(on, 28))],
    period: calendarDaysAfter(28, 'chargedOn'),
    examples: [
      {
        facts: { chargedOn: '2026-03-09' },
        legalDue: '2026-04-06',
        actionDue: '2026-04-02',
        why: 'Easter Monday; the last business day before it is Thursday',
      },
      {
        facts: { chargedOn: '2026-10-05' },
        legalDue: '2026-11-02',
        actionDue: '2026-11-02',
        why: 'the clock change moves no date',
      },
    ],
  },
  {
    id: 'custody-next-court',
    version: 1,
    title: 'Bring a defendant who was charged and kept in custody before a court',
    authority: {
      instrument: 'Police and Criminal Evidence Act 1984',
      provision: 's.46, by the note to CrimPR 2025 r.7.5',
      grade: 'A',
    },
    inForce: { from: '1986-01-01' },
    owner: 'police',
    about: 'defendant',
    consequence: 'limit',
    danger: false,
    starts: perDefendant(
      'a defendant is charged and kept in custody, and the hub has the case in time',
      (defendant, state) => {
        const charge = firstCharge(defendant.offences);
        const custody = defendant.custody[0];
        if (!charge || !custody || !cameInCustody(state, defendant)) return null;
        const due = nextCourtDay(charge.chargedOn).due;
        const keptFromCharge = custody.assumed !== undefined || custody.from <= due;
        if (!keptFromCharge || civilDateOf(state.registered.receivedAt) > due) return null;
        return { cause: charge.chargedBy, on: charge.chargedOn, facts: { chargedOn: charge.chargedOn } };
      },
    ),
    meets: [
      hearingBy('a hearing is listed for that day or the next', (on) => nextCourtDay(on).due),
      {
        says: 'a court remanded the defendant',
        find: (state, start) => {
          const defendant = state.defendants.find(({ id }) => id === start.subject.defendantId);
          const first = defendant?.custody[0];
          return first === undefined || first.assumed !== undefined ? null : finding(first.startedBy);
        },
      },
    ],
    ends: [pleaOrFinding, happened('the defendant is bailed', 'bailed')],
    period: nextCourtDayAfter('chargedOn'),
    warnings: [],
    task: {
      kind: 'custody-first-court',
      title: 'Make sure the defendant is before a court on the next day that it sits',
      when: 'on-alert',
      effortMinutes: 15,
      meets: true,
    },
    ifMissed: 'Detention after that day is unlawful.',
    examples: [
      {
        facts: { chargedOn: '2026-12-24' },
        legalDue: '2026-12-26',
        actionDue: '2026-12-24',
        why: 'Christmas Day is left out; courts sit on Boxing Day for custody',
      },
      {
        facts: { chargedOn: '2026-04-02' },
        legalDue: '2026-04-04',
        actionDue: '2026-04-02',
        why: 'Good Friday is left out; the Saturday is not',
      },
      { facts: { chargedOn: '2026-01-10' }, legalDue: '2026-01-12', why: 'Sunday is left out' },
    ],
  },
  {
    id: 'idpc-serve',
    version: 1,
    title: 'Initial details of the prosecution case served',
    authority: { instrument: crimPR2025, provision: 'r.8.2', grade: 'A' },
    inForce: sinceCrimPR2020,
    owner: 'cps',
    about: 'hearing',
    consequence: 'hearing',
    danger: false,
    starts: perHearing('a first hearing is listed in the magistrates’ court', (hearing) =>
      isFirstHearing(hearing) ? { cause: hearing.listed, facts: { hearingOn: hearing.on } } : null,
    ),
    meets: [served('initial-details')],
    ends: [pleaOrFinding, heardAlready],
    period: onTheDay('hearingOn', 'no later than the beginning of'),
    warnings: [5, 1],
    task: {
      kind: 'initial-details',
      title: 'Check that initial details are with the court before the day of the first hearing begins',
      when: 'on-alert',
      effortMinutes: 15,
      meets: true,
    },
    ifMissed:
      'The hearing may be adjourned, and the court may not take account of what was left out (r.8.4).',
    examples: [
      {
        facts: { hearingOn: '2026-04-07' },
        legalDue: '2026-04-07',
        actionDue: '2026-04-07',
        why: 'the Tuesday after Easter: no later than its beginning',
      },
      {
        facts: { hearingOn: '2026-10-26' },
        legalDue: '2026-10-26',
        why: 'the Monday after the clocks go back',
      },
    ],
  },
];
