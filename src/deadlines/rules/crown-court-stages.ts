import type { DefendantState } from '../case-state.ts';
import { pleaOrFinding, served } from '../conditions.ts';
import { courtSets } from '../directions.ts';
import { crimPR2025, sinceCrimPR2020 } from '../instruments.ts';
import { businessDaysAfterService, calendarDaysAfterService } from '../after-service-periods.ts';
import { calendarDaysAfter } from '../periods.ts';
import type { Rule } from '../rule.ts';
import { arraigned, arraignment, firstSent } from '../sendings.ts';
import { documentConcerns, perDefendant, perServing, serviceFacts, type Started } from '../starts.ts';
import { tenBusinessDaysAfter, twentyBusinessDaysAfter } from '../worked-examples.ts';

const evidenceRegulations =
  'Crime and Disorder Act 1998 (Service of Prosecution Evidence) Regulations 2005 (SI 2005/902)';

/** In custody when sent, whatever became of it afterwards; bailed on that day is bail. */
function sentInCustody(defendant: DefendantState, on: string): boolean {
  return defendant.custody.some(({ from, to }) => from <= on && (to === undefined || to > on));
}

const sent =
  (applies: (defendant: DefendantState, on: string) => boolean = () => true) =>
  (defendant: DefendantState): Started => {
    const cause = firstSent(defendant);
    return cause && applies(defendant, cause.on) ? { cause, facts: { sentToCrownCourtOn: cause.on } } : null;
  };

const evidence = {
  version: 1,
  inForce: { from: '2005-04-04' },
  owner: 'cps',
  about: 'defendant',
  consequence: 'hearing',
  danger: false,
  meets: [served('prosecution-evidence')],
  ends: [pleaOrFinding, courtSets('stage-1', 'the judge sets the day of stage 1')],
  warnings: [14, 7],
  task: {
    kind: 'prosecution-evidence',
    title: 'Check that the CPS has all the evidence to serve, and that it is served',
    when: 'on-alert',
    effortMinutes: 30,
    meets: false,
  },
  ifMissed:
    'The defendant may apply for dismissal or a stay; the CPS must apply for more time (SI 2005/902 reg 4).',
} as const;

export const crownCourtStages: readonly Rule[] = [
  {
    ...evidence,
    id: 'pros-evidence-50',
    title: 'Prosecution evidence served, defendant sent in custody',
    authority: { instrument: evidenceRegulations, provision: 'reg 2', grade: 'A' },
    starts: perDefendant('a defendant is sent to the Crown Court in custody', sent(sentInCustody)),
    period: calendarDaysAfter(50, 'sentToCrownCourtOn'),
    examples: [
      { facts: { sentToCrownCourtOn: '2026-01-12' }, legalDue: '2026-03-03', why: '50 calendar days' },
      {
        facts: { sentToCrownCourtOn: '2026-02-13' },
        legalDue: '2026-04-04',
        actionDue: '2026-04-02',
        why: 'the Saturday of Easter: no roll',
      },
    ],
  },
  {
    ...evidence,
    id: 'pros-evidence-70',
    title: 'Prosecution evidence served, defendant sent on bail',
    authority: { instrument: evidenceRegulations, provision: 'reg 2', grade: 'A' },
    starts: perDefendant(
      'a defendant is sent to the Crown Court, not in custody',
      sent((defendant, on) => !sentInCustody(defendant, on)),
    ),
    period: calendarDaysAfter(70, 'sentToCrownCourtOn'),
    examples: [
      { facts: { sentToCrownCourtOn: '2026-01-12' }, legalDue: '2026-03-23', why: '70 calendar days' },
      {
        facts: { sentToCrownCourtOn: '2026-10-16' },
        legalDue: '2026-12-25',
        actionDue: '2026-12-24',
        why: 'Christmas Day, over the clock change: no roll',
      },
    ],
  },
  {
    id: 'evidence-ext-response',
    version: 1,
    title: 'Defence representations on an application for more time to serve the evidence',
    authority: { instrument: evidenceRegulations, provision: 'reg 5', grade: 'A' },
    inForce: { from: '2005-04-04' },
    owner: 'defence',
    about: 'defendant',
    consequence: 'record',
    danger: false,
    starts: perServing('an application for more time is served', ['evidence-extension-application']),
    meets: [served('evidence-extension-response')],
    ends: [pleaOrFinding],
    period: calendarDaysAfterService(3),
    warnings: [],
    task: {
      kind: 'defence-response',
      title: 'Note whether the defence opposes more time, and what the court decides',
      when: 'never',
      effortMinutes: 5,
      meets: true,
    },
    ifMissed: 'The court decides without representations.',
    examples: [
      {
        facts: { servedOn: '2026-04-01' },
        legalDue: '2026-04-04',
        actionDue: '2026-04-02',
        why: 'three days over Good Friday: no roll',
      },
      { facts: { servedOn: '2026-10-23' }, legalDue: '2026-10-26', why: 'three days over the clock change' },
    ],
  },
  {
    id: 'dismiss-application',
    version: 1,
    title: 'Defence application to dismiss: 20 business days after the evidence, and before arraignment',
    authority: { instrument: crimPR2025, provision: 'r.3.20', grade: 'A' },
    inForce: sinceCrimPR2020,
    owner: 'defence',
    about: 'defendant',
    consequence: 'record',
    danger: false,
    starts: perDefendant(
      'the prosecution evidence is served before a defendant in the Crown Court enters a plea',
      (defendant, state) => {
        const found = state.documents.find(
          (document) => document.document === 'prosecution-evidence' && documentConcerns(document, defendant),
        );
        if (!found || firstSent(defendant) === undefined) return null;
        const plea = arraignment(state, defendant);
        if (plea !== undefined && plea.on < found.on) return null;
        return { cause: found, facts: serviceFacts(found) };
      },
    ),
    meets: [served('dismissal-application')],
    ends: [arraigned, pleaOrFinding],
    period: businessDaysAfterService(20),
    warnings: [],
    task: {
      kind: 'defence-response',
      title: 'Note whether the defence applied to dismiss',
      when: 'never',
      effortMinutes: 5,
      meets: true,
    },
    ifMissed: 'The defence needs more time from the court to apply.',
    examples: twentyBusinessDaysAfter('servedOn'),
  },
  {
    id: 'dismiss-application-response',
    version: 1,
    title: 'Prosecution answer to an application to dismiss',
    authority: { instrument: crimPR2025, provision: 'r.3.20', grade: 'A' },
    inForce: sinceCrimPR2020,
    owner: 'cps',
    about: 'defendant',
    consequence: 'hearing',
    danger: false,
    starts: perServing('an application to dismiss is served', ['dismissal-application']),
    meets: [served('dismissal-response')],
    ends: [pleaOrFinding],
    period: businessDaysAfterService(10),
    warnings: [7, 2],
    task: {
      kind: 'application-response',
      title: 'Get what the CPS needs to oppose dismissal',
      when: 'on-alert',
      effortMinutes: 20,
      meets: true,
    },
    ifMissed: 'The charges may be dismissed unopposed.',
    examples: tenBusinessDaysAfter('servedOn'),
  },
];
