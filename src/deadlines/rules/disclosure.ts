import { countCalendarDaysThenForward } from '../../calendar/counting.ts';
import type { CaseState, Cause, DefendantState, ServedDocument } from '../case-state.ts';
import { afterLatest, daySetOr } from '../combined-periods.ts';
import {
  fileAccepted,
  happened,
  pleaOrFinding,
  proceedingsOver,
  served,
  servedAtAnyTime,
} from '../conditions.ts';
import { courtSets, directed } from '../directions.ts';
import { crimPR2025, sinceCrimPR2020 } from '../instruments.ts';
import { businessDaysAfterService, workingDaysAfterService } from '../after-service-periods.ts';
import { calendarDaysThenForward, workingDaysAfter } from '../periods.ts';
import { courtOf, notGuiltyPlea, notGuiltyPleas, sentAfterPlea } from '../pleas.ts';
import type { Rule } from '../rule.ts';
import { documentConcerns, perCase, perDefendant, perServing, serviceFacts } from '../starts.ts';
import { fiveBusinessDaysAfterService, tenBusinessDaysAfter } from '../worked-examples.ts';

/** The first service of a document that concerns a defendant. */
function firstServed(
  state: CaseState,
  document: string,
  defendant: DefendantState,
): ServedDocument | undefined {
  return state.documents.find((one) => one.document === document && documentConcerns(one, defendant));
}

/** The first plea of not guilty of any defendant, in the court that has the defendant's case. */
function firstDenial(state: CaseState): Cause | undefined {
  return state.defendants
    .flatMap((defendant) =>
      notGuiltyPleas(state, defendant).filter(({ court }) => court === courtOf(defendant)),
    )
    .map(({ occurrence }) => occurrence)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))[0];
}

const statement = {
  version: 1,
  inForce: sinceCrimPR2020,
  owner: 'defence',
  about: 'defendant',
  danger: false,
  meets: [served('defence-statement')],
  warnings: [],
} as const;

export const disclosure: readonly Rule[] = [
  {
    id: 'pros-initial-disclosure-mags',
    version: 1,
    title: 'Initial disclosure, as soon as reasonably practicable after a not guilty plea',
    authority: {
      instrument: crimPR2025,
      provision: 'r.15.2(2): no number of days; the hub asks on the next working day',
      grade: 'B',
    },
    inForce: sinceCrimPR2020,
    owner: 'cps',
    about: 'defendant',
    consequence: 'hearing',
    danger: false,
    starts: notGuiltyPlea('magistrates'),
    meets: [servedAtAnyTime('initial-disclosure')],
    ends: [pleaOrFinding, sentAfterPlea],
    period: workingDaysAfter(1, 'notGuiltyPleaOn'),
    warnings: [],
    task: {
      kind: 'initial-disclosure',
      title: 'Check that the CPS has the schedules of unused material, and ask for initial disclosure',
      when: 'on-alert',
      effortMinutes: 20,
      meets: false,
    },
    ifMissed: 'The trial may be adjourned or stayed, and the time for the defence statement does not begin.',
    examples: [
      { facts: { notGuiltyPleaOn: '2026-04-02' }, legalDue: '2026-04-07', why: 'over Easter' },
      { facts: { notGuiltyPleaOn: '2026-01-14' }, legalDue: '2026-01-15', why: 'Wednesday to Thursday' },
    ],
  },
  {
    id: 'upgrade-file',
    version: 1,
    title: 'Trial-ready (upgrade) file from the officer',
    authority: {
      instrument: 'Default of the hub; CPS tasks “Request upgrade file” and “Chase upgrade file”',
      provision: '10 working days after the not guilty plea, or the day that the court directs',
      grade: 'P',
    },
    inForce: sinceCrimPR2020,
    owner: 'officer',
    about: 'case',
    consequence: 'hearing',
    danger: false,
    starts: perCase('the first plea of not guilty, or a direction of the court', (state) => {
      const plea = firstDenial(state);
      const direction = directed(state, 'upgrade-file');
      const cause = plea ?? direction?.cause;
      if (!cause) return null;
      return {
        cause,
        facts: {
          ...(plea === undefined ? {} : { notGuiltyPleaOn: plea.on }),
          ...(direction === undefined ? {} : { dueOn: direction.by }),
        },
      };
    }),
    meets: [happened('the file is sent to the CPS', 'file-submitted'), fileAccepted],
    ends: [pleaOrFinding],
    period: daySetOr(workingDaysAfter(10, 'notGuiltyPleaOn'), 'notGuiltyPleaOn'),
    warnings: [7, 2],
    task: {
      kind: 'upgrade-file',
      title: 'Get the trial-ready file from the officer, check it and send it to the CPS',
      when: 'on-alert',
      effortMinutes: 60,
      meets: true,
    },
    ifMissed: 'The trial is wasted or adjourned.',
    examples: [
      {
        facts: { notGuiltyPleaOn: '2026-03-30' },
        legalDue: '2026-04-15',
        why: 'ten working days over Easter',
      },
      {
        facts: { notGuiltyPleaOn: '2026-03-30', dueOn: '2026-04-08' },
        legalDue: '2026-04-08',
        why: 'the court’s direction governs',
      },
    ],
  },
  {
    ...statement,
    id: 'defence-statement-mags',
    title: 'Defence statement (voluntary) and notice of defence witnesses, magistrates’ court',
    authority: { instrument: crimPR2025, provision: 'r.15.4(2), (4) and (5)', grade: 'A' },
    consequence: 'record',
    starts: perDefendant('initial disclosure is served in the magistrates’ court', (defendant, state) => {
      const disclosed = firstServed(state, 'initial-disclosure', defendant);
      return disclosed && courtOf(defendant) === 'magistrates'
        ? { cause: disclosed, facts: { initialDisclosureOn: disclosed.on } }
        : null;
    }),
    ends: [pleaOrFinding],
    period: calendarDaysThenForward(14, 'initialDisclosureOn'),
    task: {
      kind: 'defence-statement',
      title: 'Note whether the defence served a statement or named its witnesses',
      when: 'never',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The defence cannot apply for further disclosure (s.8 CPIA 1996) without a statement.',
    examples: [
      {
        facts: { initialDisclosureOn: '2026-12-14' },
        legalDue: '2026-12-29',
        why: 'the 14th day is a bank holiday: this rule rolls forward',
      },
      {
        facts: { initialDisclosureOn: '2026-03-20' },
        legalDue: '2026-04-07',
        why: 'Good Friday rolls forward over Easter',
      },
    ],
  },
  {
    ...statement,
    id: 'defence-statement-crown',
    title: 'Defence statement, Crown Court',
    authority: { instrument: crimPR2025, provision: 'r.15.4(3) and (5); r.3.19', grade: 'A' },
    consequence: 'hearing',
    starts: perDefendant(
      'both initial disclosure and the prosecution evidence are served in the Crown Court',
      (defendant, state) => {
        const disclosed = firstServed(state, 'initial-disclosure', defendant);
        const evidence = firstServed(state, 'prosecution-evidence', defendant);
        if (!disclosed || !evidence || courtOf(defendant) !== 'crown') return null;
        return {
          cause: disclosed.on > evidence.on ? disclosed : evidence,
          facts: { initialDisclosureOn: disclosed.on, ...serviceFacts(evidence) },
        };
      },
    ),
    ends: [pleaOrFinding, courtSets('stage-2', 'the judge sets the day of stage 2')],
    period: afterLatest(
      '28 days, forward to a business day, after',
      ['initialDisclosureOn'],
      ['service'],
      (calendar, from, label) => countCalendarDaysThenForward(calendar, from, 28, label),
    ),
    warnings: [7],
    task: {
      kind: 'defence-statement',
      title: 'Ask the CPS whether the defence statement has been served',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'An adverse inference may be drawn (s.11 CPIA 1996); the CPS may ask the judge for a warning.',
    examples: [
      {
        facts: { initialDisclosureOn: '2026-11-27' },
        legalDue: '2026-12-29',
        why: 'Christmas Day rolls forward over the weekend and the bank holiday',
      },
      {
        facts: { initialDisclosureOn: '2026-03-02', servedOn: '2026-03-09' },
        legalDue: '2026-04-07',
        why: 'counted from the evidence, served later; Easter Monday rolls forward',
      },
    ],
  },
  {
    id: 'defence-statement-response',
    version: 1,
    title: 'Review of unused material in the light of the defence statement',
    authority: {
      instrument: 'Criminal Procedure and Investigations Act 1996',
      provision: 's.7A: no fixed period; default of the hub for the officer, the court’s stage date governs',
      grade: 'P',
    },
    inForce: sinceCrimPR2020,
    owner: 'officer',
    about: 'defendant',
    consequence: 'hearing',
    danger: false,
    starts: perServing('a defence statement is served', ['defence-statement']),
    meets: [served('defence-statement-response')],
    ends: [pleaOrFinding],
    period: workingDaysAfterService(5),
    warnings: [2],
    task: {
      kind: 'defence-statement-response',
      title: 'Ask the disclosure officer to review the unused material against the defence statement',
      when: 'on-alert',
      effortMinutes: 20,
      meets: true,
    },
    ifMissed: 'The defence may apply for disclosure (s.8 CPIA 1996).',
    examples: fiveBusinessDaysAfterService,
  },
  {
    id: 's8-application-response',
    version: 1,
    title: 'Representations on a defence application for disclosure (s.8)',
    authority: { instrument: crimPR2025, provision: 'r.15.5(5)(b)', grade: 'A' },
    inForce: sinceCrimPR2020,
    owner: 'cps',
    about: 'defendant',
    consequence: 'hearing',
    danger: false,
    starts: perServing('a s.8 application is served', ['section-8-application']),
    meets: [served('section-8-response')],
    ends: [proceedingsOver, pleaOrFinding],
    period: businessDaysAfterService(10),
    warnings: [7, 2],
    task: {
      kind: 'application-response',
      title: 'Get the disclosure officer’s answer to the s.8 application to the CPS',
      when: 'on-alert',
      effortMinutes: 20,
      meets: true,
    },
    ifMissed: 'The court may order disclosure without hearing the prosecution.',
    examples: tenBusinessDaysAfter('servedOn'),
  },
];
