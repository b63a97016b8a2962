import type { CaseState, DefendantState, ServedDocument } from '../case-state.ts';
import { pleaOrFinding, proceedingsOver, served } from '../conditions.ts';
import { crimPR2025, sinceCrimPR2020 } from '../instruments.ts';
import { businessDaysAfterService, calendarDaysAfterService } from '../after-service-periods.ts';
import type { Rule } from '../rule.ts';
import { anyOf, perServing, serviceFacts } from '../starts.ts';
import { fiveBusinessDaysAfterService, tenBusinessDaysAfter } from '../worked-examples.ts';

const notice = {
  version: 1,
  inForce: sinceCrimPR2020,
  about: 'defendant',
  danger: false,
  ends: [pleaOrFinding],
  warnings: [],
} as const;

/** Rule 16.4(4)(b)(ii) and (iii): a written guilty plea offered with the requisition, and the Single Justice Procedure. */
function hasItsOwnPeriod(statement: ServedDocument, defendant: DefendantState, state: CaseState): boolean {
  const denied = defendant.offences.some(
    ({ plea }) => plea?.plea === 'not-guilty' && plea.on <= statement.on,
  );
  const offered = state.documents.some(({ document }) => document === 'section-12-notice');
  const listed = state.hearings.some(
    (hearing) => hearing.state === 'listed' && hearing.type === 'first-hearing' && hearing.court !== 'crown',
  );
  return (state.initiation === 'single-justice-procedure' && !denied) || (offered && listed);
}

export const evidenceNotices: readonly Rule[] = [
  {
    ...notice,
    id: 's9-objection',
    title: 'Objection to a written statement being read (s.9)',
    authority: {
      instrument: crimPR2025,
      provision: 'r.16.4(4)(b); s.9(2A) Criminal Justice Act 1967: never less than 7 days',
      grade: 'A',
    },
    owner: 'defence',
    consequence: 'hearing',
    starts: perServing(
      'a s.9 statement is served, outside the Single Justice Procedure and written guilty pleas',
      ['section-9-statement'],
      (statement, defendant, state) =>
        hasItsOwnPeriod(statement, defendant, state) ? null : serviceFacts(statement),
    ),
    meets: [served('section-9-objection')],
    period: businessDaysAfterService(5),
    task: {
      kind: 'witness-attendance',
      title: 'Note whether the defence objects: warn the witness, or tell them that they are not needed',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The statement may be read, and the witness need not attend.',
    examples: fiveBusinessDaysAfterService,
  },
  {
    ...notice,
    id: 'expert-summary-response',
    title: 'Defence answer to a summary of expert evidence: admitted or disputed',
    authority: { instrument: crimPR2025, provision: 'r.19.3(2)(b)', grade: 'A' },
    owner: 'defence',
    consequence: 'hearing',
    starts: perServing('a summary of expert evidence is served', ['expert-summary']),
    meets: [served('expert-summary-response')],
    period: businessDaysAfterService(10),
    task: {
      kind: 'defence-response',
      title: 'Note whether the expert’s conclusions are disputed: a full report is then needed',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'Without an answer the full report has to be ready for trial.',
    examples: tenBusinessDaysAfter('servedOn'),
  },
  {
    ...notice,
    id: 'expert-told',
    title: 'Tell the expert, at once, that the report has been served',
    authority: {
      instrument: crimPR2025,
      provision: 'r.19.5: “at once”; the hub asks on the next business day',
      grade: 'A',
    },
    owner: 'cps',
    consequence: 'record',
    starts: anyOf(
      'an expert’s summary or report is served',
      perServing('a summary of expert evidence is served', ['expert-summary']),
      perServing('an expert’s report is served', ['expert-report']),
    ),
    meets: [],
    ends: [proceedingsOver],
    period: businessDaysAfterService(1),
    task: {
      kind: 'tell-expert',
      title: 'Check that the expert has been told of the service of the report',
      when: 'on-alert',
      effortMinutes: 5,
      meets: true,
    },
    ifMissed: 'The expert may be unprepared, and in breach of duty to the court without knowing.',
    examples: [
      { facts: { servedOn: '2026-04-02' }, legalDue: '2026-04-07', why: 'over Easter' },
      { facts: { servedOn: '2026-01-14' }, legalDue: '2026-01-15', why: 'Wednesday to Thursday' },
    ],
  },
  {
    ...notice,
    id: 'witness-summons-thirdparty',
    title: 'Representations of those served with an application for a third party’s documents',
    authority: { instrument: crimPR2025, provision: 'r.17.5(4)(a)', grade: 'A' },
    owner: 'court',
    consequence: 'hearing',
    starts: perServing('an application for a witness summons is served on those whom it concerns', [
      'witness-summons-application',
    ]),
    meets: [served('witness-summons-response')],
    period: businessDaysAfterService(10),
    warnings: [2],
    task: {
      kind: 'witness-summons',
      title: 'Check whether the police or a victim was served, and whether they wish to be heard',
      when: 'on-alert',
      effortMinutes: 15,
      meets: true,
    },
    ifMissed: 'The court may issue the summons without hearing them.',
    examples: tenBusinessDaysAfter('servedOn'),
  },
  {
    ...notice,
    id: 'bank-order',
    title: 'Order to inspect bankers’ books takes effect',
    authority: { instrument: crimPR2025, provision: 'r.17.3(3)(c)(ii)', grade: 'A' },
    owner: 'police',
    consequence: 'chase',
    starts: perServing('an order for bankers’ books is served', ['bankers-books-order']),
    meets: [],
    period: calendarDaysAfterService(3),
    task: {
      kind: 'bank-order',
      title: 'Ask the officer to get the records: the order is in effect after this day',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The evidence comes late.',
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
];
