import { everyOffence, happened, served } from '../conditions.ts';
import { crimPR2025 } from '../instruments.ts';
import { lastOfAll, sentenceOf } from '../outcomes.ts';
import { calendarDaysAfter, monthsAfter, onTheDay } from '../periods.ts';
import type { Rule } from '../rule.ts';
import { perDefendant, perDefendantAndEvent, perServing } from '../starts.ts';

const magistratesCourtsAct = 'Magistrates’ Courts Act 1980';
const died = everyOffence('the defendant has died', (_offence, defendant) => defendant.died);

const shared = { version: 1, about: 'defendant', danger: false, ends: [died] } as const;

export const afterSentence: readonly Rule[] = [
  {
    ...shared,
    id: 'uls-28',
    title: 'Attorney General refers a sentence as unduly lenient',
    authority: {
      instrument: 'Criminal Justice Act 1988',
      provision:
        'Sch 3 para 1 (text of December 2013); six months for victims under the Act of 2026 not in force here',
      grade: 'A',
    },
    inForce: { from: '1989-02-01' },
    owner: 'hub',
    consequence: 'victim',
    starts: perDefendant('the last sentence passed on a defendant in the Crown Court', (defendant) => {
      const sentences = defendant.offences.filter(({ sent }) => sent !== undefined).map(sentenceOf);
      const last = lastOfAll(sentences.filter((sentence) => sentence !== undefined));
      return last ? { cause: last, facts: { sentencedOn: last.on } } : null;
    }),
    meets: [],
    period: calendarDaysAfter(28, 'sentencedOn'),
    /** Days 7, 14 and 21 after sentence (P): the victim is told with the sentence, and the hub makes sure. */
    warnings: [21, 14, 7],
    task: {
      kind: 'unduly-lenient-sentence',
      title: 'Check that any victim knows they can ask for the sentence to be referred as unduly lenient',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The sentence can no longer be referred.',
    examples: [
      { facts: { sentencedOn: '2026-11-03' }, legalDue: '2026-12-01', why: 'day of sentence excluded' },
      {
        facts: { sentencedOn: '2026-11-30' },
        legalDue: '2026-12-28',
        actionDue: '2026-12-24',
        why: 'a bank holiday moves nothing; act before Christmas',
      },
    ],
  },
  {
    ...shared,
    id: 'sentence-deferred',
    title: 'Sentence that was deferred',
    authority: { instrument: crimPR2025, provision: 'note to r.34.2: up to six months', grade: 'A' },
    inForce: { from: '2020-12-01' },
    owner: 'court',
    consequence: 'hearing',
    starts: perDefendantAndEvent('sentence is deferred', ['sentence-deferred'], (deferral) => ({
      decisionOn: deferral.on,
    })),
    meets: [happened('sentence is passed', 'sentenced')],
    period: monthsAfter(6, 'decisionOn'),
    warnings: [28],
    task: {
      kind: 'deferred-sentence',
      title: 'Find out when the deferred sentence is listed, and bring the file up to date',
      when: 'on-alert',
      effortMinutes: 15,
      meets: false,
    },
    ifMissed: 'The court has gone beyond the period of deferral.',
    examples: [
      {
        facts: { decisionOn: '2026-08-31' },
        legalDue: '2027-02-28',
        actionDue: '2027-02-26',
        why: 'no 31 February; a Sunday',
      },
      {
        facts: { decisionOn: '2026-06-25' },
        legalDue: '2026-12-25',
        actionDue: '2026-12-24',
        why: 'Christmas Day moves nothing',
      },
    ],
  },
  {
    ...shared,
    id: 'statutory-declaration-21',
    title: 'Statutory declaration that the defendant did not know of the proceedings',
    authority: { instrument: magistratesCourtsAct, provision: 's.14(1)(b), (3); s.16E; r.44.2', grade: 'A' },
    inForce: { from: '1981-07-06' },
    owner: 'defence',
    consequence: 'record',
    starts: perDefendantAndEvent(
      'the defendant learned of the proceedings',
      ['learned-of-proceedings'],
      (learned) => ({ learnedOn: learned.on }),
    ),
    meets: [served('statutory-declaration')],
    period: calendarDaysAfter(21, 'learnedOn'),
    warnings: [],
    task: {
      kind: 'statutory-declaration',
      title: 'Check whether a statutory declaration was served',
      when: 'never',
      effortMinutes: 5,
      meets: true,
    },
    ifMissed: 'The defendant needs the court’s leave to declare late.',
    examples: [
      {
        facts: { learnedOn: '2026-03-16' },
        legalDue: '2026-04-06',
        actionDue: '2026-04-02',
        why: 'Easter Monday moves nothing',
      },
      { facts: { learnedOn: '2026-06-01' }, legalDue: '2026-06-22', why: 'calendar days' },
    ],
  },
  {
    ...shared,
    id: 'statdec-effect',
    title: 'A statutory declaration voids the summons, and the charge survives: start again',
    authority: { instrument: magistratesCourtsAct, provision: 's.14(1)', grade: 'A' },
    inForce: { from: '1981-07-06' },
    owner: 'hub',
    consequence: 'hearing',
    starts: perServing('a statutory declaration is served', ['statutory-declaration'], (declaration) => ({
      servedOn: declaration.on,
    })),
    meets: [happened('a hearing is listed again', 'hearing-listed', 'trial-listed')],
    period: onTheDay('servedOn'),
    warnings: [],
    task: {
      kind: 'statutory-declaration',
      title: 'The conviction is void: have the case listed again, tell the victim, warn the witnesses anew',
      when: 'at-once',
      effortMinutes: 30,
      meets: true,
    },
    ifMissed: 'The charge is still alive and nobody prepares its trial.',
    examples: [
      { facts: { servedOn: '2026-06-10' }, legalDue: '2026-06-10', why: 'the same day' },
      {
        facts: { servedOn: '2026-03-29' },
        legalDue: '2026-03-29',
        actionDue: '2026-03-27',
        why: 'a Sunday, on which the clocks go forward',
      },
    ],
  },
];
