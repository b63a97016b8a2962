import type { CaseState } from '../case-state.ts';
import { businessDaysAfterByCourt } from '../combined-periods.ts';
import { happened, pleaOrFinding, served } from '../conditions.ts';
import { crimPR2020, crimPR2025, sinceCrimPR2020, sinceCrimPR2025, underCrimPR2020 } from '../instruments.ts';
import { businessDaysAfter } from '../periods.ts';
import { notGuiltyPlea, sentAfterPlea } from '../pleas.ts';
import type { Rule } from '../rule.ts';
import {
  tenBusinessDaysAfter,
  tenBusinessDaysBefore2025,
  twentyBusinessDaysAfter,
  twentyBusinessDaysBefore2025,
} from '../worked-examples.ts';

/** The prosecution's own applications and notices, whose clocks a plea of not guilty starts. */
const ofTheProsecution = {
  owner: 'cps',
  about: 'defendant',
  consequence: 'hearing',
  danger: false,
} as const;

const somebodyToProtect = {
  says: ' in a case with victims or witnesses',
  applies: (state: CaseState) => state.people.length > 0,
};
const notOnPaper = {
  says: ' in a case that did not begin by the Single Justice Procedure',
  applies: (state: CaseState) => state.initiation !== 'single-justice-procedure',
};

const specialMeasures = {
  ...ofTheProsecution,
  meets: [
    served('special-measures-application'),
    happened('the court decides, as where it was asked at a hearing unopposed', 'special-measures-decided'),
  ],
  task: {
    kind: 'special-measures',
    title: 'Check who needs special measures, and get the assessment (MG2) to the CPS',
    when: 'on-alert',
    effortMinutes: 30,
    meets: true,
  },
  ifMissed: 'A late application needs an extension and an explanation; the witness may go unprotected.',
} as const;

const badCharacter = {
  ...ofTheProsecution,
  meets: [served('bad-character-notice')],
  task: {
    kind: 'bad-character',
    title: 'Check for bad character evidence, and get the form (MG16) to the CPS',
    when: 'on-alert',
    effortMinutes: 20,
    meets: true,
  },
  ifMissed: 'A late notice needs an extension and an explanation; the evidence may be kept out.',
} as const;

/** Warnings at the hub's own limits: ten business days before in the magistrates' court, five in the Crown Court. */
const inMagistrates = { ends: [pleaOrFinding, sentAfterPlea], warnings: [14, 2] } as const;
const inCrownCourt = { ends: [pleaOrFinding], warnings: [7, 2] } as const;

const specialMeasuresMags = {
  ...specialMeasures,
  ...inMagistrates,
  id: 'special-measures-mags',
  title: 'Special measures application, magistrates’ court',
  starts: notGuiltyPlea('magistrates', somebodyToProtect),
  period: businessDaysAfter(20, 'notGuiltyPleaOn'),
} as const;

const specialMeasuresCrown = {
  ...specialMeasures,
  ...inCrownCourt,
  id: 'special-measures-crown',
  title: 'Special measures application, Crown Court',
  starts: notGuiltyPlea('crown', somebodyToProtect),
  period: businessDaysAfter(10, 'notGuiltyPleaOn'),
} as const;

const badCharacterMags = {
  ...badCharacter,
  ...inMagistrates,
  id: 'bad-character-mags',
  title: 'Notice of the defendant’s bad character, magistrates’ court',
  starts: notGuiltyPlea('magistrates', notOnPaper),
  period: businessDaysAfter(20, 'notGuiltyPleaOn'),
} as const;

const badCharacterCrown = {
  ...badCharacter,
  ...inCrownCourt,
  id: 'bad-character-crown',
  title: 'Notice of the defendant’s bad character, Crown Court',
  starts: notGuiltyPlea('crown', notOnPaper),
  period: businessDaysAfter(10, 'notGuiltyPleaOn'),
} as const;

const under2020 = (provision: string) =>
  ({
    version: 1,
    authority: { instrument: crimPR2020, provision, grade: 'B' },
    inForce: underCrimPR2020,
  }) as const;
const under2025 = (provision: string) =>
  ({
    version: 2,
    authority: { instrument: crimPR2025, provision, grade: 'A' },
    inForce: sinceCrimPR2025,
  }) as const;

export const applications: readonly Rule[] = [
  {
    ...specialMeasuresMags,
    ...under2020('r.18.3'),
    examples: twentyBusinessDaysBefore2025('notGuiltyPleaOn'),
  },
  { ...specialMeasuresMags, ...under2025('r.18.4'), examples: twentyBusinessDaysAfter('notGuiltyPleaOn') },
  { ...specialMeasuresCrown, ...under2020('r.18.3'), examples: tenBusinessDaysBefore2025('notGuiltyPleaOn') },
  { ...specialMeasuresCrown, ...under2025('r.18.4'), examples: tenBusinessDaysAfter('notGuiltyPleaOn') },
  {
    ...badCharacterMags,
    ...under2020('r.21.4(3)'),
    examples: twentyBusinessDaysBefore2025('notGuiltyPleaOn'),
  },
  { ...badCharacterMags, ...under2025('r.21.4(3)'), examples: twentyBusinessDaysAfter('notGuiltyPleaOn') },
  { ...badCharacterCrown, ...under2020('r.21.4(3)'), examples: tenBusinessDaysBefore2025('notGuiltyPleaOn') },
  { ...badCharacterCrown, ...under2025('r.21.4(3)'), examples: tenBusinessDaysAfter('notGuiltyPleaOn') },
  {
    ...ofTheProsecution,
    id: 'hearsay-pros',
    version: 1,
    title: 'Notice of hearsay evidence (s.114(1)(d), 116, 117(1)(c), 121 CJA 2003)',
    authority: { instrument: crimPR2025, provision: 'r.20.2(3)', grade: 'A' },
    inForce: sinceCrimPR2020,
    starts: notGuiltyPlea('either', notOnPaper),
    meets: [served('hearsay-notice')],
    ends: [pleaOrFinding],
    period: businessDaysAfterByCourt({ magistrates: 20, crown: 10 }, 'notGuiltyPleaOn'),
    warnings: [7, 2],
    task: {
      kind: 'hearsay',
      title: 'Check whether the case rests on hearsay, and tell the CPS',
      when: 'on-alert',
      effortMinutes: 15,
      meets: true,
    },
    ifMissed: 'A late notice needs an extension and an explanation; the evidence may be kept out.',
    examples: [
      {
        facts: { notGuiltyPleaOn: '2026-03-30', court: 'magistrates' },
        legalDue: '2026-04-29',
        why: 'twenty business days over Easter',
      },
      {
        facts: { notGuiltyPleaOn: '2026-03-30', court: 'crown' },
        legalDue: '2026-04-15',
        why: 'ten business days over Easter',
      },
    ],
  },
  {
    ...ofTheProsecution,
    id: 'prep-hearing',
    version: 1,
    title: 'Application for a preparatory hearing, Crown Court',
    authority: { instrument: crimPR2025, provision: 'r.3.23', grade: 'A' },
    inForce: sinceCrimPR2020,
    starts: notGuiltyPlea('crown', {
      says: ', where a preparatory hearing is proposed',
      applies: (state) => state.decisions.some(({ type }) => type === 'preparatory-hearing-proposed'),
    }),
    meets: [served('preparatory-hearing-application')],
    ends: [pleaOrFinding],
    period: businessDaysAfter(10, 'notGuiltyPleaOn'),
    warnings: [7],
    task: {
      kind: 'preparatory-hearing',
      title: 'Ask the CPS whether it applies for a preparatory hearing',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'A late application needs an extension and an explanation.',
    examples: tenBusinessDaysAfter('notGuiltyPleaOn'),
  },
];
