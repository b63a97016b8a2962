import { countBusinessDays } from '../../calendar/counting.ts';
import type { CaseState, DefendantState, ServedDocument } from '../case-state.ts';
import { afterLatest } from '../combined-periods.ts';
import { pleaOrFinding, proceedingsOver, served } from '../conditions.ts';
import type { Facts } from '../facts.ts';
import { crimPR2025, sinceCrimPR2020 } from '../instruments.ts';
import { businessDaysAfterService } from '../after-service-periods.ts';
import { courtOf, notGuiltyPleas } from '../pleas.ts';
import type { Rule } from '../rule.ts';
import { perServing, serviceFacts } from '../starts.ts';
import { tenBusinessDaysAfter } from '../worked-examples.ts';

/** Ten business days to answer an application or notice, from its service. */
const response = {
  version: 1,
  inForce: sinceCrimPR2020,
  about: 'defendant',
  danger: false,
  ends: [pleaOrFinding],
  period: businessDaysAfterService(10),
  examples: tenBusinessDaysAfter('servedOn'),
} as const;

const ofTheProsecution = {
  ...response,
  owner: 'cps',
  consequence: 'hearing',
  warnings: [7, 2],
  ifMissed: 'The court may decide without hearing the prosecution.',
} as const;

const ofTheDefence = { ...response, owner: 'defence', consequence: 'record', warnings: [] } as const;

const answerTask = (title: string) =>
  ({ kind: 'application-response', title, when: 'on-alert', effortMinutes: 20, meets: true }) as const;
const noteTask = (title: string) =>
  ({ kind: 'defence-response', title, when: 'never', effortMinutes: 5, meets: true }) as const;

const rule = (provision: string) => ({ instrument: crimPR2025, provision, grade: 'A' }) as const;

const inCrownCourt = (served: ServedDocument, defendant: DefendantState): Facts | null =>
  courtOf(defendant) === 'crown' ? serviceFacts(served) : null;

/** The plea of not guilty that stands, where the defendant has entered one: the time to object runs from the latest. */
function denial(state: CaseState, defendant: DefendantState): { notGuiltyPleaOn?: string } {
  const court = courtOf(defendant);
  const first = notGuiltyPleas(state, defendant).find((plea) => plea.court === court);
  return first === undefined ? {} : { notGuiltyPleaOn: first.occurrence.on };
}

export const applicationResponses: readonly Rule[] = [
  {
    ...ofTheDefence,
    id: 'special-measures-response',
    title: 'Representations on an application for special measures',
    authority: rule('r.18.13(2)(b)'),
    starts: perServing('an application for special measures is served', ['special-measures-application']),
    meets: [served('special-measures-response')],
    task: noteTask('Note whether special measures are opposed'),
    ifMissed: 'The court may decide without a hearing.',
  },
  {
    ...ofTheDefence,
    id: 'hearsay-oppose',
    title: 'Objection to hearsay evidence',
    authority: rule('r.20.3(2)(c)'),
    starts: perServing(
      'notice of hearsay evidence is served',
      ['hearsay-notice'],
      (notice, defendant, state) => ({ ...serviceFacts(notice), ...denial(state, defendant) }),
    ),
    meets: [served('hearsay-objection')],
    period: afterLatest('10 business days after', ['service'], ['notGuiltyPleaOn'], (calendar, from, label) =>
      countBusinessDays(calendar, from, 10, label),
    ),
    task: noteTask('Note whether the defence objects to the hearsay evidence'),
    ifMissed: 'The evidence is treated as agreed (r.20.4).',
    examples: [
      { facts: { servedOn: '2026-03-30' }, legalDue: '2026-04-15', why: 'ten business days over Easter' },
      {
        facts: { servedOn: '2026-03-30', notGuiltyPleaOn: '2026-04-13' },
        legalDue: '2026-04-27',
        why: 'counted from the plea, which came later',
      },
    ],
  },
  {
    ...ofTheDefence,
    id: 'bad-character-object',
    title: 'Objection to evidence of the defendant’s bad character',
    authority: rule('r.21.4(5)'),
    starts: perServing('notice of bad character is served', ['bad-character-notice']),
    meets: [served('bad-character-objection')],
    task: noteTask('Note whether the defence objects to the bad character evidence'),
    ifMissed: 'The evidence may be admitted without objection.',
  },
  {
    ...ofTheDefence,
    id: 'bad-character-nondef',
    title: 'Application to introduce a witness’s bad character',
    authority: rule('r.21.3(3): as soon as reasonably practicable, and within 10 business days'),
    starts: perServing('the prosecution discloses a witness’s bad character', [
      'witness-bad-character-disclosure',
    ]),
    meets: [served('non-defendant-bad-character-application')],
    task: noteTask('Note whether the defence applies to use the witness’s bad character'),
    ifMissed: 'The defence needs more time from the court to apply.',
  },
  {
    ...ofTheProsecution,
    id: 'bad-character-nondef-object',
    title: 'Objection to evidence of a witness’s bad character',
    authority: rule('r.21.3(4)'),
    starts: perServing('an application to introduce a witness’s bad character is served', [
      'non-defendant-bad-character-application',
    ]),
    meets: [served('non-defendant-bad-character-objection')],
    task: answerTask('Ask the CPS whether it objects, and get what it needs about the witness'),
  },
  {
    ...ofTheProsecution,
    id: 's41-represent',
    title: 'Representations on an application about a complainant’s sexual history (s.41)',
    authority: rule('r.22.2(b)(i)'),
    starts: perServing('a s.41 application is served', ['section-41-application']),
    meets: [served('section-41-response')],
    task: answerTask('Get what the CPS needs to answer the s.41 application'),
  },
  {
    ...ofTheProsecution,
    id: 'abuse-response',
    title: 'Representations on an application to stay for abuse of process, Crown Court',
    authority: rule('r.3.28(3)'),
    starts: perServing(
      'an application to stay is served in the Crown Court',
      ['abuse-of-process-application'],
      inCrownCourt,
    ),
    meets: [served('abuse-of-process-response')],
    ends: [proceedingsOver],
    task: answerTask('Get what the CPS needs to answer the application to stay'),
  },
  {
    ...ofTheProsecution,
    id: 'severance-response',
    title: 'Representations on an application for separate trials, Crown Court',
    authority: rule('r.3.29(3)'),
    starts: perServing(
      'an application for separate trials is served in the Crown Court',
      ['severance-application'],
      inCrownCourt,
    ),
    meets: [served('severance-response')],
    task: answerTask('Get what the CPS needs to answer the application for separate trials'),
  },
];
